"""Rules and the learned part together: which of them decides, and what the verdict then says."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.core.triage.learned import Learned
from bot.core.triage.screener import SHORT, Screener
from bot.core.triage.verdict import LEARNED, Urgency, Verdict
from bot.core.triage.words import Words
from tests.core.triage.made_up import NOTHING, learned, rule, screener, stem, weak, weights

AGREES, DISAGREES, SURE = (learned(bias=bias) for bias in (0.0, -2.0, 2.0))


def test_a_strong_rule_decides_alone_against_the_learned_part() -> None:
    verdict = screener(rule(("numb",)), learned=DISAGREES).screen("numb")

    assert verdict.referral
    assert verdict.score == -2.0


def test_a_weak_rule_decides_where_the_learned_part_agrees() -> None:
    verdict = screener(weak(("numb",)), learned=AGREES).screen("numb")

    assert verdict.referral
    assert verdict.score == 0.0
    assert [item.rule for item in verdict.evidence] == ["w"]


def test_a_weak_rule_that_the_learned_part_does_not_agree_with_is_held_back_but_told() -> None:
    verdict = screener(weak(("numb",)), learned=DISAGREES).screen("numb")

    assert not verdict.referral
    assert (verdict.urgency, verdict.categories, verdict.language) == (Urgency.NONE, (), "")
    assert [(item.rule, item.words) for item in verdict.evidence] == [("w", ("numb",))]
    assert verdict.score == -2.0


def test_agreement_begins_at_exactly_the_score_that_was_set() -> None:
    at, below = (learned(bias=bias) for bias in (-1.0, -1.001))

    assert screener(weak(("numb",)), learned=at).screen("numb").referral
    assert not screener(weak(("numb",)), learned=below).screen("numb").referral


def test_a_strong_rule_beside_weak_ones_decides_for_all_of_them() -> None:
    both = screener(weak(("numb",)), rule(("leg",)), learned=DISAGREES)

    assert [item.rule for item in both.screen("numb leg").evidence] == ["w", "r"]
    assert both.screen("numb leg").referral


def test_a_strong_rule_decides_also_after_more_weak_ones_than_are_kept_as_evidence() -> None:
    many = [weak(("numb",), name=str(number)) for number in range(20)]
    full = screener(*many, rule(("leg",)), rule(("foot",), name="late"), learned=DISAGREES)

    assert full.screen("numb leg foot").referral
    assert len(full.screen("numb leg foot").evidence) == 13
    assert not full.screen("numb").referral


def test_without_a_learned_part_every_rule_decides_alone() -> None:
    verdict = screener(weak(("numb",))).screen("numb")

    assert verdict.referral
    assert verdict.score is None


def test_without_a_learned_part_no_rule_means_no_referral() -> None:
    assert screener(weak(("numb",))).screen("my leg is fine").score is None
    assert not screener(weak(("numb",))).screen("my leg is fine").referral


@pytest.mark.parametrize("text", ["", "...", "\u200b"])
def test_a_message_without_words_is_silent_however_sure_the_learned_part_is(text: str) -> None:
    verdict = screener(learned=SURE).screen(text)

    assert not verdict.referral
    assert verdict.score is None


def test_the_learned_part_alone_refers_a_short_message_and_says_so() -> None:
    verdict = screener(learned=learned({"numb": 20})).screen("so numb today")

    assert verdict.referral
    assert [(item.rule, item.words) for item in verdict.evidence] == [(LEARNED, ("numb",))]
    assert verdict.score is not None
    assert verdict.score >= 1.0
    assert verdict.language == "en"


def test_the_learned_part_alone_answers_in_a_language_that_the_screening_has() -> None:
    assert screener(learned=SURE).screen("плохо").language == "en"


def test_the_learned_part_decides_alone_up_to_sixty_words_and_not_beyond() -> None:
    alone = screener(learned=SURE)

    assert alone.screen("a " * SHORT).referral
    assert not alone.screen("a " * (SHORT + 1)).referral
    assert alone.screen("a " * (SHORT + 1)).score == 2.0


def test_self_harm_from_the_learned_part_alone_is_an_emergency_of_that_category() -> None:
    kinds = {"gone": {"self_harm": 9, "breathing": 1}, "air": {"breathing": 9}}
    verdict = screener(learned=learned(bias=2, kinds=kinds)).screen("better gone")

    assert verdict.urgency is Urgency.EMERGENCY
    assert verdict.categories == ("self_harm",)


def test_of_what_sounds_like_self_harm_less_is_enough_and_not_of_anything_else() -> None:
    kinds = {"gone": {"self_harm": 9}, "air": {"breathing": 9}}
    careful, not_quite = (screener(learned=learned(bias=b, kinds=kinds)) for b in (0.5, 0.4))

    assert careful.screen("better gone").categories == ("self_harm",)
    assert not not_quite.screen("better gone").referral
    assert not careful.screen("bad air").referral


def test_where_self_harm_needs_more_than_the_rest_the_rest_is_still_referred() -> None:
    strict = Learned(replace(weights(bias=1, kinds={"gone": {"self_harm": 9}}), careful=2.0), stem)

    assert screener(learned=strict).screen("bad air").referral
    assert not screener(learned=strict).screen("gone").referral


def test_a_prompt_category_from_the_learned_part_alone_is_prompt() -> None:
    kinds = {"sweat": {"infection": 9}}
    verdict = screener(learned=learned(bias=2, kinds=kinds)).screen("sweats at night")

    assert (verdict.urgency, verdict.categories) == (Urgency.PROMPT, ("infection",))


def test_a_weak_rule_in_a_long_story_is_judged_by_the_sentence_in_which_it_holds() -> None:
    harmless = "fine day. " * SHORT
    judged = screener(weak(("numb",)), learned=learned({"numb": 20}, bias=-3))

    assert judged.screen(harmless + "so numb. " + harmless).referral
    assert not judged.screen(harmless + f"numb {'of fine days ' * 25}. " + harmless).referral


def test_a_weak_rule_in_a_message_that_is_no_story_is_judged_by_the_whole() -> None:
    judged = screener(weak(("numb",)), learned=learned({"numb": 20}, bias=-3))

    assert not judged.screen("fine day. " * 14 + "numb.").referral
    assert judged.screen("fine day. " * 15 + "numb.").referral


class Listening(Learned):
    """Keeps what it was asked to score."""

    def __init__(self) -> None:
        super().__init__(weights(), stem)
        self.heard: list[Words] = []

    def score(self, words: Words, rules: Iterable[str] = ()) -> float:
        self.heard.append(words)
        return super().score(words, rules)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("a " * 60, [60]),
        ("a " * 61, [60, 1]),
        ("a " * 150, [60, 60, 30]),
        ("a " * 40 + ". " + "b " * 40, [40, 40]),
        ("a " * 60 + ". " + "b " * 60, [60, 60]),
        ("a. " + "b " * 100, [1, 60, 40]),
        ("a b c. " * 41, [60, 60, 3]),
    ],
)
def test_a_long_message_is_scored_in_stretches_of_whole_sentences_where_they_fit(
    text: str, lengths: list[int]
) -> None:
    listening = Listening()
    screener(learned=listening).screen(text)

    assert [len(words.text) for words in listening.heard] == lengths
    assert [word for words in listening.heard for word in words.text] == text.replace(
        ".", ""
    ).split()
    assert all(len(w.text) == len(w.sentence) == len(w.clause) for w in listening.heard)


def test_russian_in_latin_letters_reaches_the_learned_part() -> None:
    russian = learned({"онемели": 30}, classes={"онемели": (0,), "ноги": (0,)})

    assert screener(learned=russian).screen("onemeli nogi").referral
    assert screener(learned=russian).screen("jytvtkb yjub").referral


def test_of_another_reading_without_a_known_word_only_a_strong_rule_is_believed() -> None:
    unknown = learned({"онемели": 30}, classes={"спина": (0,)})

    assert not screener(weak(("онемели",)), learned=unknown).screen("onemeli nogi").referral
    assert screener(rule(("онемели",)), learned=unknown).screen("onemeli nogi").referral
    assert screener(rule(("онемели",))).screen("onemeli nogi").referral


def test_a_text_of_which_only_pieces_are_known_is_an_emergency_of_no_kind() -> None:
    verdict = screener(learned=learned({"onemeli": 30})).screen("onemeli")

    assert verdict.urgency is Urgency.EMERGENCY
    assert verdict.categories == ()


def test_another_reading_that_names_a_kind_is_preferred_to_one_that_names_none() -> None:
    both = screener(rule(("онемели",)), learned=learned({"onemeli": 30}))

    assert both.screen("onemeli").categories == ("breathing",)


def test_the_words_and_rules_that_teach_are_those_that_are_scored() -> None:
    words, rules = screener(weak(("numb",)), rule(("leg",))).seen("Numb, my LEG")

    assert words.text == ("numb", "my", "leg")
    assert rules == ["en:w", "en:r"]


def test_russian_in_latin_letters_that_were_learned_is_answered_in_russian() -> None:
    both = learned({"onemeli": 30, "онемели": 30}, classes={"онемели": (0,)})

    assert screener(learned=both).screen("onemeli").language == "en"
    lexicons = {"en": NOTHING, "ru": replace(NOTHING, language="ru")}
    stems = {"en": stem, "ru": stem}
    assert Screener(lexicons, stems, both).screen("onemeli").language == "ru"


def despair(rule_category: str, *, said: str = "air") -> Verdict:
    part = learned(kinds={"air": {"self_harm": 9}, "leg": {"breathing": 9}})
    return screener(rule((said,), category=rule_category), learned=part).screen(said)


def test_self_harm_comes_first_where_a_message_sounds_most_like_it_whatever_rule_held() -> None:
    verdict = despair("infection")

    assert verdict.categories == ("self_harm", "infection")
    assert verdict.urgency is Urgency.EMERGENCY


def test_a_message_that_sounds_like_anything_else_keeps_the_category_of_its_rule() -> None:
    verdict = despair("infection", said="leg")

    assert (verdict.categories, verdict.urgency) == (("infection",), Urgency.PROMPT)


@pytest.mark.parametrize("text", ["10 to 14", "30", "10 nodigits"])
def test_numbers_among_words_of_no_category_are_no_danger_however_sure_their_pieces(
    text: str,
) -> None:
    assert not screener(learned=learned(bias=5)).screen(text).referral
    assert screener(learned=learned(bias=5)).screen("nodigits").referral
