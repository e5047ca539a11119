"""The key file: 32 random bytes as hexadecimal text, readable by its owner only."""

import logging
import os
import secrets
import stat
from pathlib import Path

from bot.errors import SettingsError
from bot.store.failures import path_failure
from bot.store.seal import KEY_BYTES

_log = logging.getLogger(__name__)

OTHERS_MAY_READ = stat.S_IRGRP | stat.S_IROTH


def read_key(path: Path) -> bytes | None:
    """Return the key, and log where others may read it; None: there is no file.

    Raises:
        SettingsError: the file cannot be read or holds no key.
    """
    key = look_at_key(path)
    if key is not None and path.stat().st_mode & OTHERS_MAY_READ:
        fields = {"event": "key.readable_by_others", "path": str(path), "fix": f"chmod 600 {path}"}
        _log.warning("key file readable by others", extra=fields)
    return key


def look_at_key(path: Path) -> bytes | None:
    """Return the key; None: there is no file.

    Raises:
        SettingsError: the file cannot be read or holds no key.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise path_failure(error, path, "BOT_KEY_FILE") from error
    return _parsed(text, path)


def make_key(path: Path) -> bytes:
    """Make a new key and its file, which appears whole or not at all.

    Raises:
        SettingsError: the file cannot be written.
    """
    key = secrets.token_bytes(KEY_BYTES)
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(key.hex().encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise path_failure(error, path, "BOT_KEY_FILE") from error
    _log.info("key file made", extra={"event": "key.made", "path": str(path)})
    return key


def sync_folder(folder: Path) -> None:
    """Make a file's new name in ``folder`` survive a power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _parsed(text: bytes, path: Path) -> bytes:
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(
            f"BOT_KEY_FILE {path} holds no key.",
            f"put back your copy of the key file ({2 * KEY_BYTES} hexadecimal digits).",
        )
    return key
