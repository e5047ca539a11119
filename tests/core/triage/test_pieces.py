"""What the learned part sees of a text; teaching and scoring must see the same."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.triage.learned import Learned, Weights
from bot.core.triage.normalise import normalise
from bot.core.triage.pieces import (
    SLOTS,
    Thesaurus,
    by_sentence,
    features,
    named,
    of_rules,
    pair_number,
    pairs,
    pieces,
    slot,
)
from bot.core.triage.words import Words, split
from tests.core.triage.made_up import stem

CLASSES = {"leg": (0,), "numb": (1, 2), "=legs": (3,), "cannot pee": (1, 3), "боль": (2,)}
THESAURUS = Thesaurus(4, CLASSES)
SIZE = pair_number(4, 4, 0)
STEPS = [(number * 73 + number // 255) % 255 - 127 for number in range(SIZE)]
LEARNED = Learned(Weights(STEPS, 0.03, -1.2, -1.0, 1.0, 0.5, THESAURUS, {}), stem)
SOME = st.sampled_from(["my", "leg", "legs", "numb", "cannot", "pee", "боль", ".", "!", "ноооги"])
TEXT = st.text(max_size=80) | st.lists(SOME, max_size=30).map(" ".join)
RULES = st.lists(st.sampled_from(["en:a", "en:b", "ru:a"]), unique=True)


def read(text: str) -> Words:
    return split(normalise(text))


def letters(found: set[bytes]) -> set[str]:
    return {piece.decode("utf-16-le") for piece in found}


@given(text=TEXT, rules=RULES)
def test_a_score_is_the_sum_of_weights_times_shares_of_what_is_taught(
    text: str, rules: list[str]
) -> None:
    words = read(text)
    row = features(words, rules, stem, THESAURUS)
    taught = -1.2 + 0.03 * sum(STEPS[number] * share for number, share in row.items())

    assert abs(LEARNED.score(words, rules) - taught) < 1e-6


@given(text=TEXT, rules=RULES)
def test_every_feature_has_a_number_of_its_kind_and_a_share_above_nothing(
    text: str, rules: list[str]
) -> None:
    row = features(read(text), rules, stem, THESAURUS)

    assert all(0 <= number < SIZE and share > 0 for number, share in row.items())


def test_a_word_is_seen_whole_by_its_stem_and_by_its_runs_of_four_and_five_letters() -> None:
    assert letters(pieces("legs", "leg")) == {
        "<legs>", "=leg", "<leg", "legs", "egs>", "<legs", "legs>",
    }  # fmt: skip


def test_a_word_of_one_letter_is_seen_by_itself_and_by_its_stem_alone() -> None:
    assert letters(pieces("a", "a")) == {"<a>", "=a"}


def test_letters_beyond_two_bytes_and_broken_ones_have_pieces_too() -> None:
    assert len(pieces("😀" * 3, "x")) > 2
    assert pieces("\ud800\ud800\ud800", "\ud800")


def test_a_slot_is_the_same_on_every_run_and_below_their_number() -> None:
    assert named("rule en:a") == slot("rule en:a".encode("utf-16-le")) == 121491
    assert 0 <= slot(b"") < SLOTS


def test_two_words_in_a_row_are_a_pair_and_one_word_alone_is_none() -> None:
    assert list(pairs(["cannot", "pee", "now"])) == ["cannot pee", "pee now"]
    assert list(pairs(["alone"])) == []


def test_rules_are_seen_one_by_one_and_as_any_and_as_more_than_one() -> None:
    assert of_rules([]) == set()
    assert of_rules(["en:a"]) == {"rule en:a", "rule"}
    assert of_rules(["en:a", "en:a"]) == {"rule en:a", "rule"}
    assert of_rules(["en:a", "ru:a"]) == {"rule en:a", "rule ru:a", "rule", "rules"}


def test_a_word_has_the_classes_of_its_stem_and_of_its_very_form() -> None:
    assert THESAURUS.of_word("legs", "leg") == (0, 3)
    assert THESAURUS.of_word("leg", "leg") == (0,)
    assert THESAURUS.of_word("arm", "arm") == ()


def test_a_pair_gives_its_classes_to_the_word_that_begins_it() -> None:
    found = [(), (2,), ()]

    assert THESAURUS.with_pairs(found, ["i", "cannot", "pee"]) == [(), (1, 2, 3), ()]
    assert THESAURUS.with_pairs(found, ["i", "cannot", "eat"]) == found
    assert found == [(), (2,), ()]


def test_classes_come_together_by_sentence_each_once_and_in_order() -> None:
    together = by_sentence([(8, 1), (1,), (), (2,)], [0, 0, 1, 2])

    assert list(together) == [[1, 8], [], [2]]


def test_two_classes_count_together_only_within_a_sentence() -> None:
    both = pair_number(4, 0, 1)

    assert both in features(read("leg numb"), [], stem, THESAURUS)
    assert both not in features(read("leg. numb"), [], stem, THESAURUS)


def test_each_two_classes_have_a_number_of_their_own_after_all_others() -> None:
    numbers = {pair_number(4, first, second) for first in range(4) for second in range(4)}

    assert numbers == set(range(SLOTS + 4, SIZE))


def test_a_stretched_word_and_one_of_two_alphabets_have_the_pieces_of_the_word_meant() -> None:
    def row(text: str) -> dict[int, float]:
        return features(read(text), [], stem, THESAURUS)

    assert row("nuuumb") == row("numb")
    assert row("nuмb") == row("numb")
