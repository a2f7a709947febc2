"""Measurements of the pages: in a browser, and of the server beside a bare route.

`make bench-web` runs them and writes what it finds into docs/web.md. Persons are invented.
"""
