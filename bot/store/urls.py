"""Database addresses, as BOT_DATABASE_URL gives them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bot.errors import SettingsError

FORMS = (
    "use sqlite:///data/unknot.db (relative), sqlite:////var/lib/unknot/unknot.db (absolute) or "
    "postgresql://USER:PASSWORD@HOST:5432/DATABASE."
)
POSTGRES_FORM = (
    "use postgresql://USER:PASSWORD@HOST:5432/DATABASE; in a password write %40 for @, %3A for :, "
    "%2F for /, %3F for ?, %23 for # and %25 for %."
)
POSTGRES = {"postgresql", "postgres"}
HOSTS = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
PORTS = range(1, 65_536)
CHOICES = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": (
        "any",
        "primary",
        "standby",
        "prefer-standby",
        "read-write",
        "read-only",
    ),
}
FILES = ("sslrootcert", "sslcert", "sslkey")
OPTIONS = {
    "host",  # a folder: the server's socket lies there
    "search_path",
    *FILES,
    *CHOICES,
}


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a PostgreSQL database is.

    Attributes:
        dsn: The whole address, with the password; for the library only.
        name: Where it is, for people: neither user nor password.
    """

    dsn: str = field(repr=False)
    name: str


def is_postgres(url: str) -> bool:
    """Return whether an address is meant for PostgreSQL."""
    return url.partition(":")[0] in POSTGRES


def postgres_address(url: str) -> PostgresAddress:
    """Return the database that a PostgreSQL address names.

    Raises:
        SettingsError: it cannot be read, or names a file that cannot be read; the text never repeats
            it, for it may hold a password.
    """
    try:
        parts = urlsplit(url)
        options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise SettingsError("BOT_DATABASE_URL is no address.", POSTGRES_FORM) from None
    hosts = parts.netloc.rpartition("@")[2]
    database = unquote(parts.path.removeprefix("/"))
    # a password with such a sign in it would be read as host, database or option
    odd = parts.netloc.count("@") > 1 or set("/@:\0") & set(database) or parts.fragment
    if not database or odd or not _are_hosts(hosts):
        raise SettingsError("BOT_DATABASE_URL names no PostgreSQL database.", POSTGRES_FORM)
    if not options.keys() <= OPTIONS:
        known = ", ".join(sorted(OPTIONS))
        raise SettingsError("BOT_DATABASE_URL has an option that is not known.", f"use {known}.")
    _check(options)
    return PostgresAddress(url, f"{hosts or 'here'}/{database}")


def sqlite_path(url: str) -> Path:
    """Return the file that a database address names.

    Raises:
        SettingsError: the address is none of ours, or one of PostgreSQL; the text never repeats
            it, for it may hold a password.
    """
    if is_postgres(url):
        raise SettingsError("BOT_DATABASE_URL: this is for data in an SQLite file only.", FORMS)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SettingsError("BOT_DATABASE_URL is no address.", FORMS) from None
    name = unquote(parts.path.removeprefix("/"))
    extra = parts.netloc or parts.query or parts.fragment or "\0" in name
    if parts.scheme != "sqlite" or extra or not name or name.endswith("/"):
        raise SettingsError("BOT_DATABASE_URL names no database file.", FORMS)
    return Path(name)


def _check(options: dict[str, list[str]]) -> None:
    """Refuse what the library would report like a server that is away, or with a fault of its own."""
    for name, choices in CHOICES.items():
        if not set(options.get(name, ())) <= {"", *choices}:
            raise SettingsError(
                f"BOT_DATABASE_URL sets {name} to what it cannot be.",
                f"choose one of {', '.join(choices)}.",
            )
    for name in FILES:
        if not all(_can_be_read(file) for file in options.get(name, ()) if file):
            raise SettingsError(
                f"BOT_DATABASE_URL names a file with {name} that cannot be read.",
                "correct its path, or let the bot's user read it.",
            )


def _can_be_read(file: str) -> bool:
    try:
        with Path(file).open("rb"):
            return True
    except (OSError, ValueError):  # no name of a file has such a sign in it
        return False


def _are_hosts(hosts: str) -> bool:
    """Return whether these are hosts with ports; without any it is this machine's socket."""
    return not hosts or all(_is_host(host) for host in hosts.split(","))


def _is_host(host: str) -> bool:
    found = HOSTS.fullmatch(host)
    return found is not None and (found[2] is None or int(found[2]) in PORTS)
