from dataclasses import replace

import pytest

from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Urgency
from tests.core.triage.made_up import NOTHING, rule, screener, stem

LEG_NUMB = rule(("leg",), ("numb",))


def test_one_sign_alone_fires_a_rule_of_one_sign() -> None:
    assert screener(rule(("ambulance",))).screen("an Ambulance, now").referral


@pytest.mark.parametrize("text", ["my leg is numb", "numb in one leg", "leg numb"])
def test_two_signs_near_one_another_fire_in_either_order(text: str) -> None:
    assert screener(LEG_NUMB).screen(text).referral


def test_signs_further_apart_than_the_rule_allows_stay_silent() -> None:
    near = screener(LEG_NUMB)

    assert near.screen("leg a b c numb").referral
    assert not near.screen("leg a b c d numb").referral
    assert not near.screen("numb a b c d leg").referral


def test_one_sign_of_two_stays_silent() -> None:
    assert not screener(LEG_NUMB).screen("my leg is fine").referral


def test_the_same_word_cannot_stand_for_two_signs() -> None:
    assert not screener(rule(("numb",), ("numb", "dead"))).screen("numb").referral


def test_signs_near_one_another_fire_across_the_end_of_a_sentence() -> None:
    assert screener(LEG_NUMB).screen("About my leg. Numb!").referral


def test_a_rule_in_order_stays_silent_when_its_signs_are_turned_round() -> None:
    in_order = screener(replace(rule(("cannot",), ("pee",)), in_order=True))

    assert in_order.screen("I cannot pee").referral
    assert not in_order.screen("pee I cannot").referral


def test_a_third_sign_is_measured_from_the_stretch_of_the_first_two() -> None:
    three = screener(replace(rule(("leg",), ("numb",), ("today",)), within=(2, 2)))

    assert three.screen("leg numb today").referral
    assert three.screen("today leg is numb").referral
    assert not three.screen("leg numb since early today").referral


def test_a_rule_that_asks_for_a_further_sign_stays_silent_without_it() -> None:
    also = screener(replace(rule(("kidney",)), also=("fever",)))

    assert also.screen("kidney side hurts, and a fever").referral
    assert not also.screen("kidney beans").referral


def test_a_further_sign_counts_up_to_thirty_words_away() -> None:
    also = screener(replace(rule(("kidney",)), also=("fever",)))

    assert also.screen("kidney " + "a " * 30 + "fever").referral
    assert not also.screen("kidney " + "a " * 31 + "fever").referral


def test_the_further_sign_must_be_another_word_than_the_first() -> None:
    assert not screener(replace(rule(("fever",)), also=("fever",))).screen("fever").referral


def test_a_veto_silences_its_own_sentence() -> None:
    veto = screener(replace(LEG_NUMB, unless=("exercise",)))

    assert not veto.screen("numb exercise for the leg").referral


def test_a_veto_ends_with_its_sentence() -> None:
    veto = screener(replace(LEG_NUMB, unless=("exercise",)))

    assert veto.screen("I did the exercise. Now my leg is numb").referral
    assert veto.screen("My leg is numb\nwhich exercise helps").referral


def test_a_vetoed_place_leaves_other_places_of_the_same_signs() -> None:
    veto = screener(replace(LEG_NUMB, unless=("exercise",)))

    assert veto.screen("leg numb exercise? no: my leg. it is numb.").referral


def test_an_idiom_hides_its_own_words_and_no_others() -> None:
    lexicon = replace(NOTHING, idioms=("numb with boredom",))
    idiom = screener(LEG_NUMB, lexicon=lexicon)

    assert not idiom.screen("numb with boredom, leg up").referral
    assert idiom.screen("numb with boredom, leg numb").referral


def test_a_concept_stands_for_all_its_phrases() -> None:
    lexicon = replace(NOTHING, concepts={"SADDLE": ("groin", "private part")})
    concept = screener(rule(("SADDLE", "seat area"), ("numb",)), lexicon=lexicon)

    assert concept.screen("groin numb").referral
    assert concept.screen("private parts are numb").referral
    assert concept.screen("numb seat area").referral


def test_self_harm_comes_first_and_emergencies_before_the_rest() -> None:
    rules = (
        rule(("fever",), name="a", category="infection"),
        rule(("choking",), name="b"),
        rule(("die",), name="c", category="self_harm"),
    )

    verdict = screener(*rules).screen("fever, choking, die")

    assert verdict.categories == ("self_harm", "breathing", "infection")
    assert verdict.urgency is Urgency.EMERGENCY


def test_a_prompt_category_alone_is_prompt() -> None:
    fever = screener(rule(("fever",), category="infection"))

    assert fever.screen("a fever").urgency is Urgency.PROMPT


def test_the_language_is_that_of_the_rule_that_decided() -> None:
    german = replace(NOTHING, language="de", rules=(rule(("taub",)),))
    english = replace(NOTHING, rules=(rule(("fever",), category="infection"),))
    both = Screener({"en": english, "de": german}, {"en": stem, "de": stem})

    assert both.screen("fever, alles taub").language == "de"
    assert both.screen("fever").language == "en"


def test_the_evidence_names_rule_and_words() -> None:
    evidence = screener(LEG_NUMB).screen("So numb, my left LEG").evidence

    assert [(item.rule, item.words) for item in evidence] == [("r", ("leg", "numb"))]


def test_at_most_twelve_pieces_of_evidence_are_kept() -> None:
    rules = [rule(("numb",), name=str(number)) for number in range(20)]

    assert len(screener(*rules).screen("numb").evidence) == 12
