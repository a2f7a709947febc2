"""The canonical text log: one event a line, byte for byte what is exported and imported.

A line is whole, or it is the event's leaf: withheld or redacted, with the commitment in the place
of salt and payload. Each line is canonical JSON and ends in a newline. `lines` reads and writes
single lines, `scanning` reads many quickly, `aside` has them read in a process of its own; order
and roots are checked where they are taken (`case`).
"""

from __future__ import annotations

from habeas.textlog.lines import LINE_MAX, line_of, read_line, read_lines

__all__ = ["LINE_MAX", "line_of", "read_line", "read_lines"]
