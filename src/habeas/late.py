"""Names of a package that are imported when they are first asked for.

A package names what it offers; who asks for one name does not wait for the modules of the others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def names(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__`; `places` are its names, with the modules below it.

    What it returns raises AttributeError for any other name, as Python expects.
    """

    def find(name: str) -> object:
        if name not in places:
            message = f"module '{package}' has no attribute '{name}'"
            raise AttributeError(message)
        found: object = getattr(import_module(f"{package}.{places[name]}"), name)
        vars(sys.modules[package])[name] = found
        return found

    return find
