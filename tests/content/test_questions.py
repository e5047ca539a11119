"""Questions as people ask them find their answers; what is about something else is refused.

``questions-*`` were composed with sight of titles and summaries alone; no keyword was written and no
weight set with sight of them; ``questions-seen-*`` are those that the keywords learnt from.
"""

from pathlib import Path

import pytest

from benchmarks.questions import Score, read, score
from bot.catalog.stems import stemmers
from bot.core.content import Content
from bot.core.search.finder import Finder

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = (
    "questions-en.tsv",
    "questions-ru.tsv",
    "questions-seen-en.tsv",
    "questions-seen-ru.tsv",
)


@pytest.fixture(scope="module", params=FILES)
def scored(request: pytest.FixtureRequest, content: Content) -> Score:
    return score(Finder(content, stemmers()), read(DATA / request.param))


def test_three_of_four_questions_find_the_right_answer_first(scored: Score) -> None:
    assert scored.first >= 0.75 * scored.ours


def test_nine_of_ten_questions_find_the_right_answer_among_three(scored: Score) -> None:
    assert scored.three >= 0.90 * scored.ours


def test_questions_about_something_else_are_refused(scored: Score) -> None:
    assert scored.refused >= 0.85 * scored.foreign


def test_there_are_enough_questions_to_mean_something(scored: Score) -> None:
    assert scored.ours >= 100
    assert scored.foreign >= 50


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_question_that_keywords_learnt_from_is_among_the_others(language: str) -> None:
    fresh, seen = (
        {question.text.casefold() for question in read(DATA / f"questions{part}-{language}.tsv")}
        for part in ("", "-seen")
    )

    assert fresh.isdisjoint(seen)


@pytest.mark.parametrize("file", FILES)
def test_each_question_names_answers_that_there_are(file: str, content: Content) -> None:
    for question in read(DATA / file):
        assert set(question.answers) <= content.entries.keys()
