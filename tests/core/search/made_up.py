"""A few made-up answers and what finds them, small enough to reckon by hand."""

from dataclasses import replace

from bot.catalog.stems import stemmers
from bot.core.content import Content, Entry, Wording
from bot.core.search.finder import Finder
from bot.core.search.lists import WordLists
from bot.core.search.reading import Reader, stem_of
from bot.core.text import Text


def entry(
    name: str,
    *keywords: str,
    title: str = "",
    summary: str = "",
    body: str = "",
    topic: str = "",
    language: str = "en",
) -> Entry:
    """Return an answer in one language."""
    wording = {language: Wording(title, summary, keywords, (Text(body),) if body else ())}
    return Entry(name, topic, "", (), (), "draft", 1, "", "", wording)


def finder(content: Content, *entries: Entry, **lists: str) -> Finder:
    """Return a finder of these answers among forty others, which share no word with them."""
    idle, ours, weak, foreign = (
        tuple(lists.get(name, "").split()) for name in ("idle", "ours", "weak", "foreign")
    )
    others = (entry(f"other-{n}", f"{chr(97 + n % 26) * 2}{n}") for n in range(40))
    by_id = {one.id: one for one in (*entries, *others)}
    words = WordLists(idle, ours, weak, foreign)
    known = replace(content, entries=by_id, topics=(), word_lists={"en": words})
    return Finder(known, stemmers())


def reader(words: str) -> Reader:
    """Return a reader that knows these words and no other."""
    return Reader({stem_of(word, stemmers()) for word in words.split()}, stemmers())
