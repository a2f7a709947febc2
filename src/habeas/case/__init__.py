"""The use cases: a case opened from a database, appended to, and asked.

It takes paths, a clock and a source of randomness, and returns values. It prints nothing, and
keeps no rule of its own: what may be appended is `log`'s to say, what an answer means `resolve`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas import late

if TYPE_CHECKING:
    from habeas.case.appending import Appended
    from habeas.case.main import Case

__all__ = ["Appended", "Case"]

__getattr__ = late.names("habeas.case", {"Appended": "appending", "Case": "main"})
