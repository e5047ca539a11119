"""What operators get wrong: each ends in one line that says what to do, status 78, nothing lost."""

import hashlib
import os
import socket
import sqlite3
from contextlib import closing

from deploy.trial.engine import Image, TrialError, Volumes

CONFIG_ERROR = 78


def refused(image: Image, volumes: Volumes, says: str, *words: str, **settings: str) -> None:
    """Run what must be refused; what the volumes hold must be there afterwards, unchanged.

    Raises:
        TrialError: it is not refused, not in one line, or something has changed.
    """
    before = fingerprint(volumes)
    status, said = image.run(volumes, *words, **settings)
    lines = [line for line in said.splitlines() if line.startswith("unknot: ")]
    if status != CONFIG_ERROR or len(lines) != 1 or says not in lines[0] or "Traceback" in said:
        raise TrialError(
            f"{says!r} was expected, status {CONFIG_ERROR}; it said ({status}): {said!r}"
        )
    if not before.items() <= fingerprint(volumes).items():  # an empty new database may be added
        raise TrialError(f"{says!r}: the data have changed")


def fingerprint(volumes: Volumes) -> dict[str, str]:
    """Return a hash of every file in the volumes that holds anything; empty ones are locks."""
    found = (path for path in volumes.folder.rglob("*") if path.is_file() and path.stat().st_size)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def unwritable(image: Image, volumes: Volumes, name: str, **settings: str) -> None:
    """Start with a volume that belongs to another user, as a fresh bind mount does."""
    os.chown(volumes[name], 0, 0)
    volumes[name].chmod(0o755)
    try:
        refused(image, volumes, "Permission denied", **settings)
    finally:
        os.chown(volumes[name], volumes.owner, volumes.owner)
        volumes[name].chmod(0o700)


def taken_port(image: Image, volumes: Volumes, **settings: str) -> None:
    """Start where another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        refused(image, volumes, "BOT_LISTEN", **{**settings, "BOT_LISTEN": listen})


def copy_of_another_version(image: Image, volumes: Volumes, copy: str) -> None:
    """Bring back a copy that a later bot made."""
    later = volumes["copies"] / "later.db"
    later.write_bytes((volumes["copies"] / copy).read_bytes())
    os.chown(later, volumes.owner, volumes.owner)
    with closing(sqlite3.connect(later)) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()
    refused(image, volumes, "schema version 9999", "restore", "/copies/later.db")
