"""docs/triage.md and the README say what the voices and the screening give today."""

import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.recall import LAST, VOICES, Found, unseen
from bot.catalog.learned import load_weights
from bot.catalog.voices import read_messages, read_voices

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "triage.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return list(unseen())


def test_the_page_shows_what_unseen_voices_give(found: list[Found]) -> None:
    for table in found:
        for line in str(table).splitlines():
            assert not line.startswith("|") or line in PAGE, line


def test_the_readme_quotes_the_last_first_scores_of_the_page() -> None:
    row = [line for line in PAGE.splitlines() if line.startswith("| 2026-")][-1]
    acute, ordinary, near = [cell.strip() for cell in row.split("|")[2:5]]
    english, russian, of = re.findall(r"[\d.]+", acute)
    said = [re.findall(r"[\d.]+", cell) for cell in (ordinary, near)]

    assert f"{english} % (English) and {russian} % (Russian) of {of} got it" in README
    assert f"so did {said[0][0]} % and {said[0][1]} % of ordinary ones" in README
    assert f"{said[1][0]} % and {said[1][1]} % of harmless ones that look like danger" in README


def test_the_page_names_the_scores_that_decide() -> None:
    weights = load_weights(VOICES.parents[2] / "content" / "triage")

    assert weights is not None
    assert f"{weights.agrees} on;" in PAGE
    assert f"alone from {weights.sure} on" in PAGE
    assert f"from {weights.careful} on where the message sounds like self-harm" in " ".join(
        PAGE.split()
    )


def test_the_page_counts_the_messages_of_each_voice() -> None:
    for voice in read_voices(VOICES).values():
        counted = Counter(
            (m.language, m.label if m.label != "benign" else m.category)
            for m in read_messages(VOICES, voice.name)
        )
        cells = [
            " / ".join(str(counted[language, kind]) for language in ("en", "ru"))
            for kind in ("acute", "negated", "ordinary", "near")
        ]
        assert f"| {voice.name} | {voice.about} | {' | '.join(cells)} |" in PAGE, voice.name


def test_there_are_enough_messages_of_enough_voices_to_call_it_measured() -> None:
    voices = read_voices(VOICES)
    messages = [m for name in voices for m in read_messages(VOICES, name)]
    for language in ("en", "ru"):
        own = [m for m in messages if m.language == language]
        labels = Counter(m.label for m in own)
        kinds = Counter(m.category for m in own if m.label == "benign")
        writers = {m.voice for m in own if m.label == "negated"}

        assert labels["acute"] >= 600
        assert labels["negated"] >= 80
        assert min(kinds["ordinary"], kinds["near"]) >= 450
        assert len(writers) >= 10


def test_the_last_voices_that_only_test_cover_every_category() -> None:
    names = [name for name, voice in read_voices(VOICES).items() if voice.role == "tests"][-LAST:]
    for language in ("en", "ru"):
        acute = Counter(
            m.category
            for name in names
            for m in read_messages(VOICES, name)
            if m.language == language and m.label == "acute"
        )
        named = ("cauda_equina", "chest_pain", "stroke", "self_harm", "limb_weakness")

        assert len(acute) == 17
        assert min(acute.values()) >= 10
        assert min(acute[category] for category in named) >= 30


def test_no_message_of_a_voice_that_tests_also_teaches() -> None:
    voices = read_voices(VOICES)
    texts: dict[str, set[tuple[str, str]]] = {"teaches": set(), "tests": set()}
    for name, voice in voices.items():
        texts[voice.role] |= {
            (m.language, re.sub(r"\W+", " ", m.text.casefold()).strip())
            for m in read_messages(VOICES, name)
        }

    assert texts["teaches"].isdisjoint(texts["tests"])
