"""docs/reliability.md: each row names one command, and the command does what the row says."""

import re

import pytest

from bot.settings import Settings
from tests.chaos import stops, test_reminders_survive_kills
from tests.chaos.__main__ import SERIES
from tests.chaos.town import IN_FLIGHT
from tests.docs.markdown import ROOT, rows, sections

PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
COMMAND = re.compile(
    r"`make (?P<target>[a-z-]+)(?: RUN=(?P<series>[a-z-]+))? (?P<number>[A-Z]+)=\d+`"
)
NUMBERS = {"chaos": "N", "chaos-inbound": "KILLS", "fuzz": "COUNT", "day": "USERS"}
"""The targets, and what each calls its number."""
FAULTS = rows(sections(PAGE)["Faults survived"])


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row[0])
def test_each_fault_names_a_series_its_number_and_its_day(row: list[str]) -> None:
    _, measured, figure, date, command = row
    found = COMMAND.fullmatch(command)

    assert found is not None, command
    assert found["number"] == NUMBERS[found["target"]]
    assert (found["series"] in SERIES) if found["target"] == "chaos" else found["series"] is None
    assert measured
    assert figure
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", date)


def test_each_series_and_each_other_command_has_one_row() -> None:
    named = [found["series"] or found["target"] for found in COMMAND.finditer(PAGE)]

    assert sorted(named) == sorted([*SERIES, *NUMBERS.keys() - {"chaos"}])
    assert len(named) == len(FAULTS)


def test_the_makefile_hands_series_number_and_seed_on() -> None:
    recipe = MAKEFILE.partition("\nchaos: ")[2].partition("endif")[0]

    assert "-m tests.chaos $(RUN)" in recipe
    assert "--number $(N)" in recipe
    assert "--seed $(SEED)" in recipe


@pytest.mark.parametrize(("target", "number"), NUMBERS.items())
def test_the_makefile_hands_each_number_on(target: str, number: str) -> None:
    recipe = MAKEFILE.partition(f"\n{target}: ")[2].partition("\n\n")[0]

    assert f"$({number})" in recipe


def test_the_numbers_in_the_prose_are_those_of_the_code() -> None:
    prose = re.sub(r"\s+", " ", PAGE)

    assert f"`BOT_IN_FLIGHT` reminders ({IN_FLIGHT})" in prose
    assert Settings.model_fields["in_flight"].default == IN_FLIGHT
    assert f"takes at most {stops.MOST_SECONDS} seconds" in prose
    assert f"{test_reminders_survive_kills.RUNS} kills of the first" in prose
