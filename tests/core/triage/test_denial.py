from dataclasses import replace

import pytest

from bot.core.triage.verdict import Urgency
from tests.core.triage.made_up import NOTHING, rule, screener

LEXICON = replace(NOTHING, denials=("no", "not", "cannot"), denials_after=("none",))
DENYING = screener(
    rule(("fever",), name="fever"),
    rule(("chill",), name="chills"),
    rule(("cannot",), ("breathe",), name="breath"),
    rule(("die",), name="die", category="self_harm"),
    lexicon=LEXICON,
)


@pytest.mark.parametrize(
    "text", ["no fever", "fever: none", "not a fever", "no such fever", "no fever, no chills"]
)
def test_when_every_sign_is_denied_it_is_referred_without_urgency(text: str) -> None:
    verdict = DENYING.screen(text)

    assert verdict.referral
    assert verdict.urgency is Urgency.NONE


@pytest.mark.parametrize(
    "text",
    [
        "no fever, but chills all night",
        "no, chills",
        "no. fever",
        "fever. none of it helps",
        "no way that this is fever",
        "fever for days, none",
    ],
)
def test_a_sign_that_is_not_plainly_denied_keeps_its_urgency(text: str) -> None:
    assert DENYING.screen(text).urgency is Urgency.EMERGENCY


def test_a_denial_that_is_part_of_the_sign_denies_nothing() -> None:
    assert DENYING.screen("I cannot breathe").urgency is Urgency.EMERGENCY


def test_affirmed_categories_come_before_denied_ones() -> None:
    lexicon = replace(LEXICON, denials=("no",))
    both = screener(rule(("choking",)), rule(("fever",), category="infection"), lexicon=lexicon)

    verdict = both.screen("no choking, only fever")

    assert verdict.categories == ("infection", "breathing")
    assert verdict.urgency is Urgency.PROMPT


def test_self_harm_is_never_softened_by_a_denial() -> None:
    assert DENYING.screen("no die").urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("text", ["no strength in my leg", "my leg has no strength"])
def test_what_is_a_sign_where_there_is_none_of_it_is_never_taken_as_denied(text: str) -> None:
    lexicon = replace(NOTHING, denials=("no",), lacks=("strength",))
    weakness = rule(("strength",), ("leg",))

    assert screener(weakness, lexicon=lexicon).screen(text).urgency is Urgency.EMERGENCY
    without = replace(lexicon, lacks=())
    assert screener(weakness, lexicon=without).screen(text).urgency is Urgency.NONE
