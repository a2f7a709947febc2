"""`python -m habeas`: the same as the `habeas` command."""

from __future__ import annotations

from habeas.cli import main

if __name__ == "__main__":
    main()
