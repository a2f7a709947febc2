#!/usr/bin/env python3
"""Refuse a change to `events/*.jsonl` that does more than append or redact.

    tools/append_only.py               what is staged, against HEAD: the pre-commit hook
    tools/append_only.py --base REV    HEAD, against where it left REV: for CI

Two changes are allowed: lines added at the end, and a whole line that becomes its redacted form,
its leaf in the log's Merkle tree. A new log may be added; none may be deleted or renamed.
It does not judge what is appended: `habeas import` does, and `habeas verify` proves the tree.
It needs Python and git alone, and reads what git holds, never the working tree.

Exit 0: only what is allowed; 1: something else, named by file and line; 2: git cannot say.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest

LOGS = ":(top,glob)events/**/*.jsonl"
WHOLE = {"data", "id", "recorded", "recorder", "salt", "seq", "type", "version"}
HINT = """\
Hint: a log is only ever added to. Put it back with
        git restore --source={base} --staged --worktree -- ':/{path}'
      then record what was wrong (`habeas correct`, `habeas void`, `habeas withdraw`)
      and write the log out with `habeas export {path}`."""
NEW_HINT = "Hint: a log is written by `habeas export {path}`."


def main() -> int:
    """Print the first fault of each log that changed, and what to do about it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--base", metavar="REV", help="check the commits made since HEAD left REV")
    rev = parser.parse_args().base
    try:
        base = text(git("merge-base", rev, "HEAD")) if rev else head()
        complaints = [
            complaint
            for path, old, new in changes(base, staged=rev is None)
            if (complaint := judged(path, blob(old), blob(new), base))
        ]
    except subprocess.CalledProcessError as error:
        print(f"Error: {' '.join(error.cmd)}: {text(error.stderr) or 'failed'}", file=sys.stderr)
        return 2
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def git(*arguments: str) -> bytes:
    """What git prints; its failure is a CalledProcessError."""
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout


def text(printed: bytes) -> str:
    """One answer of git, without its line end."""
    return printed.decode(errors="replace").strip()


def head() -> str:
    """HEAD, or the empty tree before the first commit."""
    try:
        git("rev-parse", "--verify", "HEAD")
    except subprocess.CalledProcessError:
        return text(git("hash-object", "-t", "tree", "/dev/null"))
    return "HEAD"


def changes(base: str, *, staged: bool) -> Iterator[tuple[str, str, str]]:
    """Path, old blob and new blob of each log that differs between `base` and the index or HEAD."""
    against = ["diff-index", "--cached", base] if staged else ["diff-tree", "-r", base, "HEAD"]
    raw = git(*against, "--no-renames", "-z", "--", LOGS).decode(errors="surrogateescape")
    fields = iter(raw.split("\0")[:-1])
    for entry, path in zip(fields, fields, strict=True):
        _, _, old, new, _ = entry.split()
        yield path, old, new


def blob(name: str) -> bytes | None:
    """The bytes git holds under `name`; None for the name of nothing, which is all zeros."""
    return git("cat-file", "blob", name) if name.strip("0") else None


def judged(path: str, old: bytes | None, new: bytes | None, base: str) -> str | None:
    """What a person is told about a log's change; None if it is allowed."""
    fault = fault_in(old or b"", new)
    hint = NEW_HINT if old is None else HINT
    return fault and f"Error: {path}{fault}\n{hint.format(base=base, path=path)}"


def fault_in(old: bytes, new: bytes | None) -> str | None:
    """The first thing that is not allowed about `old` becoming `new`, as `:line: what`."""
    if new is None:
        return ": the log is deleted or renamed"
    before, after = old.split(b"\n")[:-1], new.split(b"\n")
    if b"\r" in new:
        return f":{new[: new.index(13)].count(10) + 1}: a carriage return in the line"
    if after.pop():
        return f":{len(after) + 1}: the last line does not end in a line feed"
    for line, (was, now) in enumerate(zip_longest(before, after[: len(before)]), start=1):
        if now is None:
            return f":{line}: this line, and all that followed, is gone"
        if now != was and now != redacted(was):
            return f":{line}: the line is neither what it was nor its redacted form"
    return None


def redacted(line: bytes) -> bytes | None:
    """The leaf that stands for a whole line whose payload is gone; None if it is no whole line.

    The commitment is the SHA-256 of the salt and the canonical payload, and the id its beginning.
    """
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if event.keys() != WHOLE:
        return None
    payload = {"data": event.pop("data"), "recorder": event.pop("recorder")}
    salt = bytes.fromhex(event.pop("salt"))
    return canonical(event | {"commitment": hashlib.sha256(salt + canonical(payload)).hexdigest()})


def canonical(value: object) -> bytes:
    """JSON as the log writes it: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


if __name__ == "__main__":
    sys.exit(main())
