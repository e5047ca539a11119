"""Short lines from gettext catalogs, with the plural rule of each language."""

import gettext
import re
from collections.abc import Callable
from pathlib import Path

import polib

from bot.catalog.files import read
from bot.catalog.pages import PLACEHOLDER
from bot.catalog.problems import Findings
from bot.core.content import Phrases

RULE = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
BROKEN_LINE = re.compile(r"\(line (\d+)\)")
TRIED = range(201)  # every plural rule in use repeats after 100

Plural = Callable[[int], int]


def read_phrases(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> dict[str, Phrases]:
    """Return the phrases by language. All languages must have the same keys and names in braces."""
    found: dict[str, Phrases] = {}
    catalogs: dict[str, polib.POFile] = {}
    for language in languages:
        file = folder / f"{language}.po"
        catalog = _catalog(file, findings)
        if catalog is not None:
            catalogs[language] = catalog
            found[language] = _phrases(file, catalog, findings)
    _check_alike(folder, catalogs, findings)
    return found


def _catalog(file: Path, findings: Findings) -> polib.POFile | None:
    text = read(file, findings)
    if text is None:
        return None
    try:
        # the file again, not the text: polib takes a text that names a file for that file
        return polib.pofile(str(file), encoding="utf-8")
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        place = BROKEN_LINE.search(str(error))
        line = int(place[1]) if place else 1
        findings.problem(file, line, "This is not a gettext catalog.", "correct the line.")
        return None


def _phrases(file: Path, catalog: polib.POFile, findings: Findings) -> Phrases:
    forms, plural = _rule(file, catalog, findings)
    lines: dict[str, tuple[str, ...]] = {}
    for entry in _living(catalog):
        key = entry.msgid_plural or entry.msgid
        texts = _texts(entry)
        if key in lines:
            findings.problem(file, _line(entry), f"The key {key!r} stands twice.", "keep one.")
        if not all(texts) or entry.fuzzy:
            findings.problem(file, _line(entry), f"{key!r} is not translated.", "translate it.")
        if entry.msgid_plural and len(texts) != forms:
            findings.problem(
                file,
                _line(entry),
                f"{key!r} has {len(texts)} plural forms.",
                f"write the {forms} that the Plural-Forms line names.",
            )
        lines[key] = texts
    return Phrases(lines, plural)


def _line(entry: polib.POEntry) -> int:
    return entry.linenum or 1


def _living(catalog: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalog if not entry.obsolete]


def _texts(entry: polib.POEntry) -> tuple[str, ...]:
    if not entry.msgid_plural:
        return (entry.msgstr,)
    return tuple(entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural))


def _rule(file: Path, catalog: polib.POFile, findings: Findings) -> tuple[int, Plural]:
    """Return how many plural forms there are and which one a number takes."""
    found = RULE.fullmatch(catalog.metadata.get("Plural-Forms", ""))
    if found is not None and (plural := _plural(found[2], int(found[1]))) is not None:
        return int(found[1]), plural
    findings.problem(
        file,
        1,
        "The Plural-Forms header is missing or wrong.",
        'for English write "Plural-Forms: nplurals=2; plural=(n != 1);\\n".',
    )
    return 1, gettext.c2py("0")


def _plural(rule: str, forms: int) -> Plural | None:
    """Return the rule as a function; None if it is no rule or names a form that is not there."""
    try:
        plural = gettext.c2py(rule)
        fits = all(0 <= plural(n) < forms for n in TRIED)
    except (ValueError, ArithmeticError):
        return None
    return plural if fits else None


def _check_alike(folder: Path, catalogs: dict[str, polib.POFile], findings: Findings) -> None:
    """Note keys that one language lacks, and names in braces that differ."""
    everywhere: dict[str, set[str]] = {}
    for catalog in catalogs.values():
        for entry in _living(catalog):
            everywhere.setdefault(entry.msgid_plural or entry.msgid, _names(entry))
    for language, catalog in catalogs.items():
        file = folder / f"{language}.po"
        here = {entry.msgid_plural or entry.msgid: entry for entry in _living(catalog)}
        for key, names in everywhere.items():
            if key not in here:
                findings.problem(file, 1, f"The key {key!r} is missing.", "add and translate it.")
            elif _names(here[key]) != names:
                wanted = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
                findings.problem(
                    file,
                    _line(here[key]),
                    f"{key!r} has other names in braces than the other language.",
                    f"use {wanted}.",
                )


def _names(entry: polib.POEntry) -> set[str]:
    return {name for text in _texts(entry) for name in PLACEHOLDER.findall(text)}
