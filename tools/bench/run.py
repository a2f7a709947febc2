"""One size from beginning to end: the log, the rows, the peers, the rounds, the checks.

What comes out is plain values, kept as JSON beside the log, so that the report can be written again
without measuring again.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench import alone, floors, generate, material, ours, peers, rounds, startup
from bench.asked import Asked, asked
from bench.peers import Ask, Peer

Result = dict[str, Any]
Keep = Callable[[Result], object]

_READING: Final = (peers.COUNTS, peers.ROSTER, peers.PERSON, peers.WEEK, peers.YEAR)
_OURS: Final = (ours.WHOLE, ours.HEAVY, ours.WHOLE_WEEK)
_WRITING: Final = (peers.REBUILD, peers.APPEND, ours.LATE)
_SHOWN: Final = 3
_BEGAN: Final = time.monotonic()
_SMALL: Final = 2  # columns of a row that leaves out what was asked


def measure(size: int, others: Iterable[Peer], keep: Keep) -> Result:
    """Measure one size; returns what `report` writes, and keeps what there is of it meanwhile."""
    log = generate.cached(size)
    rows = material.cached(log)
    folder = generate.FOLDER / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    habeas = ours.Habeas()
    with _prepared([habeas, *others], rows, folder) as (everybody, spent):
        question = asked(rows)
        result: Result = {
            "size": size,
            "text": log.stat().st_size,
            "claims": rows.count("claim"),
            "persons": rows.count("person"),
            "spans": rows.count("span"),
            "sizes": _sizes(everybody),
            "prepared": spent,
            "alone": {job: spent.seconds for job, spent in habeas.alone.items()},
            "times": {},
            "answers": {},
            "faults": [],
        }
        most = {job: spent.megabytes for job, spent in habeas.alone.items()}
        most["rebuild"] = most.pop("catch-up")
        result["megabytes"] = most | _memory(habeas)
        parts = _parts(habeas, log)
        result["floors"] = {job: spent.seconds for job, spent in parts.items()}
        result["megabytes"]["the process that reads beside a load"] = parts[
            floors.READ_LOG
        ].megabytes
        _startup(result, habeas, question)
        # An append to the past makes his answers anew from then on: at each of these times one.
        result["answers"][ours.LATE] = rows.times_of(question.heavy)
        _ask(result, everybody, question, keep)
    return result


@contextmanager
def _prepared(
    wanted: list[Any], rows: material.Material, folder: Path
) -> Iterator[tuple[list[Any], dict[str, float]]]:
    """Prepare everybody who can be, and let go of them in the end."""
    ready: list[Any] = []
    spent: dict[str, float] = {}
    try:
        for peer in wanted:
            say(f"preparing {peer.name}")
            try:
                spent[peer.name], _ = rounds.timed(partial(peer.prepare, rows, folder))
            except Exception as error:
                if peer.name == ours.NAME:
                    raise
                say(f"!! {peer.name} is left out: {error}")
                with suppress(Exception):
                    peer.close()
            else:
                ready.append(peer)
                say(f"  in {spent[peer.name]:,.0f} s")
        yield ready, spent
    finally:
        for peer in ready:
            with suppress(Exception):
                peer.close()


def _sizes(everybody: list[Any]) -> dict[str, int]:
    """Return how many bytes each takes on disk, of those who can say."""
    found = {}
    for peer in everybody:
        try:
            found[peer.name] = peer.size()
        except Exception as error:  # noqa: BLE001 - what cannot be told is left out
            say(f"!! size of {peer.name} is not measured: {error}")
    return found


def _startup(result: Result, habeas: ours.Habeas, question: Asked) -> None:
    try:
        found = startup.measure(habeas.path, question)
    except Exception as error:  # noqa: BLE001 - the command line may not be there yet
        say(f"!! whole processes are not measured: {error}")
        return
    result["startup"] = {name: timed.seconds for name, timed in found.items()}


def _ask(result: Result, everybody: list[Any], question: Asked, keep: Keep) -> None:
    """Ask everything, what writes last; what was measured is kept after each question."""
    can = {peer.name: (peer, peer.questions(question)) for peer in everybody}
    for one in (*_READING, *_OURS, *_WRITING):
        ways: dict[str, tuple[Ask, ...]] = {
            name: questions[one] for name, (_, questions) in can.items() if one in questions
        }
        if not ways:
            continue
        say(f"asking '{one}' of {len(ways)}")
        taken, (timed, failed) = rounds.timed(partial(rounds.run, ways))
        say(f"  in {taken:,.0f} s")
        result["faults"] += [f"'{one}': {fault}" for fault in failed]
        result["times"][one] = {name: each.seconds for name, each in timed.items()}
        if one in _READING:
            answers = {name: each.answer for name, each in timed.items()}
            result["faults"] += _compared(one, answers, {name: can[name][0] for name in ways})
        if ours.NAME in timed and one not in result["answers"]:
            result["answers"][one] = _length(one, timed[ours.NAME].answer)
        keep(result)


def _length(question: str, answer: Any) -> int:  # noqa: ANN401 - any answer
    """Return how long an answer is: of one person's whole answer its text, else its entries."""
    if question == ours.HEAVY:
        return len(json.dumps(answer))
    return len(answer) if hasattr(answer, "__len__") else 1


def _compared(question: str, answers: dict[str, Any], who: dict[str, Any]) -> list[str]:
    """Return where answers that should be equal are not."""
    faults = []
    first: dict[str, tuple[str, Any]] = {}
    for name, answer in answers.items():
        if question == peers.ROSTER and answer and len(answer[0]) == _SMALL:
            continue
        plain = answer if name != ours.NAME else who[name].plain(question, answer)
        plain = _ordered(plain) if question == peers.ROSTER else plain
        other, expected = first.setdefault(who[name].told, (name, plain))
        if plain != expected:
            faults.append(
                f"'{question}': {name} and {other} differ, {_difference(plain, expected)}"
            )
            say(f"!! {faults[-1]}")
    return faults


def _ordered(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return a roster by person, contested as a bool."""
    return sorted((*row[:4], *map(bool, row[4:])) for row in rows)


def _difference(one: Any, other: Any) -> str:  # noqa: ANN401 - any answer
    if isinstance(one, set):
        return f"in {len(one ^ other)}, such as {sorted(one ^ other)[:_SHOWN]}"
    if isinstance(one, dict):
        keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
        return f"in {[(key, one.get(key), other.get(key)) for key in keys[:_SHOWN]]}"
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return f"{len(one)} and {len(other)} rows, such as {pairs[:1]}"


def _memory(habeas: ours.Habeas) -> dict[str, float]:
    """Return the most memory that a roster of whole answers holds, alone."""
    return {"roster": alone.run("roster", habeas.path).megabytes}


def _parts(habeas: ours.Habeas, log: Path) -> dict[str, alone.Spent]:
    """Return what parts of loading and rebuilding take alone."""
    of = {floors.LOAD_ROWS: habeas.path, floors.READ_LOG: log, floors.ANSWERS: habeas.path}
    say(f"taking {len(of)} parts alone")
    return {job: alone.run(job, file) for job, file in of.items()}


def say(text: str) -> None:
    """Say how far we are, and how long that took."""
    print(f"{time.monotonic() - _BEGAN:7,.0f} s  {text}", file=sys.stderr, flush=True)
