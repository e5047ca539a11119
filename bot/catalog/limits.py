"""Whether what is written fits one message, counted as Telegram counts."""

from dataclasses import dataclass

from bot.core.content import Content, Entry, help_text
from bot.core.text import Text, joined

LONGEST = 3500  # UTF-16 units; Telegram takes 4096, the rest is for what is filled in


@dataclass(frozen=True, slots=True)
class TooLong:
    """A message that does not fit.

    Attributes:
        file: Path within the content folder.
        units: Its length with all parts, in UTF-16 units.
    """

    file: str
    units: int


def too_long(content: Content) -> list[TooLong]:
    """Return the answers and standard texts that are longer than one message may be.

    An answer counts with its title, summary, help ending and the titles of its sources.
    """
    lengths = [
        (f"faq/{entry.id}/{language}.md", _units(_answer(content, entry, language)))
        for entry in content.entries.values()
        for language in content.languages
    ]
    lengths += [
        (f"texts/{name}/{language}.md", _units(blocks))
        for (name, language), blocks in content.texts.items()
    ]
    return [TooLong(file, units) for file, units in lengths if units > LONGEST]


def _answer(content: Content, entry: Entry, language: str) -> tuple[Text, ...]:
    words = entry.wording[language]
    sources = tuple(Text(source.title) for source in entry.sources)
    ending = content.texts[help_text(entry.help), language]
    return (Text(words.title), Text(words.summary), *words.body, *ending, *sources)


def _units(blocks: tuple[Text, ...]) -> int:
    return len(joined(blocks).plain.encode("utf-16-le")) // 2
