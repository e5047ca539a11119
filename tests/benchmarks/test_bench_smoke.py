"""The benchmarks run and give numbers; how large these are is never a test."""

import subprocess
import sys

import pytest

from benchmarks.report import Row, Table


@pytest.fixture(scope="module")
def printed() -> str:
    command = [sys.executable, "-m", "benchmarks", "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(printed: str, case: str) -> list[float]:
    """Return median and, where there is one, ratio of a case's row."""
    (line,) = (line for line in printed.splitlines() if line.startswith(f"| {case}"))
    _, _, middle, _, ratio, *_ = (cell.strip() for cell in line.split("|"))
    return [float(cell) for cell in (middle, ratio) if cell]


@pytest.mark.parametrize(
    "case",
    [
        "ours, whole",
        "ours  ",
        "python-telegram-bot, httpx",
        "as people write, 99 of 100",
        "a slip in every word, 99 of 100",
        "ours, 200 due of 200 plans",
        "ours, 200 due of 2,000 plans, neighbours",
        "ours, 200 due of 2,000 plans, scattered",
    ],
)
def test_each_measured_case_has_a_figure_and_a_ratio(printed: str, case: str) -> None:
    median, ratio = figures(printed, case)

    assert median > 0
    assert ratio > 0


def test_the_run_says_on_which_python_it_was_measured(printed: str) -> None:
    assert f"Python {sys.version.split()[0]}" in printed


@pytest.mark.parametrize(("value", "says"), [(1.5, "met"), (1.6, "MISSED")])
def test_a_missed_goal_is_said_in_the_table(value: float, says: str) -> None:
    table = Table("Start", "ms", [Row("ours", [value], beside=[1.0], goal=1.5)])

    assert f"at most 1.5: {says}" in str(table)


def test_a_ratio_is_that_of_the_medians_of_one_run() -> None:
    assert Row("ours", [1, 2, 90], beside=[4, 4, 1]).ratio == 0.5
