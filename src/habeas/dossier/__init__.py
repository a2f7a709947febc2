"""Dossiers: what a person wrote down from one document, in TOML, read into events with its places.

It reads and checks one file at a time and appends nothing. Whether names exist in the log, and what
is there already, is asked by `case`. The convention it owns is the dossier's format.
"""

from __future__ import annotations

from habeas.dossier.entries import Dossier, Entry, Expectation, clashes
from habeas.dossier.files import files
from habeas.dossier.reading import read
from habeas.dossier.syntax import SIZE_MAX

__all__ = ["SIZE_MAX", "Dossier", "Entry", "Expectation", "clashes", "files", "read"]
