"""Whether each search word leads to its answer, and whether no language has far fewer of them."""

from pathlib import Path

from bot.catalog.editing.places import line_of
from bot.catalog.problems import Findings
from bot.catalog.stems import stemmers
from bot.core.content import Content, Entry
from bot.core.search.finder import Finder
from bot.core.search.reading import stems_of

FEWER = 3
"""A language with so many times fewer search words than another has forgotten some."""


def check_keywords(folder: Path, content: Content, findings: Findings) -> None:
    """Warn of each search word after which its answer is not among those found."""
    search = _Search(content)
    for entry in content.entries.values():
        for language, words in entry.wording.items():
            for keyword in words.keywords:
                if not search.leads(entry.id, language, keyword):
                    file = folder / "faq" / entry.id / f"{language}.md"
                    text = f"The search word {keyword!r} does not lead to this answer."
                    findings.warning(file, line_of(file, f'"{keyword}"'), text)
        _check_counts(folder, entry, findings)


class _Search:
    """Finds as the bot does; knows which words say too little to be found by themselves."""

    def __init__(self, content: Content) -> None:
        self._stem = stemmers()
        self._finder = Finder(content, self._stem)
        self._ours = {language: lists.ours[0] for language, lists in content.word_lists.items()}
        weak = [word for lists in content.word_lists.values() for word in lists.weak]
        self._weak = {one for word in weak for one in stems_of(word, self._stem)}

    def leads(self, entry: str, language: str, keyword: str) -> bool:
        """Return whether a word leads to the entry: alone, or beside a word naming our subject."""
        if entry in self._finder.find(keyword).entries:
            return True
        if self._weak.issuperset(stems_of(keyword, self._stem)):
            return True  # everybody's word, which leads somewhere only beside others
        beside = f"{keyword} {self._ours.get(language, '')}"
        return entry in self._finder.find(beside).entries


def _check_counts(folder: Path, entry: Entry, findings: Findings) -> None:
    counts = {language: len(words.keywords) for language, words in entry.wording.items()}
    for language, count in counts.items():
        if count * FEWER < max(counts.values()):
            file = folder / "faq" / entry.id / f"{language}.md"
            text = f"There are {count} search words; another language has {max(counts.values())}."
            findings.warning(file, line_of(file, "keywords"), text)
