"""A whole content folder: examined with every finding, or loaded whole, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.danger import Danger, check_danger
from bot.catalog.editing.policy import Policy, read_policies
from bot.catalog.exercises import read_exercises
from bot.catalog.fallback import Texts, phrases_with_ours, texts_with_ours
from bot.catalog.faq import Read, check_links, read_entries
from bot.catalog.files import check_strangers, languages, own_or_built_in
from bot.catalog.inside import check_inside
from bot.catalog.learned import NAME as LEARNED
from bot.catalog.menu import read_menu
from bot.catalog.offers import check_table, city_finder, read_offers
from bot.catalog.phrases import read_phrases
from bot.catalog.problems import Findings, Problem
from bot.catalog.routines import read_routines
from bot.catalog.sources import read_numbers, read_sources
from bot.catalog.texts import read_reminders, read_texts
from bot.catalog.wordlists import read_word_lists
from bot.catalog.zones import zone_countries
from bot.core.content import Content, help_text

BY_LANGUAGE = {
    "ui": ".po",
    **dict.fromkeys(("reminders", "triage", "finder", "policy"), ".toml"),
}
"""Folders with one file a language, and its ending."""
BESIDE = {"triage": {LEARNED}}
"""Files of such a folder that have no language."""


def load(folder: Path) -> Content:
    """Return the content of a folder, whole.

    Raises:
        ContentError: Anything is wrong in it; the first problem, with file and line.
    """
    findings = Findings()
    _check_open(folder, findings)
    findings.raise_first()
    content = _read(folder, findings)
    findings.raise_first()
    return content


def examine(folder: Path) -> list[Problem]:
    """Return all problems and warnings of a folder, by file and line; it raises nothing."""
    findings = Findings()
    read(folder, findings)
    return findings.in_order()


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a folder holds, also what the bot does not need to run, or loads by itself."""

    content: Content
    danger: Danger
    policies: Mapping[str, Policy]


def read(folder: Path, findings: Findings) -> Whole | None:
    """Return what a folder holds after noting all that is wrong; None: it cannot be used."""
    _check_open(folder, findings)
    if findings.problems:
        return None
    content = _read(folder, findings)
    danger = check_danger(folder / "triage", findings)
    check_table(folder, findings)
    policies = read_policies(folder, content.languages, findings)
    if danger is None or findings.problems:
        return None
    return Whole(content, danger, policies)


def _check_open(folder: Path, findings: Findings) -> None:
    """Note a folder that is missing or closed to us: whatever is asked of its files would fail."""
    try:
        (folder / "ui").stat()
    except (FileNotFoundError, NotADirectoryError):
        if not folder.is_dir():
            findings.problem(folder, 1, "The content folder is missing.", "name a folder.")
    except OSError as error:
        reason = f"The content folder cannot be read ({error.strerror})."
        findings.problem(folder, 1, reason, "let the bot's user read it: chmod -R a+rX")
    if not findings.problems:
        check_inside(folder, findings)


def _read(folder: Path, findings: Findings) -> Content:
    offered = languages(folder, findings)
    _check_languages(folder, offered, findings)
    own_texts = read_texts(folder / "texts", offered, findings)
    texts = texts_with_ours(folder, offered, own_texts, findings)
    own_phrases = read_phrases(folder / "ui", offered, findings)
    phrases = phrases_with_ours(folder, offered, own_phrases, findings)
    sources = read_sources(folder / "sources.toml", findings)
    found = read_entries(folder / "faq", offered, sources, findings)
    check_links(found)
    _check_help(found, texts)
    reminders, standing = read_reminders(folder / "reminders", offered, findings)
    return Content(
        languages=offered,
        topics=read_menu(folder / "menu.toml", offered, found, findings),
        entries={name: read.entry for name, read in found.items()},
        texts=texts,
        phrases=phrases,
        reminders=reminders,
        standing=standing,
        cities=read_offers(folder, offered, findings),
        numbers=read_numbers(own_or_built_in(folder, "emergency-numbers.toml"), findings),
        zone_country=zone_countries(),
        find_zone=city_finder(folder),
        word_lists=read_word_lists(folder / "finder", offered, findings),
        exercises=read_routines(
            folder / "routines.toml",
            offered,
            read_exercises(folder / "exercises", offered, sources, findings),
            findings,
        ),
    )


def _check_languages(folder: Path, offered: tuple[str, ...], findings: Findings) -> None:
    """Note files that are named after no language of the folder."""
    for name, ending in BY_LANGUAGE.items():
        if (folder / name).is_dir():
            known = {f"{one}{ending}" for one in offered} | BESIDE.get(name, set())
            check_strangers(folder / name, known, findings)


def _check_help(found: Mapping[str, Read], texts: Texts) -> None:
    names = {name for name, _ in texts}
    for read in found.values():
        code = read.entry.help
        if code and help_text(code) not in names:
            read.table.problem(
                "help", f"The help ending {code!r} has no text.", f"write texts/{help_text(code)}/."
            )
