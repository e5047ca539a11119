"""Which language to answer in, from what is at hand."""

from collections.abc import Sequence


def script_language(text: str, languages: Sequence[str]) -> str | None:
    """Return the language whose script most letters of ``text`` are written in.

    Commands are Latin in every language, so they say nothing; neither does a text without letters.
    """
    if text.startswith("/"):
        return None
    cyrillic = sum("а" <= c <= "я" or c == "ё" for c in text.lower())
    latin = sum("a" <= c <= "z" for c in text.lower())
    if cyrillic == latin:
        return None
    language = "ru" if cyrillic > latin else "en"
    return language if language in languages else None


def hinted_language(code: str | None, languages: Sequence[str]) -> str | None:
    """Return the offered language that Telegram's ``language_code`` (such as "ru-RU") hints at."""
    language = (code or "").split("-")[0].lower()
    return language if language in languages else None
