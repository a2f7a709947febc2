"""What the figures were measured on: the machine, the versions, the commit."""

from __future__ import annotations

import os
import platform
import re
import sqlite3 as python_sqlite
import subprocess
import time
from importlib import metadata
from pathlib import Path

from bench.servers import postgres_programs
from habeas.store.library import sqlite3

_PACKAGES = ("duckdb", "eventsourcing", "psycopg", "pymysql", "typer")


def described() -> dict[str, str]:
    """Return what is known of the machine and the programs, by what it is."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": _commit(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "system": f"{_system()}, Linux {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": f"{sqlite3.sqlite_version} (eventsourcing: {python_sqlite.sqlite_version})",
        **{name: _version(name) for name in _PACKAGES},
        "PostgreSQL": _said([str((postgres_programs() or Path()) / "postgres"), "--version"]),
        "MariaDB": _said(["mariadbd", "--version"]),
    }


def _commit() -> str:
    changed = _said(["git", "status", "--porcelain", "--", "src", "tools"])
    commit = _said(["git", "rev-parse", "--short=12", "HEAD"])
    return f"{commit}, with changes" if changed not in {"", "–"} else commit


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return "–"
    words = re.sub(r"^\S*(postgres|mariadbd)\S*\s+(\(PostgreSQL\)|Ver)\s+", "", done.stdout.strip())
    return words.split(" for ")[0]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "–"


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", _text(Path("/proc/cpuinfo")))
    return found[1] if found else platform.processor()


def _system() -> str:
    found = re.search(r'PRETTY_NAME="(.+)"', _text(Path("/etc/os-release")))
    return found[1] if found else platform.system()


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
