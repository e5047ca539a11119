"""What a word is worth, by the field in which it stands and by how many answers have it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.stems import stemmers
from bot.core.content import Entry, Topic
from bot.core.search.index import (
    BODY,
    FOREIGN,
    FOREIGN_PAIR,
    KEYWORD,
    NOT_OURS,
    PAIR,
    PART,
    PHRASE,
    SUMMARY,
    TITLE,
    TOPIC,
    Index,
    build,
    pair_of,
)
from bot.core.search.lists import WordLists
from tests.core.search.made_up import entry

SHELF = Topic("shelf", {"en": "Muscles", "ru": "Мышцы"}, ())
TWO = math.sqrt(2)


def index(*entries: Entry, idle: str = "", foreign: tuple[str, ...] = ()) -> Index:
    lists = {"en": WordLists(idle=tuple(idle.split()), foreign=foreign)}
    return build({one.id: one for one in entries}, [SHELF], stemmers(), lists)


@pytest.mark.parametrize(
    ("made", "word", "weight"),
    [
        (entry("a", "pillow"), "pillow", KEYWORD),
        (entry("a", title="Pillows"), "pillow", TITLE),
        (entry("a", summary="Pillows help."), "pillow", SUMMARY),
        (entry("a", topic="shelf"), "muscl", TOPIC),
        (entry("a", body="A pillow, or two."), "pillow", BODY),
        (entry("a", "soft pillow"), "pillow", KEYWORD * PART / TWO),
        (entry("a", "soft pillow", body="Pillow!"), "pillow", KEYWORD * PART / TWO),
        (entry("a", "pillow", title="Pillow", body="Pillow"), "pillow", max(KEYWORD, TITLE)),
        (entry("a", "a very soft pillow"), "pillow", KEYWORD * PART / TWO),
        (entry("a", "подушки", language="ru"), "подушк", KEYWORD),
        (entry("a", "подушки", language="ru", topic="shelf"), "мышц", TOPIC),
    ],
)
def test_a_word_weighs_as_much_as_the_strongest_field_it_stands_in(
    made: Entry, word: str, weight: float
) -> None:
    assert index(made, idle="a very").weights[word] == {"a": pytest.approx(weight)}


def test_neighbours_in_a_keyword_or_title_make_a_pair_in_either_order() -> None:
    pairs = index(entry("a", "stiff necks"), entry("b", title="Neck, stiff")).pairs
    assert pairs == {pair_of("stiff", "neck"): {"a": KEYWORD * PAIR, "b": TITLE * PAIR}}


def test_sentences_make_no_pairs() -> None:
    assert index(entry("a", summary="Stiff neck.", body="Stiff neck.", topic="shelf")).pairs == {}


def test_idle_words_lead_nowhere_and_do_not_part_neighbours() -> None:
    made = index(entry("a", "pain in the neck", body="The end."), idle="in the")
    assert not made.weights.keys() & {"in", "the"}
    assert list(made.pairs) == [pair_of("pain", "neck")]


def test_a_keyword_with_idle_words_is_a_phrase_too() -> None:
    made = index(entry("a", "how often", "stiff neck", body="How often?"), idle="how")
    assert made.phrases == {("how", "often"): {"a": KEYWORD * PHRASE}}


@pytest.mark.parametrize("text", ["7", "x", "24"])
def test_a_number_or_a_single_letter_tells_nothing_by_itself(text: str) -> None:
    made = index(entry("a", text, f"{text} ray", body=text))
    assert text not in made.weights
    assert made.pairs == {pair_of(text, "ray"): {"a": KEYWORD * PAIR}}


def test_foreign_words_stand_for_everything_else_several_only_together() -> None:
    made = index(entry("a", "heel"), idle="of", foreign=("tooth", "heel spur", "loss of tooth"))
    assert made.weights["tooth"] == {NOT_OURS: FOREIGN}
    assert made.weights["heel"] == {"a": KEYWORD}
    assert made.pairs == {pair_of("heel", "spur"): {NOT_OURS: FOREIGN_PAIR}}
    assert made.phrases == {("loss", "of", "tooth"): {NOT_OURS: FOREIGN_PAIR}}


def test_a_word_that_many_answers_have_tells_less() -> None:
    rarity = index(entry("a", "back", "neck"), entry("b", "back"), entry("c", body="neck")).rarity
    assert rarity["back"] < rarity["neck"]
    assert rarity["back"] == pytest.approx(math.log(1 + 3 / 2.5))
    assert rarity["neck"] == pytest.approx(math.log(1 + 3 / (1.5 + BODY / KEYWORD)))


def test_nothing_makes_an_empty_index() -> None:
    assert index() == Index({}, {}, {}, frozenset(), {})


@given(one=st.text(), other=st.text())
def test_a_pair_is_the_same_from_both_ends(one: str, other: str) -> None:
    assert pair_of(one, other) == pair_of(other, one)
    assert set(pair_of(one, other)) == {one, other}
