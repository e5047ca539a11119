"""content/triage/*.toml -> lexicons, one a language; every mistake names its file and line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.core.triage.lexicon import Category, Lexicon, Phrases, Rule
from bot.core.triage.verdict import Urgency
from bot.errors import ContentError

_TOP = {
    "idioms",
    "denials",
    "denials_after",
    "lacks",
    "known_words",
    "categories",
    "concepts",
    "rules",
}
_RULE = {
    "id",
    "strength",
    "source",
    "near",
    "within",
    "in_order",
    "also",
    "unless",
    "fires",
    "silent",
}
_STRONG, _WEAK = "strong", "weak"
_URGENCIES = (Urgency.EMERGENCY, Urgency.PROMPT)
_WITHIN = 6
_WORD = re.compile(r"=?[^\W_A-Z]+\*?|_|#\d+(\.\d+)?-\d+(\.\d+)?")
_CONCEPT = re.compile("[A-Z][A-Z_]*")

Table = Mapping[str, Any]


def load_lexicons(folder: Path) -> Mapping[str, Lexicon]:
    """Return the lexicons by language; a file's name is its language.

    Raises:
        ContentError: The folder has no lexicon, or a file cannot be read or used.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ContentError(
            f"{folder}: no lexicon for acute symptoms.", "put one <language>.toml a language there."
        )
    return {file.stem: _LexiconFile(file).lexicon() for file in files}


