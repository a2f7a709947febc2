"""`make bench-peers`: the servers of PostgreSQL and MariaDB from Debian's packages.

Installs what is missing, as root; then starts a private server of each and stops it again, so that
one knows that they will be there. `make bench` starts and stops its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial

from bench import generate, servers
from bench.peers import maria, postgres

PACKAGES = ("postgresql", "mariadb-server-core", "mariadb-client-core")


def main() -> int:
    """Install and try; 1 where one of them does not start."""
    if servers.postgres_programs() is None or shutil.which("mariadb-install-db") is None:
        install = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            print(f"As root, on Debian: {' '.join(install)}", file=sys.stderr)
            return 1
        subprocess.run(["apt-get", "update"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(install, check=True)
    folder = generate.FOLDER / "try"
    folder.mkdir(parents=True, exist_ok=True)
    for start, ask in ((servers.start_postgres, postgres.ask), (servers.start_mariadb, maria.ask)):
        server = start(folder)
        try:
            server.wait(partial(ask, server.port))
            print(ask(server.port))
        finally:
            server.stop()
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
