"""What the README counts is so: a promise stands there with a figure, and a figure grows stale."""

import re
from collections import Counter

from bot.catalog.folder import load
from bot.catalog.zones import zone
from bot.settings import BUILT_IN_CONTENT
from tests.chaos import test_reminders_survive_kills as kills
from tests.chaos.reminders import DUE
from tests.content.test_what_is_kept import TOLD
from tests.core.zones import changes, distinct_zones
from tests.docs.markdown import ROOT

README = re.sub(r"\s+", " ", (ROOT / "README.md").read_text("utf-8"))


def stated(sentence: str) -> int:
    """Return the number that the README gives where ``sentence`` has {}."""
    found = re.search(re.escape(sentence).replace(r"\{\}", r"([\d,]+)"), README)
    assert found is not None, sentence
    return int(found[1].replace(",", ""))


def roughly(said: int, counted: int) -> bool:
    """Return whether "more than ``said``" is true and not much too little."""
    return said < counted <= 1.25 * said


def test_the_readme_counts_the_answers_as_they_are() -> None:
    states = Counter(entry.status for entry in load(BUILT_IN_CONTENT).entries.values())

    assert stated("{} answers: ") == states.total()
    assert stated("answers: {} reviewed") == states["reviewed"]
    assert stated("reviewed, {} drafts") == states["draft"]
    assert states["planned"] == 0


def test_the_readme_counts_what_is_stored_and_compared() -> None:
    data = ROOT / "tests" / "data"
    screens = sum(
        (data / "screens" / f"{one}.txt").read_text().count("═══") for one in ("en", "ru")
    )
    buttons = {*(data / "callbacks.txt").read_text().split()}
    buttons |= {*(data / "callbacks-made.txt").read_text().split()}
    rows = (data / "ring_table.tsv").read_text().count("\n") - 1

    assert roughly(stated("more than {} screens"), screens)
    assert roughly(stated("more than {} strings"), len(buttons))
    assert stated("{} of 52 hard cases") == rows == 52


def test_the_readme_counts_zones_and_their_clock_changes() -> None:
    zones = distinct_zones()

    assert roughly(stated("in more than {} zones"), len(zones))
    assert roughly(stated("more than {} clock changes"), sum(len(changes(zone(z))) for z in zones))


def test_the_readme_counts_kills_as_the_tests_make_them() -> None:
    assert stated("{} kills in 10,000") == kills.RUNS
    assert stated("kills in {} reminders") == kills.RUNS * DUE


def test_the_readme_counts_the_columns_that_the_privacy_notice_tells() -> None:
    assert stated("each of the {} columns") == sum(map(len, TOLD.values()))


def test_the_time_of_a_start_is_that_of_the_performance_page() -> None:
    table = (ROOT / "docs" / "performance.md").read_text("utf-8")
    found = re.search(r"\| ours +\| ([\d.]+)", table)

    assert found is not None
    assert f"question to Telegram: {float(found[1]) / 1000:.1f} s" in README
