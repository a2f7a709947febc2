"""What the tests tried, and how often: from their own counts into `tests/data/tried.json`.

Run as: python tools/tried.py FORM FILE, where FORM is `short` or `full` and FILE holds the lines
that a run of the tests with HABEAS_TRIED=FILE has written. SECURITY.md shows the counts
(`tools/docs.py`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent.parent / "tests" / "data" / "tried.json"
FORMS = ("short", "full")


def merged(known: list[dict[str, Any]], form: str, lines: list[str]) -> list[dict[str, Any]]:
    """Return the counts with those of one form replaced by what the lines say."""
    found: dict[tuple[str, str], dict[str, Any]] = {
        (one["test"], one["what"]): one | {form: None} for one in known
    }
    for line in lines:
        one = json.loads(line)
        row = found.setdefault(
            (one["test"], one["what"]),
            {"what": one["what"], "test": one["test"], "lost": one["lost"], "short": None}
            | {"full": None},
        )
        row[form] = (row[form] or 0) + one["count"]
        row["lost"] = one["lost"]
    kept = [one for one in found.values() if any(one[form] for form in FORMS)]
    return sorted(kept, key=lambda one: (one["test"], one["what"]))


def main() -> int:
    """Take the lines of a run into what is kept."""
    form, file = sys.argv[1], Path(sys.argv[2])
    if form not in FORMS:
        raise SystemExit(f"'{form}' is no form; one of: {', '.join(FORMS)}")
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else []
    counts = merged(known, form, file.read_text("utf-8").splitlines())
    KEPT.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{KEPT}: {sum(one[form] or 0 for one in counts):,} tries in the {form} form")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
