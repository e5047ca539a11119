"""Database addresses, as BOT_DATABASE_URL gives them."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.errors import SettingsError

FORMS = "use sqlite:///data/unknot.db (relative) or sqlite:////var/lib/unknot/unknot.db (absolute)."


def sqlite_path(url: str) -> Path:
    """Return the file that a database address names.

    Raises:
        SettingsError: the address is none of ours; the text never repeats it, for it may hold
            a password.
    """
    scheme = url.partition(":")[0]
    if scheme in {"postgresql", "postgres"}:
        raise SettingsError("BOT_DATABASE_URL: this version keeps its data in SQLite.", FORMS)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SettingsError("BOT_DATABASE_URL is no address.", FORMS) from None
    name = unquote(parts.path.removeprefix("/"))
    extra = parts.netloc or parts.query or parts.fragment or "\0" in name
    if scheme != "sqlite" or extra or not name or name.endswith("/"):
        raise SettingsError("BOT_DATABASE_URL names no database file.", FORMS)
    return Path(name)
