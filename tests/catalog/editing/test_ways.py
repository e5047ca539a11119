"""Texts that no screen shows, buttons that look alike, more languages than fit a screen."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.catalog.editing.ways import MOST_LANGUAGES, check_ways
from bot.catalog.menu import MOST_CHOICES
from bot.catalog.problems import Findings
from bot.core.content import Content
from bot.core.operator import Operator
from bot.flows.browse import Browse
from bot.flows.onboard import Onboard
from bot.flows.overview import Overview
from bot.flows.visit import Visit
from bot.flows.voice import Voice
from tests.catalog.editing.said import said
from tests.catalog.small import edit
from tests.fakes import MemoryStore


def test_a_text_that_nothing_asks_for_is_warned_of(folder: Path) -> None:
    shutil.copytree(folder / "texts/help-back", folder / "texts/help-knee")
    shutil.copytree(folder / "texts/help-back", folder / "texts/welcom")

    assert said(folder) == [
        "texts/help-knee/en.md:1: warning: No screen shows this text; nothing asks for 'help-knee'.",
        "texts/welcom/en.md:1: warning: No screen shows this text; nothing asks for 'welcom'.",
    ]


def test_a_text_of_ours_under_its_own_name_is_asked_for(folder: Path) -> None:
    shutil.copytree(folder / "texts/help-back", folder / "texts/welcome")

    assert said(folder) == []


def test_two_answers_with_the_same_title_are_a_problem(folder: Path) -> None:
    edit(folder / "faq/rest/en.md", '"Rest"', '"HEAT"')

    assert said(folder) == [
        (
            "faq/rest/en.md:2: The button 'HEAT' looks like that of 'heat'."
            " Fix: give it a title of its own."
        )
    ]


def with_languages(content: Content, *languages: str) -> Content:
    """Return content that speaks these languages, each with the English words."""
    entries = {
        name: replace(entry, wording=dict.fromkeys(languages, entry.wording["en"]))
        for name, entry in content.entries.items()
    }
    phrases = dict.fromkeys(languages, content.phrases["en"])
    return replace(content, languages=languages, phrases=phrases, entries=entries)


async def test_more_languages_than_the_settings_have_room_for_are_a_problem(
    content: Content,
) -> None:
    most = ("en", "ru", "de", "fr")[:MOST_LANGUAGES]
    voice = Voice(with_languages(content, *most), Operator())
    store = MemoryStore()
    onboard = Onboard(voice, store, Browse(voice, store), Overview(voice))
    shown = await onboard.settings(Visit(7, "en", 1, datetime(2026, 11, 26, tzinfo=UTC)))
    choices = sum(len(row) for row in shown.buttons[:-1])
    assert choices == MOST_CHOICES

    findings = Findings()
    check_ways(Path("content"), with_languages(content, *most), findings)
    assert [found.text for found in findings.problems if "languages" in found.text] == []
    check_ways(Path("content"), with_languages(content, *most, "es"), findings)
    assert [found.text for found in findings.problems if "languages" in found.text] == [
        "With 4 languages the settings have 8 choices."
    ]
