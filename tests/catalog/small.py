"""A small content folder that has nothing wrong with it, to be broken by one edit."""

import gzip
from datetime import date
from pathlib import Path

from bot.catalog.folder import examine
from bot.catalog.problems import Problem
from bot.catalog.signing import sign

ENTRY = """topic = "basics"
articles = [1]
sources = ["G1"]
help = "H-BACK"
related = ["{related}"]
version = 1
status = "{status}"
"""
PAGE = """+++
title = "{title}"
summary = "One line."
keywords = ["one", "two words"]
+++
{body}"""
OTHER_WORDS = ('"one", "two words"', '"calm", "more words"')
TEXT = '+++\ntitle = "A text"\n+++\n{body}\n'
CATALOG = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: {rule}\n"

msgid "menu.home"
msgstr "{home}"

msgid "one day"
msgid_plural "streak.days"
{forms}
"""
RULES = {
    "en": r"nplurals=2; plural=(n != 1);\n",
    "ru": r"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    r"(n%100<10 || n%100>=20) ? 1 : 2);\n",
}
FORMS = {"en": ("{n} day", "{n} days"), "ru": ("{n} день", "{n} дня", "{n} дней")}
LINES = "[\n" + "".join(f'    "Line number {n}.",\n' for n in range(11)) + "]\n"
MENU = """[[topic]]
id = "basics"
title = { en = "Basics", ru = "Основы" }
entries = ["rest", "heat"]
"""
SOURCES = """[A1]
title = "An article"
url = "https://example.org/a"

[G1]
title = "A guideline"
"""
NUMBERS = """[DE]
number = "112"
sources = ["https://one.example/112", "https://two.example/112"]
"""
CITIES = "#\tDE\tGermany\tГермания\nBerlin\tБерлин\tEurope/Berlin\tDE\tberlin|берлин\n"
TRIAGE = """[categories.chest]
urgency = "emergency"

[rules]
chest = [
    { id = "chest.pain", strength = "strong", near = ["chest", "pain"], fires = ["chest pain"], silent = ["open the chest"] },
]
"""


def catalog(language: str) -> str:
    """Return a gettext catalog of two keys."""
    forms = "\n".join(f'msgstr[{n}] "{form}"' for n, form in enumerate(FORMS[language]))
    return CATALOG.format(rule=RULES[language], home="Menu", forms=forms)


def files() -> dict[str, str]:
    """Return the files by path."""
    found = {
        "menu.toml": MENU,
        "sources.toml": SOURCES,
        "emergency-numbers.toml": NUMBERS,
        "faq/heat/entry.toml": ENTRY.format(related="rest", status="draft"),
        "faq/rest/entry.toml": ENTRY.format(related="heat", status="planned"),
    }
    for language in ("en", "ru"):
        found |= {
            f"faq/heat/{language}.md": PAGE.format(title="Heat", body="Use **warmth**.\n"),
            f"faq/rest/{language}.md": PAGE.format(title="Rest", body="").replace(*OTHER_WORDS),
            f"texts/referral/{language}.md": TEXT.format(body="Call {emergency_number}."),
            f"texts/help-back/{language}.md": TEXT.format(body="Ask a doctor."),
            f"ui/{language}.po": catalog(language),
            f"reminders/{language}.toml": f"morning = {LINES}break = {LINES}",
            f"triage/{language}.toml": TRIAGE,
        }
    return found


def write(folder: Path) -> Path:
    """Write the files below ``folder`` and return it."""
    for name, text in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "cities.tsv.gz").write_bytes(gzip.compress(CITIES.encode()))
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def review(folder: Path, *names: str, on: date = date(2026, 1, 2)) -> None:
    """Record a review of these answers."""
    sign(folder, list(names), "N. N., physiotherapist", on)


def problems(folder: Path) -> list[Problem]:
    """Return what forbids the folder."""
    return [found for found in examine(folder) if found.severity == "problem"]
