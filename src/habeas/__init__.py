"""habeas: what was known about a detainee, when, and from whom.

`from habeas import Case` opens a case; everything else has its module. The import is late, so that
a command that needs no case starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas import late

if TYPE_CHECKING:
    from habeas.case import Case

__all__ = ["Case"]

__getattr__ = late.names("habeas", {"Case": "case.main"})
