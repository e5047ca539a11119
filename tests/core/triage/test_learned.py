"""The learned part: how it scores, and what it says of the words it scored."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.triage.learned import Learned, Weights
from bot.core.triage.normalise import normalise
from bot.core.triage.pieces import OF_CLASSES, OF_RULES, Thesaurus, pair_number
from bot.core.triage.words import split
from tests.core.triage.made_up import learned, stem

CATEGORIES = ("breathing", "self_harm", "infection")
ALL_STEPS = 127


def score(part: Learned, text: str, *rules: str) -> float:
    return part.score(split(normalise(text)), rules)


def test_a_text_without_words_scores_where_the_sum_begins() -> None:
    assert score(learned(bias=-0.5), "") == -0.5


def test_a_weight_counts_by_the_root_of_how_many_features_there_are() -> None:
    numb = learned({"numb": 10}, bias=1)

    assert score(numb, "numb") == pytest.approx(1 + 10 / sqrt(7))
    assert score(numb, "fine") == 1


def test_length_alone_makes_no_text_surer_than_the_root_of_its_length() -> None:
    numb = learned({"numb": 10})

    assert score(numb, "numb " * 400) < 21 * score(numb, "numb")


FULL = Thesaurus(3, {"a": (0, 1, 2), "x": (1,), "боль": (2,)})
HIGHEST = Learned(
    Weights([ALL_STEPS] * pair_number(3, 3, 0), 0.05, -2.0, -1.0, 1.0, 0.5, FULL, {}), stem
)


@given(part=st.text(min_size=1, max_size=40) | st.sampled_from(["a ", "x. ", "боль ", "a"]))
def test_a_score_is_bounded_for_4096_letters_of_any_text(part: str) -> None:
    words = split(normalise((part * 4096)[:4096]))
    spelt = sum(2 * len(word) + 5 for word in words.text)
    classes = 6 * len(words.text)
    most = sqrt(spelt) + OF_RULES * sqrt(4) + OF_CLASSES * sqrt(classes)

    assert abs(HIGHEST.score(words, ["en:a", "ru:b"]) + 2.0) <= 0.05 * ALL_STEPS * most + 1e-9


def test_a_score_is_the_same_the_second_time_and_whatever_came_between() -> None:
    numb = learned({"numb": 10}, classes={"leg": (0,)})
    first = score(numb, "numb leg", "en:a")
    score(numb, "something else entirely")

    assert score(numb, "numb leg", "en:a") == first


def test_the_telling_words_are_the_strongest_first_and_none_that_speaks_against() -> None:
    part = learned({"numb": 5, "leg": 9, "walk": -7})
    words = ["walk", "numb", "fine", "leg", "numb"]

    assert part.telling(words, 3) == ("leg", "numb")
    assert part.telling(words, 1) == ("leg",)
    assert part.telling(["fine"], 3) == ()


def test_the_kind_is_the_category_whose_messages_had_these_words_most() -> None:
    kinds = {"air": {"breathing": 9, "infection": 1}, "fever": {"infection": 8, "breathing": 1}}
    part = learned(kinds=kinds)

    assert part.kind(["no", "air"], CATEGORIES) == "breathing"
    assert part.kind(["fevers"], CATEGORIES) == "infection"
    assert part.kind(["air", "fever", "fever"], CATEGORIES) == "infection"


def test_a_category_that_no_lexicon_has_is_never_named() -> None:
    part = learned(kinds={"air": {"gone": 99, "infection": 1}})

    assert part.kind(["air"], CATEGORIES) == "infection"


def test_words_that_say_nothing_of_a_category_name_none() -> None:
    assert learned().kind(["hm"], CATEGORIES) == ""


@pytest.mark.parametrize(
    ("words", "known"),
    [(["leg"], True), (["leg", "x", "y"], True), (["leg", "x", "y", "z"], False), ([], True)],
)
def test_a_third_of_the_words_in_the_thesaurus_are_enough_to_know_a_text(
    words: list[str], known: bool
) -> None:
    assert learned(classes={"leg": (0,)}).knows(words) is known
