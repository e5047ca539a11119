"""``python -m bot next``: moments on standard output, one readable line for a bad value."""

import argparse
from collections.abc import Callable

import pytest

from bot.commands import next as next_command
from bot.errors import BotError

Run = Callable[..., list[str]]
GOOD = {
    "zone": "Europe/Berlin",
    "at": "08:00",
    "after": "2026-11-23T08:00:00Z",
    "count": "2",
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(**options: str) -> list[str]:
        parser = argparse.ArgumentParser()
        next_command.add(parser.add_subparsers())
        words = [f"--{name}={value}" for name, value in {**GOOD, **options}.items()]
        args = parser.parse_args(["next", *words])
        assert args.run(args) == 0
        return capsys.readouterr().out.splitlines()

    return run


def test_the_next_moments_are_printed_in_utc_a_line_each(run: Run) -> None:
    assert run() == ["2026-11-24T07:00:00Z", "2026-11-25T07:00:00Z"]


def test_only_the_chosen_weekdays_ring(run: Run) -> None:
    friday = run(after="2026-11-27T08:00:00+01:00", days="1,2,3,4,5")
    assert friday == ["2026-11-30T07:00:00Z", "2026-12-01T07:00:00Z"]


def test_a_clock_change_keeps_eight_at_eight(run: Run) -> None:
    assert run(after="2026-03-28T00:00:00Z") == ["2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z"]


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("zone", "Mars/Olympus", "'Mars/Olympus' is not a time zone"),
        ("at", "8:00", "--at '8:00' is not a time of day"),
        ("at", "24:00", "--at '24:00' is not a time of day"),
        ("days", "0", "--days '0' are not weekdays"),
        ("days", "", "--days '' are not weekdays"),
        ("days", "1,8", "--days '1,8' are not weekdays"),
        ("after", "2026-11-23T08:00:00", "is not a moment with its offset"),
        ("after", "yesterday", "is not a moment with its offset"),
        ("after", "9999-12-30T08:00:00Z", "the calendar ends there"),
        ("after", "0001-01-01T00:00:00Z", "the calendar ends there"),
        ("count", "0", "--count '0' is not a number from 1 on"),
        ("count", "-1", "--count '-1' is not a number from 1 on"),
        ("count", "many", "--count 'many' is not a number from 1 on"),
    ],
)
def test_a_bad_value_ends_in_one_line_that_says_what_to_write(
    run: Run, option: str, value: str, problem: str
) -> None:
    with pytest.raises(BotError) as caught:
        run(**{option: value})
    assert problem in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("missing", ["zone", "at", "after", "count"])
def test_every_option_but_the_days_is_required(
    missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    next_command.add(parser.add_subparsers())
    words = [f"--{name}={value}" for name, value in GOOD.items() if name != missing]
    with pytest.raises(SystemExit):
        parser.parse_args(["next", *words])
    assert f"--{missing}" in capsys.readouterr().err
