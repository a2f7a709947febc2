"""What every store refuses, in the same words: records out of order, positions past the end.

It knows no database. A store may refuse more, by its own means; it must not refuse less.
"""

from __future__ import annotations

from habeas.errors import Refused, UnknownName
from habeas.log.checked import Checked
from habeas.log.records import Record
from habeas.times import instant_text


def check_next(record: Record | Checked, position: int, recorded: int | None) -> None:
    """Check that a record may follow `position` events, the last recorded then. Raises Refused."""
    if record.seq != position + 1:
        message = f"event {record.seq} does not follow event {position}: the log has no gaps"
        raise Refused(message, hint=f"the next event is {position + 1}")
    if recorded is not None and record.recorded <= recorded:
        message = f"event {record.seq} is recorded at {instant_text(record.recorded)}, which is "
        raise Refused(
            f"{message}not after event {position}", hint=f"later than {instant_text(recorded)}"
        )


def no_such_position(position: int, last: int) -> UnknownName:
    """Return the error for a position that the log has not."""
    message = f"the log has no position {position}: it holds {last} events"
    return UnknownName(message, hint=f"positions go from @0 to @{last}")


def check_unbroken(*, failed: bool) -> None:
    """Check that no addition of a block failed before its end. Raises Refused."""
    if failed:
        message = "an addition failed and was passed over, so nothing of its block was kept"
        raise Refused(message, hint="let the first error through")
