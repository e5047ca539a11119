"""A fault script: TOML or JSON, and one clear line for each way of getting it wrong."""

import math

import pytest

from bot.simulator.faults import Fault, Faults
from bot.simulator.script import ScriptError, read_fault, script_of
from tests.simulator.conftest import Ticks

TOML = """
seed = 7
limits = true

[[fault]]
kind = "429"
chat = 5
seconds = 3600

[[fault]]
kind = "502"
method = "send*"
at = 10
for = 2.5

[[fault]]
kind = "lost-reply"
method = "sendMessage"
share = 0.1

[[fault]]
kind = "migrated"
chat = "all"
nth = 3
times = 2
to = -100
"""


def test_a_script_orders_what_it_says_from_now_on(ticks: Ticks) -> None:
    script = script_of(TOML)
    faults = Faults(ticks)
    script.order(faults)

    assert (script.seed, script.limits) == (7, True)
    assert [order.fault for order in faults.standing()] == [
        Fault("", "429", chat=5, seconds=3600),
        Fault("send*", "502", times=None, after=10, lasts=2.5),
        Fault("sendMessage", "lost-reply", times=None, share=0.1),
        Fault("", "migrated", times=2, skip=2, to=-100),
    ]
    assert faults.standing()[1].since == ticks.now + 10


def test_the_same_script_in_json_orders_the_same() -> None:
    script = script_of('{"fault": [{"kind": "502", "method": "getMe", "for": 3, "chat": null}]}')

    assert script.faults == (Fault("getMe", "502", times=None, lasts=3),)
    assert (script.seed, script.limits) == (0, None)


def test_an_empty_script_orders_nothing() -> None:
    assert script_of("").faults == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "it is neither TOML nor JSON"),
        ('{"a":' + "[" * 100_000, "it is neither TOML nor JSON"),
        ("kind = ", "it is neither TOML nor JSON"),
        ("faults = []", "the script: there is no 'faults'; use fault, limits, seed"),
        ("seed = 'x'", "seed must be a whole number"),
        ("limits = 1", "limits must be true or false"),
        ("fault = 3", "fault must be a list; in TOML each begins with [[fault]]"),
        ("fault = [3]", "fault 1 must be a table of names and values"),
        ("[[fault]]\nchance = 1", "fault 1: there is no 'chance'; use kind, method, seconds, at"),
        ("[[fault]]\nchat = 1", "fault 1: kind must be one of 429, 429-all"),
        ("[[fault]]\nkind = []", "fault 1: kind must be one of 429, 429-all"),
        ("[[fault]]\nkind = '500'\n[[fault]]\nkind = '418'", "fault 2: kind must be one of"),
        ("[[fault]]\nkind = '500'\nmethod = 5", "fault 1: method must be a text"),
        ("[[fault]]\nkind = '500'\ntimes = 0", "fault 1: times must be a whole number from 1"),
        ("[[fault]]\nkind = '500'\ntimes = 1.5", "fault 1: times must be a whole number from 1"),
        ("[[fault]]\nkind = '500'\ntimes = true", "fault 1: times must be a whole number from 1"),
        ("[[fault]]\nkind = '500'\nshare = 2", "fault 1: share must be a number from 1e-06 to 1"),
        ("[[fault]]\nkind = '500'\nat = -1", "fault 1: at must be a number from 0"),
        ("[[fault]]\nkind = '500'\nseconds = nan", "fault 1: seconds must be a number from 0 to"),
        ("[[fault]]\nkind = '500'\nchat = 'x'", "fault 1: chat must be a whole number"),
    ],
)
def test_a_wrong_script_is_refused_with_the_place_and_what_to_write(
    text: str, problem: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        script_of(text)

    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)


def test_a_fault_with_a_time_or_a_share_hits_all_calls_of_it_unless_told_how_many() -> None:
    assert read_fault({"kind": "500"}).times == 1
    assert read_fault({"kind": "500", "for": 5}).times is None
    assert read_fault({"kind": "500", "share": 0.5, "times": 4}).times == 4
    assert read_fault({"kind": "500"}).lasts == math.inf
