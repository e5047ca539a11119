"""What a person reads, piece by piece, so that one rule can be held against every piece."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.content import Content, Entry
from bot.core.text import Text, joined


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one language, and the file that they stand in, below the content folder."""

    where: str
    language: str
    text: str


def complete(content: Content) -> list[Entry]:
    """Return the answers that are written."""
    return [entry for entry in content.entries.values() if entry.status != "planned"]


def plain(blocks: Iterable[Text]) -> str:
    """Return the words of several blocks."""
    return joined(tuple(blocks), gap="\n\n").plain


def bodies(content: Content) -> Iterator[Piece]:
    """Yield the prose of each written answer."""
    for entry in complete(content):
        for language, words in entry.wording.items():
            yield Piece(f"faq/{entry.id}/{language}.md", language, plain(words.body))


def answers(content: Content) -> Iterator[Piece]:
    """Yield title, summary and body of each written answer; search words may be anything."""
    for entry in complete(content):
        for language, words in entry.wording.items():
            text = "\n".join((words.title, words.summary, plain(words.body)))
            yield Piece(f"faq/{entry.id}/{language}.md", language, text)


def standard_texts(content: Content) -> Iterator[Piece]:
    """Yield each standard text."""
    for (name, language), blocks in content.texts.items():
        yield Piece(f"texts/{name}/{language}.md", language, plain(blocks))


def exercises(content: Content) -> Iterator[Piece]:
    """Yield the card of each exercise."""
    for exercise in content.exercises.exercises.values():
        for language, words in exercise.wording.items():
            text = "\n".join(
                (
                    *(words.title, words.purpose, plain(words.steps), words.dose),
                    *(words.breathing, words.care, words.easier, words.picture),
                )
            )
            yield Piece(f"exercises/{exercise.id}/{language}.md", language, text)


def short_lines(content: Content) -> Iterator[Piece]:
    """Yield the lines of reminders and of screens."""
    for (_, language), lines in content.reminders.items():
        yield Piece(f"reminders/{language}.toml", language, "\n".join(lines))
    for language, phrases in content.phrases.items():
        said = [form for forms in phrases.lines.values() for form in forms]
        yield Piece(f"ui/{language}.po", language, "\n".join(said))


def everything(content: Content) -> Iterator[Piece]:
    """Yield all of it."""
    yield from answers(content)
    yield from standard_texts(content)
    yield from exercises(content)
    yield from short_lines(content)


def own(folder: Path, pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces whose files are in the folder; the others are ours, and checked as ours."""
    return [piece for piece in pieces if (folder / piece.where).exists()]


def prose(content: Content) -> Iterator[Piece]:
    """Yield what is read as sentences: answers, standard texts, exercises."""
    yield from bodies(content)
    yield from standard_texts(content)
    yield from exercises(content)
