"""One running bot a database: a lock file beside it, let go by the system when the process dies."""

import fcntl
import os
from pathlib import Path

from bot.errors import SettingsError
from bot.store.failures import path_failure


class InstanceLock:
    """Held while open."""

    def __init__(
        self,
        database: Path,
        *,
        setting: str = "BOT_DATABASE_URL",
        fix: str = "stop it first; one bot a database file.",
    ) -> None:
        """Take the lock of ``database`` (a file, or a folder of them).

        Args:
            database: What is locked; the lock file stands beside it.
            setting: What to correct if the lock file cannot be made.
            fix: What to do if another process holds it.

        Raises:
            SettingsError: another process holds it, or the file cannot be made.
        """
        path = database.with_name(f"{database.name}.lock")
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise path_failure(error, path, setting) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise SettingsError(
                f"Another process runs on this database ({database}).",
                fix,
            ) from None

    def release(self) -> None:
        """Let the next process in."""
        os.close(self._file)