class _LexiconFile:
    """One file: keeps its text, to say in which line a mistake is."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(
                f"{file}: cannot be read ({type(error).__name__}).", "save it as readable UTF-8."
            ) from error
        try:
            self._data = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            place = f"{file}:{line[1] if line else self._text.count(chr(10)) + 1}"
            raise ContentError(f"{place}: not TOML: {error}.", "correct that line.") from error

    def lexicon(self) -> Lexicon:
        """Return what the file says."""
        data = self._data
        self._only(data, _TOP, "")
        categories = {
            name: self._category(name, table) for name, table in self._table("categories").items()
        }
        concepts = {
            name: self._concept(name, phrases) for name, phrases in self._table("concepts").items()
        }
        rules = self._rules(categories)
        return Lexicon(
            language=self._file.stem,
            categories=categories,
            concepts=concepts,
            rules=tuple(
                self._rule(table, category, concepts) for category, table in self._unique(rules)
            ),
            idioms=self._phrases(data, "idioms"),
            denials=self._phrases(data, "denials"),
            denials_after=self._phrases(data, "denials_after"),
            lacks=self._phrases(data, "lacks"),
            known_words=frozenset(self._phrases(data, "known_words")),
        )

    def _category(self, name: str, table: object) -> Category:
        mark = f"[categories.{name}]"
        if not isinstance(table, dict):
            fix = f"write {mark} above its lines."
            raise self._error(f"{name} =", f"category {name} is no table.", fix)
        if table.get("urgency") not in _URGENCIES:
            fix = 'write urgency = "emergency" or "prompt".'
            raise self._error(mark, f"category {name} has no urgency.", fix)
        self._only(table, {"urgency", "source"}, mark)
        return Category(name, Urgency(table["urgency"]), self._source(table, mark))

    def _concept(self, name: str, phrases: object) -> Phrases:
        if not _CONCEPT.fullmatch(name):
            raise self._error(
                name, f"{name} is no name for a concept.", "write it in capitals, A-Z and _."
            )
        return self._checked(phrases, name, names=())

    def _rule(self, table: Table, category: str, concepts: Table) -> Rule:
        mark = f'"{table["id"]}"'
        self._only(table, _RULE, mark)
        near = self._near(table, mark, concepts)
        return Rule(
            id=table["id"],
            category=category,
            near=near,
            within=self._within(table, len(near) - 1),
            in_order=self._in_order(table, mark),
            also=self._checked(table.get("also", []), mark, names=concepts),
            unless=self._checked(table.get("unless", []), mark, names=concepts),
            strong=self._strength(table, mark) == _STRONG,
            source=self._source(table, mark),
            fires=tuple(self._strings(table.get("fires", []), mark)),
            silent=tuple(self._strings(table.get("silent", []), mark)),
        )

    def _near(self, table: Table, mark: str, concepts: Table) -> tuple[Phrases, ...]:
        near = table.get("near")
        if not isinstance(near, list) or not near:
            fix = 'write near = ["FIRST", "SECOND"].'
            raise self._error(mark, f"rule {table['id']} has no signs.", fix)
        return tuple(self._sign(sign, mark, concepts) for sign in near)

    def _in_order(self, table: Table, mark: str) -> bool:
        in_order = table.get("in_order", False)
        if not isinstance(in_order, bool):
            problem = f"rule {table['id']}: in_order is not a yes or no."
            raise self._error(mark, problem, "write true.")
        return in_order

    def _strength(self, table: Table, mark: str) -> str:
        strength = table.get("strength")
        if not isinstance(strength, str) or strength not in {_STRONG, _WEAK}:
            fix = 'write strength = "strong" if it decides alone, else "weak".'
            raise self._error(mark, f"rule {table['id']} has no strength.", fix)
        return strength

    def _source(self, table: Table, mark: str) -> str:
        source = table.get("source", "")
        if not isinstance(source, str):
            raise self._error(mark, f"{mark}: source is no text.", 'write source = "...".')
        return source

    def _sign(self, sign: object, mark: str, concepts: Table) -> Phrases:
        alternatives = [sign] if isinstance(sign, str) else sign
        phrases = self._checked(alternatives, mark, names=concepts)
        if not phrases:
            raise self._error(mark, f"{mark} has an empty sign.", "name a phrase in it.")
        return phrases

    def _within(self, table: Table, distances: int) -> tuple[int, ...]:
        within = table.get("within", _WITHIN)
        numbers = [within] * distances if isinstance(within, int) else within
        if (
            not isinstance(numbers, list)
            or len(numbers) != distances
            or not all(type(n) is int and n > 0 for n in numbers)  # no bool, which is an int, too
        ):
            raise self._error(
                f'"{table["id"]}"',
                f"rule {table['id']}: within does not fit its signs.",
                f"write one number of words, or a list of {distances}.",
            )
        return tuple(numbers)

    def _unique(self, rules: Iterable[tuple[str, Table]]) -> Iterable[tuple[str, Table]]:
        seen: set[str] = set()
        for category, table in rules:
            name = table.get("id")
            if not isinstance(name, str) or not name:
                problem = f"a rule of {category} has no id."
                raise self._error(f"{category} = [", problem, "give it one that no other rule has.")
            if name in seen:
                fix = "give it one that no other rule has."
                raise self._error(f'"{name}"', f"there are two rules {name}.", fix, at=2)
            seen.add(name)
            yield category, table

    def _checked(self, phrases: object, mark: str, *, names: Iterable[str]) -> Phrases:
        """Return the phrases; each must be readable, each concept known."""
        known = frozenset(names)
        strings = self._strings(phrases, mark)
        for phrase in strings:
            if _CONCEPT.fullmatch(phrase):
                if phrase not in known:
                    raise self._error(
                        mark,
                        f"concept {phrase} is not known here.",
                        "add it under [concepts], or write words in small letters.",
                    )
            elif not phrase or not all(_WORD.fullmatch(word) for word in phrase.split(" ")):
                raise self._error(
                    f'"{phrase}"',
                    f"phrase {phrase!r} cannot be read.",
                    "use words in small letters without marks, word*, =word, #38-42 or _.",
                )
        return tuple(strings)

    def _phrases(self, table: Table, key: str) -> Phrases:
        return self._checked(table.get(key, []), key, names=())

    def _strings(self, value: object, mark: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(
                mark, f"{mark}: a list of texts is wanted.", 'write it as ["one", "two"].'
            )
        return value

    def _table(self, key: str) -> Table:
        table = self._data.get(key, {})
        if not isinstance(table, dict):
            fix = f"write [{key}] above its lines."
            raise self._error(_key(key), f"{key} is not a table.", fix)
        return table

    def _rules(self, categories: Table) -> Iterable[tuple[str, Table]]:
        """Yield each rule with its category."""
        of_category = self._table("rules")
        if not of_category:
            fix = "write [rules] and a list a category."
            raise self._error(_key("rules"), "there is no rule.", fix)
        for category, rules in of_category.items():
            if category not in categories:
                known = ", ".join(categories)
                problem = f"rules of {category}, which is no category here."
                raise self._error(f"{category} =", problem, f"write one of {known}.")
            if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
                fix = 'write one rule a line: { id = "...", ... },'
                raise self._error(f"{category} =", f"rules of {category} are no list.", fix)
            yield from ((category, rule) for rule in rules)

    def _only(self, table: Table, allowed: Iterable[str], mark: str) -> None:
        for key in sorted(table.keys() - set(allowed)):
            raise self._error(
                _key(key),
                f"{key} is not known in {mark or 'this file'}.",
                f"use {', '.join(sorted(allowed))}.",
            )

    def _error(
        self, mark: str | re.Pattern[str], problem: str, fix: str, *, at: int = 1
    ) -> ContentError:
        """Return an error at the line that holds ``mark`` for the ``at``-th time."""
        sought = re.compile(re.escape(mark)) if isinstance(mark, str) else mark
        lines = [n for n, line in enumerate(self._text.splitlines(), 1) if sought.search(line)]
        line = lines[at - 1] if len(lines) >= at else 1
        return ContentError(f"{self._file}:{line}: {problem}", fix)


def _key(name: str) -> re.Pattern[str]:
    """Return what finds a key or the header of a table, and not the same word in a text."""
    return re.compile(rf"(^\s*|^\[+|[{{,]\s*){re.escape(name)}\s*[=\].]")
