"""The lines that open a reminder: varied, light, and never about what was not done."""

import re
from itertools import pairwise

import pytest

from bot.catalog.editing.readability import sentences, words
from bot.core.content import Content
from bot.core.plans import REMINDERS
from tests.content.shelf import LANGUAGES

COUNT = 22
LONGEST_LINE = 80  # one glance at a locked screen
LONGEST_SENTENCE = 12
APART = 10  # messages before a line may come again
ROUNDS = 3
LIFTED = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff]")
CLAIMS = re.compile(
    r"\bpain|\bheal|\btreat|\bprevent|\bmedic|\bspasm|\binjur|\bdoctor"
    r"|\bбол[ьию]|\bлечи|лечен|предотвра|профилакт|спазм|травм|врач",
    re.IGNORECASE,
)
SHAME = re.compile(
    r"\bshould\b|\bmust\b|\bagain\b|\bmiss|\bstreak|\blost\b|\bfat\b|\bweight|\bslim|\blazy"
    r"|должн|опять|пропустил|\bлен[ьи]|\bвес\b|похуд|стройн",
    re.IGNORECASE,
)

both = pytest.mark.parametrize(
    ("kind", "language"), [(kind.value, language) for kind in REMINDERS for language in LANGUAGES]
)


def first_word(line: str) -> str:
    return words(line)[0].lower()


@both
def test_there_are_twenty_two_lines_and_each_is_another(
    content: Content, kind: str, language: str
) -> None:
    lines = content.reminders[kind, language]

    assert len(lines) == len({line.lower() for line in lines}) == COUNT


@both
def test_a_line_is_read_at_one_glance(content: Content, kind: str, language: str) -> None:
    for line in content.reminders[kind, language]:
        assert len(line) <= LONGEST_LINE, line
        assert all(len(words(one)) <= LONGEST_SENTENCE for one in sentences(line)), line


@both
def test_no_two_neighbours_begin_with_the_same_word_also_when_the_lines_begin_anew(
    content: Content, kind: str, language: str
) -> None:
    firsts = [first_word(line) for line in content.reminders[kind, language]]

    assert [one for one, other in pairwise([*firsts, firsts[0]]) if one == other] == []


@both
def test_no_line_comes_twice_within_ten_messages(
    content: Content, kind: str, language: str
) -> None:
    told = content.reminders[kind, language] * ROUNDS
    windows = [told[at : at + APART] for at in range(len(told) - APART)]

    assert all(len(set(window)) == APART for window in windows)


@both
def test_a_line_claims_nothing_blames_nobody_and_does_not_shout(
    content: Content, kind: str, language: str
) -> None:
    for line in content.reminders[kind, language]:
        assert not CLAIMS.search(line), line
        assert not SHAME.search(line), line
        assert "!" not in line, line


@both
def test_a_line_works_without_a_picture_in_it(content: Content, kind: str, language: str) -> None:
    lines = content.reminders[kind, language]

    assert not any(LIFTED.search(line) for line in lines)
    assert all(line.endswith((".", "?")) for line in lines)
