"""Our own words where another subject's folder brings none: buttons and questions are the same."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.files import BUILT_IN, languages
from bot.catalog.phrases import TRIED, read_phrases
from bot.catalog.problems import Findings
from bot.catalog.texts import read_texts
from bot.core.content import Phrases
from bot.core.text import Text

Texts = Mapping[tuple[str, str], tuple[Text, ...]]


def texts_with_ours(
    folder: Path, offered: tuple[str, ...], own: Texts, findings: Findings
) -> Texts:
    """Return a folder's texts, and ours for the names that it has not; what neither has is noted."""
    if _is_ours(folder):
        return own
    ours = read_texts(BUILT_IN / "texts", languages(BUILT_IN, Findings()), Findings())
    named = {name for name, _ in own}
    for name in sorted({name for name, _ in ours} - named):
        for language in offered:
            if (name, language) not in ours:
                file = folder / "texts" / name / f"{language}.md"
                findings.problem(file, 1, "The file is missing.", "write it; we have none, either.")
    return {key: text for key, text in ours.items() if key[0] not in named} | dict(own)


def phrases_with_ours(
    folder: Path, offered: tuple[str, ...], own: Mapping[str, Phrases], findings: Findings
) -> Mapping[str, Phrases]:
    """Return a folder's short lines, and ours for the keys that it has not."""
    if _is_ours(folder):
        return own
    ours = read_phrases(BUILT_IN / "ui", languages(BUILT_IN, Findings()), Findings())
    every = {key for phrases in ours.values() for key in phrases.lines}
    found = {}
    for language, phrases in own.items():
        file = folder / "ui" / f"{language}.po"
        lines = ours[language].lines if language in ours else {}
        for key in sorted(every - lines.keys() - phrases.lines.keys()):
            findings.problem(file, 1, f"The key {key!r} is missing.", "add and translate it.")
        if lines and any(phrases.plural(n) != ours[language].plural(n) for n in TRIED):
            text = "The Plural-Forms are others than in our file, whose lines stand beside these."
            findings.problem(file, 1, text, f"copy them from {BUILT_IN / 'ui' / file.name}.")
        found[language] = Phrases({**lines, **phrases.lines}, phrases.plural)
    return found


def _is_ours(folder: Path) -> bool:
    return folder.resolve() == BUILT_IN
