"""Plain words, nothing promised, nobody frightened or blamed: in all that a person reads."""

import re
from pathlib import Path

import pytest

from bot.catalog.editing.policy import read_policies
from bot.catalog.editing.runs import LENGTH, check_runs, digests
from bot.catalog.editing.words import check_words
from bot.catalog.files import BUILT_IN
from bot.catalog.problems import Findings
from bot.core.content import Content
from tests.content.shelf import (
    LANGUAGES,
    answers,
    exercises,
    short_lines,
    standard_texts,
)

RULES = {"promises", "doses", "prices", "brands", "fright", "diagnosis", "blame", "typing"}
RUNS = Path(__file__).parents[1] / "data" / "article-runs.txt"
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u274c\u2757\u2753]")

FOR_MEN_ONLY = re.compile(r"\b(?:согласен|прочитал|прочёл|уверен|сделал|понял|должен)\b")


def test_no_text_breaks_the_policy_of_words_or_is_too_hard_to_read(content: Content) -> None:
    findings = Findings()
    policies = read_policies(BUILT_IN, content.languages, findings)
    check_words(BUILT_IN, content, policies, findings)

    assert [str(found) for found in findings.all] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_forbids_what_the_editorial_brief_forbids(language: str) -> None:
    policy = read_policies(BUILT_IN, (language,), Findings())[language]

    assert {rule.id for rule in policy.rules} >= RULES
    assert policy.limits.sentence <= 13
    assert policy.limits.longest_mean <= 15
    assert language != "en" or (policy.limits.grade, policy.limits.hardest_grade) == (7, 9)


def test_russian_buttons_speak_for_every_reader(content: Content) -> None:
    said = [piece for piece in short_lines(content) if piece.language == "ru"]

    for piece in said:
        # a form for one reader is fine where the other stands beside it
        words = re.sub(r"согласен / согласна", "", piece.text.lower())
        assert not FOR_MEN_ONLY.findall(words), piece


def test_an_emoji_is_never_one_of_several(content: Content) -> None:
    pieces = [*answers(content), *standard_texts(content), *exercises(content)]

    assert [piece.where for piece in pieces if len(EMOJI.findall(piece.text)) > 1] == []


def test_no_seven_words_in_a_row_are_those_of_the_source_articles(content: Content) -> None:
    findings = Findings()
    check_runs(BUILT_IN, content, RUNS, findings)

    assert len(RUNS.read_text("ascii").split()) > 1000
    assert [str(found) for found in findings.all] == []


def test_seven_words_of_an_article_would_be_seen() -> None:
    runs = [run for run, _ in digests("one two three four five six seven eight")]

    assert runs == ["one two three four five six seven", "two three four five six seven eight"]
    assert all(len(run.split()) == LENGTH for run in runs)
