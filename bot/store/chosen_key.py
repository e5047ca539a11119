"""Which key a database is used with: its own, or a new one while it holds nobody."""

from pathlib import Path

from bot.errors import SettingsError
from bot.store.keyfile import make_key, read_key
from bot.store.seal import Seal


def chosen_seal(key_file: Path, known: list[str], *, bound: bool) -> Seal:
    """Return the seal of the key file, which is made if it is not there.

    Args:
        key_file: As BOT_KEY_FILE says.
        known: Fingerprints in the database: none, or that of its key.
        bound: The database is in use with its key, so that no other will do.

    Raises:
        SettingsError: the key is missing or wrong, or the file cannot be used.
    """
    key = read_key(key_file)
    if key is None and bound:
        raise SettingsError(
            f"BOT_KEY_FILE {key_file}: there is no such file, and the database needs its key.",
            "put back your copy of the key file.",
        )
    seal = Seal(make_key(key_file) if key is None else key)
    if bound and known != [seal.fingerprint]:
        raise SettingsError(
            f"BOT_KEY_FILE {key_file} holds another key than the database was made with.",
            "put back your copy of the right key file.",
        )
    return seal
