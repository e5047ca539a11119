"""The examples of the rules are tried on the screening as it is, learned part and all."""

from dataclasses import replace

from bot.core.triage.examples import FailingExample, TooStrong, failing_examples, too_strong
from bot.core.triage.lexicon import Rule
from bot.core.triage.screener import Screener
from tests.core.triage.made_up import NOTHING, learned, rule, stem, weak

NUMB, LEG = rule(("numb",), name="numb"), weak(("leg",), name="leg")


def tried(*rules: Rule, bias: float = 0.0) -> tuple[list[FailingExample], list[TooStrong]]:
    lexicons = {"en": replace(NOTHING, rules=rules)}
    screener = Screener(lexicons, {"en": stem}, learned(bias=bias))
    return failing_examples(lexicons, screener), too_strong(lexicons, screener)


def test_examples_that_do_what_their_rule_says_are_not_listed() -> None:
    assert tried(replace(NUMB, fires=("so numb",), silent=("fine",))) == ([], [])


def test_an_example_is_listed_that_another_rule_refers_but_not_its_own() -> None:
    fires = replace(LEG, fires=("numb",))

    assert tried(NUMB, fires)[0] == [FailingExample("en", "leg", "numb", fires=True)]


def test_an_example_is_listed_on_which_its_weak_rule_holds_without_a_referral() -> None:
    fires = replace(LEG, fires=("leg",))

    assert tried(fires, bias=-2)[0] == [FailingExample("en", "leg", "leg", fires=True)]
    assert tried(fires)[0] == []


def test_an_example_that_must_be_silent_is_listed_whoever_refers_it() -> None:
    silent = replace(LEG, silent=("my leg", "fine"))

    assert tried(silent)[0] == [FailingExample("en", "leg", "my leg", fires=False)]
    assert [one.text for one in tried(silent, bias=2)[0]] == ["my leg", "fine"]
    assert tried(silent, bias=-2)[0] == []


def test_a_strong_rule_that_holds_on_anybodys_silent_example_is_too_strong_and_told_once() -> None:
    silent = replace(LEG, silent=("a numb joke", "numb again"))

    assert tried(NUMB, silent, bias=-2)[1] == [TooStrong("en", "numb", "a numb joke")]


def test_a_weak_rule_that_holds_on_a_silent_example_is_as_weak_as_it_says() -> None:
    assert tried(replace(LEG, silent=("my leg",)), bias=-2) == ([], [])


def test_a_strong_rule_is_too_strong_also_by_an_example_of_another_language() -> None:
    german = replace(NOTHING, language="de", rules=(replace(LEG, silent=("numb",)),))
    lexicons = {"en": replace(NOTHING, rules=(NUMB,)), "de": german}
    screener = Screener(lexicons, {"en": stem, "de": stem})

    assert too_strong(lexicons, screener) == [TooStrong("en", "numb", "numb")]
