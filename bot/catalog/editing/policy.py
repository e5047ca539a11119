"""``policy/<language>.toml``: words that no text may say, and how hard a text may be to read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from bot.catalog.files import BUILT_IN, listed
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.tables import Table

NUMBER = r"\d+(?:[.,]\d+)?"
FINE = "fine"


@dataclass(frozen=True, slots=True)
class Limits:
    """How hard texts may be; infinite where a language's file sets no limit.

    Attributes:
        grade: School year of the USA, on average over all texts; English only.
        hardest_grade: The same of any one text.
        sentence: Words in a sentence, on average over all texts.
        longest_mean: The same of any one text.
        longest_sentence: Words in any one sentence.
    """

    grade: float = float("inf")
    hardest_grade: float = float("inf")
    sentence: float = float("inf")
    longest_mean: float = float("inf")
    longest_sentence: float = float("inf")


@dataclass(frozen=True)
class Rule:
    """Words and signs that must not be said, phrases in which they may, and examples."""

    id: str
    fix: str
    words: tuple[str, ...]
    signs: tuple[str, ...]
    unless: tuple[str, ...]

    @cached_property
    def _sought(self) -> tuple[tuple[str, str], ...]:
        """Each word and sign as an expression, beside a part of it that every hit contains."""
        fine = "|".join(map(_pattern, self.unless)) or "(?!)"
        words = [(_longest(word), f"(?P<{FINE}>{fine})|{_pattern(word)}") for word in self.words]
        return (*words, *((sign, re.escape(sign)) for sign in self.signs))

    def hits(self, text: str) -> Iterator[str]:
        """Yield what the rule catches, in small letters."""
        lower = text.lower()
        for part, expression in self._sought:
            if part in lower:  # a thousand times cheaper than what follows
                for found in re.finditer(expression, lower):
                    if found.lastgroup != FINE and found.group():
                        yield found.group()


def _longest(words: str) -> str:
    return max(re.split(r"[*#\s]", words.lower()), key=len)


def _pattern(words: str) -> str:
    """Return the regular expression of words: `*` is any letters, `#` a number."""
    inner = re.escape(words.lower()).replace(r"\ ", r"\s+").replace(r"\#", NUMBER)
    return r"(?<!\w)" + inner.replace(r"\*", r"\w*") + r"(?!\w)"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules and limits of one language."""

    rules: tuple[Rule, ...] = ()
    limits: Limits = Limits()


def read_policies(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> Mapping[str, Policy]:
    """Return the policies by language; ours where a content folder brings none at all."""
    own = folder / "policy"
    if not own.exists():
        ours = {file.stem for file in listed(BUILT_IN / "policy", Findings())}
        own, languages = BUILT_IN / "policy", tuple(one for one in languages if one in ours)
    tables = {one: read_table(own / f"{one}.toml", findings) for one in languages}
    return {one: _policy(table) for one, table in tables.items() if table is not None}


def _policy(root: Table) -> Policy:
    tables = root.tables("rule")
    rules = tuple(map(_rule, tables))
    for at, (rule, table) in enumerate(zip(rules, tables, strict=True)):
        if rule.id in {other.id for other in rules[:at]}:
            table.problem("id", f"The rule {rule.id!r} stands here twice.", "rename one.")
    inner = root.table("reading") if root.has("reading") else None
    root.close()
    return Policy(rules, Limits() if inner is None else _limits(inner))


def _limits(table: Table) -> Limits:
    names = [field.name for field in fields(Limits)]
    limits = Limits(**{name: table.amount(name) for name in names if table.has(name)})
    table.close()
    return limits


def _rule(table: Table) -> Rule:
    words = table.texts("words") if table.has("words") else ()
    signs = table.literals("signs") if table.has("signs") else ()
    unless = table.texts("unless") if table.has("unless") else ()
    rule = Rule(table.text("id"), table.text("fix"), words, signs, unless)
    if words or signs:
        _try(rule, table)
    else:
        table.problem("words", "The rule has neither words nor signs.", 'write words = ["one"].')
    table.close()
    return rule


def _try(rule: Rule, table: Table) -> None:
    """Note each example that does not do what it is for."""
    for text in table.texts("caught"):
        if not any(rule.hits(text)):
            said = f"Rule {rule.id!r} should catch {text!r}, but does not."
            table.problem("caught", said, "correct the words or the example.", text)
    for text in table.texts("passes"):
        for hit in rule.hits(text):
            said = f"Rule {rule.id!r} should let {text!r} pass, but catches {hit!r}."
            table.problem("passes", said, "correct the words or the example.", text)
