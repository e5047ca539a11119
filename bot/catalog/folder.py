"""A whole content folder: examined with every finding, or loaded whole, or not at all."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.danger import check_danger
from bot.catalog.exercises import read_exercises
from bot.catalog.faq import Read, check_links, read_entries
from bot.catalog.files import languages, own_or_built_in
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
from bot.core.text import Text

Texts = Mapping[tuple[str, str], tuple[Text, ...]]


def load(folder: Path) -> Content:
    """Return the content of a folder, whole.

    Raises:
        ContentError: Anything is wrong in it; the first problem, with file and line.
    """
    findings = Findings()
    _check_open(folder, findings)
    _raise_first(findings)
    content = _read(folder, findings)
    _raise_first(findings)
    return content


def examine(folder: Path) -> list[Problem]:
    """Return all problems and warnings of a folder, by file and line; it raises nothing."""
    findings = Findings()
    _check_open(folder, findings)
    if not findings.problems:
        _read(folder, findings)
        check_danger(folder / "triage", findings)
        check_table(folder, findings)
    return sorted(findings.all, key=lambda found: (found.severity, found.file, found.line))


def _raise_first(findings: Findings) -> None:
    for problem in findings.problems:
        raise problem.error()


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


def _read(folder: Path, findings: Findings) -> Content:
    offered = languages(folder, findings)
    texts = read_texts(folder / "texts", offered, findings)
    phrases = read_phrases(folder / "ui", offered, findings)
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
        cities=read_offers(own_or_built_in(folder, "cities.toml"), offered, findings),
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


def _check_help(found: Mapping[str, Read], texts: Texts) -> None:
    names = {name for name, _ in texts}
    for read in found.values():
        code = read.entry.help
        if code and help_text(code) not in names:
            read.table.problem(
                "help", f"The help ending {code!r} has no text.", f"write texts/{help_text(code)}/."
            )
