"""Our errors as whoever runs the command needs them: a flag was given, and no bot tries again."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import BotError

AGAIN = "run the command again."
WORDS = {
    "the bot tries again by itself.": AGAIN,
    "the bot finds out by itself.": AGAIN,
}


@contextmanager
def naming(flag: str) -> Iterator[None]:
    """Name ``flag`` where an error names the setting for the database."""
    try:
        yield
    except BotError as error:
        problem, fix = (_reworded(text, flag) for text in (error.problem, error.fix))
        raise type(error)(problem, fix) from error


def _reworded(text: str, flag: str) -> str:
    for ours, theirs in {"BOT_DATABASE_URL": flag, **WORDS}.items():
        text = text.replace(ours, theirs)
    return text
