"""Publishing: the answers of every `projections/*/projection.toml`, beside their questions.

Files are replaced whole or not at all. What is written depends on the log, the rules and the code
alone, so the same log gives the same bytes, and a check can say what would change.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from habeas import dossier, projection_file, render
from habeas.case import asking, comparing, expecting, numbers, picturing
from habeas.errors import Finding, HabeasError
from habeas.projection_file import FEEDS, FILE_NAME, FORMATS, PICTURES, Projection
from habeas.projections.question import Question, ask
from habeas.projections.roster import roster
from habeas.projections.stories import stories
from habeas.render.feeds import feed_text

if TYPE_CHECKING:
    from habeas.case.main import Case

ENDINGS: Final = FORMATS | FEEDS | PICTURES


def publish(case: Case, folder: Path) -> tuple[Path, ...]:
    """Write the answers of all projections below `folder`, and return the files that changed."""
    changed = []
    for path, content in _answers(case, folder):
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path, content)
            changed.append(path)
    return tuple(changed)


def check(case: Case, folder: Path, seeds: Path) -> tuple[Finding, ...]:
    """Say what `publish` would change, and which expectations below `seeds` are not met."""
    findings = []
    wanted = dict(_answers(case, folder))
    for path, content in wanted.items():
        held = path.read_bytes() if path.is_file() else None
        if held != content:
            findings.append(_differing(path, held, content))
    for path in _published(folder, case.name):
        if path not in wanted:
            message = "no projection asks for this answer"
            findings.append(Finding(message=message, hint=f"rm {path}", path=str(path), line=None))
    return (*findings, *_unmet(case, seeds))


def _answers(case: Case, folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file to be published, with what it holds."""
    files = sorted(folder.glob(f"*/{FILE_NAME}"))
    if not files:
        message = f"no {FILE_NAME} stands below '{folder}'"
        hint = f"write {folder}/roster/{FILE_NAME}: README.md, 'Publish an answer', has one"
        raise HabeasError(message, hint=hint)
    read, ours = [*map(projection_file.read, files)], case.name
    asked = [projection for projection in read if projection.case in {None, ours}]
    if not asked:
        others = ", ".join(sorted({str(projection.case) for projection in read}))
        message = f"no projection below '{folder}' is asked of the case '{ours}', only of {others}"
        raise HabeasError(message, hint=f'case = "{ours}" in one of its own; or another --db')
    for projection in asked:
        yield from _answers_of(case, projection)


def _answers_of(case: Case, projection: Projection) -> Iterator[tuple[Path, bytes]]:
    for point in projection.points:
        data = answer(case, projection, *point)
        for form in projection.formats:
            for name, text in _files(case, projection, point, data, form):
                yield projection.folder / name, text.encode()


def _files(
    case: Case, projection: Projection, point: tuple[str, ...], data: dict[str, Any], form: str
) -> Iterator[tuple[str, str]]:
    """Yield the files of an answer in a format: one, or as many as it has pictures."""
    stem, ending = "..".join(point).replace(":", ""), ENDINGS[form]
    if form in PICTURES:
        question = _question(case, projection, point[0])
        for more, picture in picturing.drawn(case, projection.view, data, question):
            yield f"{stem}{more}.{ending}", picture
        return
    name = f"{stem}.{ending}"
    yield name, _text(projection, data, form, name)


def _text(projection: Projection, data: dict[str, Any], form: str, name: str) -> str:
    if form not in FEEDS:
        return render.write(projection.view, data, form, title=projection.title)
    url = None if projection.url is None else f"{projection.url.rstrip('/')}/{quote(name)}"
    return feed_text(data, form, title=projection.title, author=projection.author, url=url)


def answer(case: Case, projection: Projection, *point: str) -> dict[str, Any]:
    """Return one answer of a projection as JSON values: for an as-of, or for two to compare."""
    questions = [_question(case, projection, as_of) for as_of in point]
    if projection.view == "changes":
        return comparing.compare(case, *questions).data
    [question] = questions
    if projection.view in numbers.VIEWS:
        return numbers.view(case, question, projection.view).data
    if projection.view == "reconcile":
        return numbers.reconciled(case, question, *projection.numbers).data
    state = case.state()
    told = stories if projection.view == "timeline" else roster
    return asking.answered(case, state, question, told(state, question)).data


def _question(case: Case, projection: Projection, as_of: str) -> Question:
    return ask(
        as_of,
        case.zone(),
        projection=projection.name,
        rules=projection.rules,
        where=projection.where,
        audience=case.audience,
    )


def _published(folder: Path, case: str) -> Iterator[Path]:
    """Yield the answers that lie below a folder, but those of another case's projections."""
    endings = tuple(f".{ending}" for ending in ENDINGS.values())
    questions = map(projection_file.read, sorted(folder.glob(f"*/{FILE_NAME}")))
    others = {one.folder for one in questions if one.case not in {None, case}}
    for path in sorted(folder.glob("*/*")):
        if path.parent not in others and path.name.endswith(endings) and path.name != "README.md":
            yield path


def _differing(path: Path, held: bytes | None, content: bytes) -> Finding:
    hint = "look at the change, then: habeas publish"
    if held is None:
        return Finding(message="this answer is not there", hint=hint, path=str(path), line=None)
    have, want = held.decode(errors="replace").split("\n"), content.decode().split("\n")
    pairs = enumerate(zip(have, want, strict=False), start=1)
    line = next((number for number, (a, b) in pairs if a != b), min(len(have), len(want)))
    message = "this answer is not what the log gives now"
    return Finding(message=message, hint=hint, path=str(path), line=line)


def _unmet(case: Case, seeds: Path) -> Iterator[Finding]:
    """Yield the expectations in the case's own seeds, if they are here, that are not met."""
    folder = seeds / case.name
    if folder.is_dir():
        read = [
            dossier.read(path, Path(path).read_bytes()) for path in dossier.files([str(folder)])
        ]
        yield from expecting.failures(case.state(), read)


def replace_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, in parts or at once; a reader sees the old one or the new one, each whole.

    Raises HabeasError where it cannot be written; the old one is there then.
    """
    try:
        _replace(path, content)
    except OSError as error:
        message = f"{path} could not be written: {error.strerror}"
        hint = "it is as it was; make room, or see who may write there, then try again"
        raise HabeasError(message, hint=hint) from error


def _replace(path: Path, content: bytes | Iterable[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
