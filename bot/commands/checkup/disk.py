"""The data folder and what lies in it: is there room, may the bot write, may others read."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.commands.checkup.findings import ROOT, Case, Finding, ok, problem, there, warning

MIB = 2**20
LEAST_FREE = 500 * MIB
GIVE = "give it to the bot's user (chown), or mount it writable"
OTHERS = stat.S_IRWXG | stat.S_IRWXO

Verdict = Callable[[str, str], Finding]


def folder(case: Case) -> Iterator[Finding]:
    """Judge whether data and key can be written where the settings say."""
    database = case.database()
    places = {database.parent if database else case.settings.data_dir: "data folder"}
    if not there(case.settings.key):
        places.setdefault(case.settings.key.parent, "folder of the key")
    for place, name in places.items():
        yield _writable(name, place)


def space(case: Case, least: int = LEAST_FREE) -> Iterator[Finding]:
    """Warn ahead of a full disk."""
    place = nearest((case.database() or case.settings.data_dir).absolute())
    free = shutil.disk_usage(place).free
    left = f"disk: {free // MIB} MiB are free at {place}"
    yield ok(left) if free >= least else warning(f"{left}.", "make room; the data grow slowly.")


def permissions(case: Case) -> Iterator[Finding]:
    """Judge who may read database and key, and whose they are."""
    database, key = case.database(), case.settings.key
    if database and there(database):
        yield _closed("database", database, warning, case.user)
        if not _may_write(database):
            yield problem(f"database: {database} cannot be written by this user.", f"{GIVE}.")
    if there(key):
        yield _closed("key", key, problem, case.user)
    yield from _key_place(case)


def nearest(path: Path) -> Path:
    """Return the path itself or the nearest folder above it that is there."""
    return next((place for place in (path, *path.parents) if there(place)), Path("/"))


def _writable(name: str, place: Path) -> Finding:
    found = nearest(place.absolute())
    if not found.is_dir():
        return problem(f"{name}: {found} is no folder.", "set BOT_DATA_DIR to a folder.")
    if not _may_write(found) or not os.access(found, os.X_OK, effective_ids=True):
        return problem(
            f"{name}: {found} cannot be written by this user.",
            f"{GIVE}, or set BOT_DATA_DIR to another.",
        )
    made = "" if there(place) else "; it is not there yet and is made at the first start"
    return ok(f"{name}: {place} can be written{made}")


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=True)


def _closed(name: str, file: Path, verdict: Verdict, user: int) -> Finding:
    status = file.stat()
    if status.st_mode & OTHERS:
        return verdict(f"{name}: other users may read {file}.", f"chmod 600 {file}")
    if user not in {ROOT, status.st_uid}:
        return warning(
            f"{name}: {file} belongs to another user (uid {status.st_uid}).",
            "run the bot as that user, or give it the file with chown.",
        )
    return ok(f"{name}: only its owner may read {file}")


def _key_place(case: Case) -> Iterator[Finding]:
    database, key = case.database(), case.settings.key
    folders = {case.settings.data_dir} | ({database.parent} if database else set())
    if any(place.resolve() in key.resolve().parents for place in folders):
        yield warning(
            f"key: {key} lies inside the data folder; a copy of the folder then names people.",
            "stop the bot, move the key elsewhere and set BOT_KEY_FILE to its new place.",
        )
