"""Pages for people who never open a terminal: a static site, and the same pages live.

It asks `case` and shows what it answers; it keeps no rule of its own, and writes nothing to a log.
An `Edition` is a case as it stands at one position of its log, for one audience; `pages` are made
of it, `site` writes them into a folder, and `server` gives them out one by one.
"""
