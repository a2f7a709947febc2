"""habeas: what was known about a detainee, when, and from whom.

`from habeas import Case` opens a case; everything else has its module. The import is late, so that
a command that needs no case starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.case import Case

__all__ = ["Case"]


def __getattr__(name: str) -> object:
    if name == "Case":
        from habeas.case import Case  # noqa: PLC0415 - that is the point

        return Case
    message = f"module 'habeas' has no attribute '{name}'"
    raise AttributeError(message)
