"""The generated documents: written with `python tools/docs.py`, checked with `--check`.

`events/README.md` and `events/event.schema.json` come from the events' classes; the marked blocks
of README.md from the commands themselves, run on the case's log; the table of SECURITY.md from the
tests' own counts (`tools/tried.py`).
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cogapp import Cog  # type: ignore[import-untyped]

from habeas import schema
from habeas.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "events" / "venezuela-2026-01.jsonl"


def habeas(words: str) -> str:
    """Return what a command prints, run on the case's log."""
    command = [sys.executable, "-m", "habeas", *words.split()]
    environment = {**os.environ, "HABEAS_DB": database(), "COLUMNS": "100"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"habeas {words}: {ran.stderr}")
    return ran.stdout


@functools.cache
def database() -> str:
    """Make a database of the case's log, once, and return its path."""
    path = str(Path(tempfile.mkdtemp(prefix="habeas-docs-")) / "docs.db")
    command = [sys.executable, "-m", "habeas", "import", str(LOG), "--db", path]
    subprocess.run(command, check=True, capture_output=True)
    return path


def show(words: str) -> None:
    """Print a command and the head of what it prints, as a block of Markdown."""
    title, rule, _, *rest = habeas(f"{words} --format table").splitlines()
    head = rest[: rest.index("")]
    print("\n".join(["```console", f"$ habeas {words}", title, rule, *head, "```"]))


def commands() -> None:
    """Print the table of commands, as a block of Markdown."""
    print("\n| command | does |\n|---|---|")
    for name, command in COMMANDS.items():
        print(f"| `{name}` | {command.help} |")
    print("\n`habeas COMMAND --help` has every option, and an example.\n")


def tried() -> None:
    """Print what the tests tried, from their own counts, as a table of Markdown."""
    counts = json.loads((ROOT / "tests" / "data" / "tried.json").read_text("utf-8"))
    print("\n| fault or attack | in CI | in full | lost, or unseen | test |\n|---|---|---|---|---|")
    for one in counts:
        short, full = (f"{one[form]:,}" if one[form] else "–" for form in ("short", "full"))
        print(f"| {one['what']} | {short} | {full} | {one['lost']} | `{one['test']}` |")
    print()


def main() -> int:
    """Write the documents, or with `--check` say which are not what they would be."""
    check = "--check" in sys.argv[1:]
    wanted = {
        ROOT / "events" / "README.md": schema.events_page(),
        ROOT / "events" / "event.schema.json": schema.schema_text(),
    }
    held = {path: path.read_text() if path.is_file() else None for path in wanted}
    stale = [path for path, text in wanted.items() if held[path] != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not what the code says. Hint: make docs")
        else:
            path.write_text(wanted[path])
            print(f"{path.relative_to(ROOT)} written")
    return max(bool(stale and check), _readme(check=check))


def _readme(*, check: bool) -> int:
    os.chdir(ROOT)
    options = ["--check", "--diff"] if check else ["-r"]
    failed: int = Cog().main(["cog", "-P", "-I", "tools", *options, "README.md", "SECURITY.md"])
    if failed and check:
        print("README.md or SECURITY.md is not what is printed anew. Hint: make docs")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
