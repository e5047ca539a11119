"""Every screen in both languages, held against the stored ones; `make snapshots` writes them anew."""

import os
from functools import cache
from pathlib import Path

import pytest

from bot.catalog.stems import stemmers
from bot.core.content import Content
from bot.core.search.finder import Finder
from bot.core.text import joined
from bot.flows.voice import Voice
from bot.telegram.callbacks import MAX_BYTES, decode
from bot.telegram.render import MAX_TEXT, units
from tests.screens.crawl import Walk, crawl, drawn

DATA = Path(__file__).parents[1] / "data"
LANGUAGES = ("en", "ru")
LONGEST_LABEL = 36
MOST_CHOICES = 7


@pytest.fixture(scope="module")
def walks(content: Content, voice: Voice) -> dict[str, Walk]:
    finder = Finder(content, stemmers())
    return {language: crawl(voice, finder, language) for language in LANGUAGES}


def stored(file: Path, text: str) -> str:
    """Return what is stored; with UPDATE_SNAPSHOTS set, store ``text`` first."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


def written(walk: Walk) -> str:
    """Return all screens as text; one that looks the same in several situations stands once."""
    alike: dict[tuple[str, str], list[str]] = {}
    for key, screen in walk.screens.items():
        situation, _, name = key.partition(" ")
        alike.setdefault((name, drawn(screen)), []).append(situation)
    return "".join(
        f"═══ {name} ({', '.join(sorted(who))})\n{text}\n\n"
        for (name, text), who in sorted(alike.items())
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_as_it_was_stored(walks: dict[str, Walk], language: str) -> None:
    text = written(walks[language])

    assert stored(DATA / "screens" / f"{language}.txt", text) == text


def test_every_button_of_this_version_is_in_the_corpus_of_buttons(walks: dict[str, Walk]) -> None:
    made = {string for walk in walks.values() for string in walk.strings}
    file = DATA / "callbacks-made.txt"

    assert made <= set(stored(file, "\n".join(sorted(made)) + "\n").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_has_more_than_seven_choices_and_one_row_of_navigation(
    walks: dict[str, Walk], language: str
) -> None:
    for key, screen in walks[language].screens.items():
        *choices, navigation = screen.buttons
        # the main menu, the welcome and the referral have no row of navigation: all is choice
        count = sum(len(row) for row in choices)
        assert count <= MOST_CHOICES, key
        assert len(navigation) <= 3, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_signs_can_be_reached_from_every_screen(
    walks: dict[str, Walk], language: str
) -> None:
    for key, screen in walks[language].screens.items():
        codes = {decode_code(button.action) for row in screen.buttons for button in row}
        assert codes & {"ShowDanger", "ShowDangerApart"}, key


def decode_code(action: object) -> str:
    return type(action).__name__


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_a_message_and_every_label_a_phone(
    walks: dict[str, Walk], language: str
) -> None:
    for key, screen in walks[language].screens.items():
        assert units(joined(screen.blocks).plain) <= MAX_TEXT, key
        for row in screen.buttons:
            for button in row:
                assert len(button.label) <= LONGEST_LABEL // len(row) + 6 * (len(row) > 1), (
                    f"{key}: {button.label}"
                )


@cache
def corpus() -> tuple[str, ...]:
    return tuple((DATA / "callbacks-made.txt").read_text("utf-8").split())


def test_every_stored_button_still_reads_and_fits() -> None:
    for data in corpus():
        assert len(data.encode()) <= MAX_BYTES
        assert decode(data) is not None, data
