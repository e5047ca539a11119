"""What each content file may hold, asked of the checker itself by breaking a small folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.folder import examine
from bot.core.wishes import AROUND, WISHES
from tests.catalog.moving import add_exercises
from tests.catalog.small import edit, review, write

STRANGE = "strange"
WORDS = 'idle = ["the"]\nours = ["back"]\nweak = ["day"]\nforeign = ["car"]\n\n[wishes]\n'
CITY = '\n[[city]]\nzone = "Europe/Berlin"\nen = "Berlin"\nru = "Берлин"\n'
POLICY = """[reading]
grade = 9

[[rule]]
id = "promises"
fix = "say how strong the proof is."
words = ["always"]
unless = ["as always"]
caught = ["It always helps."]
passes = ["It may help."]

[[rule]]
id = "typing"
fix = "write a short dash."
signs = ["—"]
caught = ["A — b."]
passes = ["A – b."]
"""
RULES = 'idioms = ["by heart"]\n\n[concepts]\nPAIN = ["pain", "ache"]\n\n'


@dataclass(frozen=True)
class Table:
    """One table of one file: where its keys stand, and the heading that describes it."""

    heading: str
    file: str
    header: str
    """The line above its first key; "" where the file begins with them."""
    nth: int = 0
    """How many lines of that text stand before it."""

    def start(self, text: str) -> int:
        """Return where its keys begin in the file's text."""
        if not self.header:
            return 0
        return list(re.finditer(rf"^{re.escape(self.header)}\n", text, re.MULTILINE))[
            self.nth
        ].end()


TABLES = (
    Table("faq/<id>/entry.toml", "faq/heat/entry.toml", ""),
    Table("faq/<id>/entry.toml", "faq/rest/entry.toml", ""),
    Table("faq/<id>/<language>.md", "faq/heat/en.md", "+++"),
    Table("exercises/<id>/exercise.toml", "exercises/nod/exercise.toml", ""),
    Table("exercises/<id>/exercise.toml", "exercises/march/exercise.toml", ""),
    Table("exercises/<id>/<language>.md", "exercises/nod/en.md", "+++"),
    Table("routines.toml, [[routine]]", "routines.toml", "[[routine]]"),
    Table("routines.toml, [[routine]]", "routines.toml", "[[routine]]", nth=3),
    Table("routines.toml, [[area]]", "routines.toml", "[[area]]"),
    Table("routines.toml, [rotation]", "routines.toml", "[rotation]"),
    Table("menu.toml, [[topic]]", "menu.toml", "[[topic]]"),
    Table("sources.toml, [<code>]", "sources.toml", "[A1]"),
    Table("emergency-numbers.toml, [<country>]", "emergency-numbers.toml", "[DE]"),
    Table("cities.toml, [[city]]", "cities.toml", "[[city]]"),
    Table("reminders/<language>.toml", "reminders/en.toml", ""),
    Table("texts/<name>/<language>.md", "texts/help-back/en.md", "+++"),
    Table("finder/<language>.toml", "finder/en.toml", ""),
    Table("finder/<language>.toml, [wishes]", "finder/en.toml", "[wishes]"),
    Table("policy/<language>.toml, [reading]", "policy/en.toml", "[reading]"),
    Table("policy/<language>.toml, [[rule]]", "policy/en.toml", "[[rule]]"),
    Table("policy/<language>.toml, [[rule]]", "policy/en.toml", "[[rule]]", nth=1),
    Table("triage/<language>.toml", "triage/en.toml", ""),
    Table("triage/<language>.toml, [categories.<id>]", "triage/en.toml", "[categories.chest]"),
    Table("triage/<language>.toml, [rules]", "triage/en.toml", "[[rules.chest]]"),
)
"""Tables whose keys are fixed. Others (titles, orders) have the languages as their keys."""

AREA = """
[[area]]
id = "legs"
title = { en = "Legs", ru = "Ноги" }
covers = ["legs"]
"""


def whole(folder: Path) -> Path:
    """Write a folder that has one of everything, nothing wrong with it, and return it."""
    add_exercises(write(folder))
    wishes = "".join(f'{name} = ["please {name}"]\n' for name in (AROUND, *WISHES))
    for language in ("en", "ru"):
        (folder / "finder").mkdir(exist_ok=True)
        (folder / "finder" / f"{language}.toml").write_text(WORDS + wishes, "utf-8")
    (folder / "policy").mkdir()
    for language in ("en", "ru"):
        (folder / "policy" / f"{language}.toml").write_text(POLICY, "utf-8")
    order = '[order]\nen = ["Europe/Berlin"]\nru = ["Europe/Berlin"]\n'
    (folder / "cities.toml").write_text(order + CITY, "utf-8")
    edit(folder / "faq/rest/entry.toml", "planned", "draft")
    for language in ("en", "ru"):
        page = folder / f"faq/rest/{language}.md"
        page.write_text(page.read_text("utf-8") + "Rest a while.\n", "utf-8")
    routines = folder / "routines.toml"
    routines.write_text(routines.read_text("utf-8") + AREA, "utf-8")
    review(folder, "rest", "nod")
    rules = folder / "triage/en.toml"
    rules.write_text(RULES + _a_key_a_line(rules.read_text("utf-8")), "utf-8")
    return folder


def _a_key_a_line(rules: str) -> str:
    """Return the one rule of a list written out, as TOML allows, so that its keys have lines."""
    before, _, rule = rules.partition("[rules]\n")
    keys = re.sub(r", (?=[a-z_]+ = )", "\n", rule[rule.index("{ ") + 2 : rule.index(" }")])
    return f"{before}[[rules.chest]]\n{keys}\n"


def said(folder: Path, table: Table, text: str) -> Iterator[str]:
    """Yield what forbids the folder once the table's file holds ``text``; then mend it again."""
    file = folder / table.file
    before = file.read_text("utf-8")
    file.write_text(text, "utf-8")
    found = examine(folder)
    file.write_text(before, "utf-8")
    return (str(one) for one in found if one.severity == "problem")


def known(folder: Path, table: Table) -> set[str]:
    """Return the keys that the checker knows in a table, as it lists them for a strange one."""
    text = (folder / table.file).read_text("utf-8")
    start = table.start(text)
    for problem in said(folder, table, f"{text[:start]}{STRANGE} = 1\n{text[start:]}"):
        if STRANGE in problem:
            listed = re.search(r"(?:known here: |Fix: use )([a-z_0-9, -]+)\.$", problem)
            assert listed is not None, problem
            return set(listed[1].split(", "))
    raise AssertionError(f"{table.file}: a strange key is no problem")


def needed(folder: Path, table: Table, key: str) -> bool:
    """Return whether the folder is refused without that key."""
    text = (folder / table.file).read_text("utf-8")
    start = table.start(text)
    following = re.compile(r"^\[", re.MULTILINE).search(text, start)
    end = following.start() if following else len(text)
    line = re.compile(rf"^{key} = (?:\[\n(?:.*\n)*?\]|.*)\n", re.MULTILINE)
    left = text[:start] + line.sub("", text[start:end], count=1) + text[end:]
    if left == text and not table.header:
        below = re.compile(rf"^\[\[?{key}[\].].*\n(?:(?!\[).*\n?)*", re.MULTILINE)
        left = below.sub("", text)
    return left != text and any(said(folder, table, left))
