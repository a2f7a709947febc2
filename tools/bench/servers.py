"""Private servers for the peers: PostgreSQL and MariaDB, each in a folder under build/bench.

On a port of their own, on loopback, started for one run and stopped after it. They are never the
system's own clusters. Commits are durable, as both have it by default.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PATIENCE: Final = 60.0
_WAIT: Final = 0.2
_POSTGRES: Final = Path("/usr/lib/postgresql")


class Server:
    """A server that was started; `port` is on 127.0.0.1. Stop it."""

    def __init__(self, command: list[str], port: int, user: str | None, log: Path) -> None:
        self.port = port
        with log.open("wb") as file:
            self._process = subprocess.Popen(command, stdout=file, stderr=file, user=user)
        self._log = log

    def wait(self, answers: Callable[[], object]) -> None:
        """Wait until it answers. Raises RuntimeError if it does not."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                answers()
            except Exception as error:
                if self._process.poll() is not None or time.monotonic() > end:
                    self.stop()
                    raise RuntimeError(f"the server does not answer; see {self._log}") from error
                time.sleep(_WAIT)
            else:
                return

    def stop(self) -> None:
        """Stop it, and wait until it has."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's newest programs; None where it is not installed."""
    found = sorted(_POSTGRES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return None if there is None else Path(there).parent


def start_postgres(folder: Path) -> Server:
    """Make a new cluster in a folder and start it, as `postgres` where we are root."""
    programs, data = postgres_programs(), (folder / "postgres").absolute()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: make bench-peers")
    user = _emptied(data, "postgres")
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "bench", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*initdb, "--locale=C"], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/"
    )
    port = _free_port()
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": data,
        "shared_buffers": "512MB",
        "work_mem": "128MB",
        "maintenance_work_mem": "256MB",
        "random_page_cost": "1.1",
        "max_wal_size": "4GB",
        "jit": "off",
    }
    given = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    command = [str(word) for word in (programs / "postgres", "-D", data, *given)]
    return Server(command, port, user, folder / "postgres.log")


def start_mariadb(folder: Path) -> Server:
    """Make a new data folder and start a server in it."""
    data = (folder / "mariadb").absolute()
    if shutil.which("mariadbd") is None:
        raise RuntimeError("MariaDB is not installed: make bench-peers")
    user = _emptied(data, "nobody")
    common = ["--no-defaults", f"--datadir={data}"]
    install = ["mariadb-install-db", *common, "--auth-root-authentication-method=normal"]
    subprocess.run(
        [*install, "--skip-test-db"], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/"
    )
    port = _free_port()
    settings = [
        f"--port={port}",
        "--bind-address=127.0.0.1",
        f"--socket={data}/socket",
        f"--pid-file={data}/pid",
        "--innodb-buffer-pool-size=512M",
        "--innodb-log-file-size=512M",
        "--character-set-server=utf8mb4",
    ]
    return Server(["mariadbd", *common, *settings], port, user, folder / "mariadb.log")


def _emptied(data: Path, user: str) -> str | None:
    """Empty a folder, owned by `user` where we are root; return as whom the server is to run."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    if os.geteuid() != 0:
        return None
    pwd.getpwnam(user)
    shutil.chown(data, user)
    data.chmod(0o700)
    return user


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
