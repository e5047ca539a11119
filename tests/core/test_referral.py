"""What a referral is about chooses its words, and which one spares another."""

import pytest

from bot.core.referral import Occasion, occasion_of
from bot.core.triage.verdict import Urgency, Verdict

E, P, D, N = Occasion.EMERGENCY, Occasion.PROMPT, Occasion.DISTRESS, Occasion.DENIED


def verdict(urgency: Urgency, *categories: str) -> Verdict:
    return Verdict(
        referral=True, urgency=urgency, categories=categories, language="en", evidence=()
    )


@pytest.mark.parametrize(
    ("found", "occasion"),
    [
        (verdict(Urgency.EMERGENCY, "stroke"), E),
        (verdict(Urgency.PROMPT, "infection"), P),
        (verdict(Urgency.NONE, "infection"), N),
        (verdict(Urgency.EMERGENCY, "self_harm", "stroke"), D),
        (verdict(Urgency.NONE, "self_harm"), D),
    ],
)
def test_distress_goes_before_urgency(found: Verdict, occasion: Occasion) -> None:
    assert occasion_of(found) is occasion


@pytest.mark.parametrize(("before", "spares"), [(E, {E, P, N}), (P, {P, N}), (N, {N}), (D, {D})])
def test_a_referral_spares_the_same_steps_for_what_is_no_graver(
    before: Occasion, spares: set[Occasion]
) -> None:
    assert {one for one in Occasion if before.covers(one)} == spares


def test_reminders_rest_after_all_but_what_is_denied() -> None:
    assert {one for one in Occasion if one.rests} == {E, P, D}
