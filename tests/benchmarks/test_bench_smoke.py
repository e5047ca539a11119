"""The benchmarks run and give numbers; how large these are is never a test."""

import subprocess
import sys

import pytest

from benchmarks.__main__ import MEASURES, main


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a run in which no peer is installed but the library that is ours too."""
    nobody = str(tmp_path_factory.mktemp("no-peers"))
    command = [sys.executable, "-m", "benchmarks", "--quick", "--peers", nobody]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(printed: str, title: str) -> list[str]:
    """Return the rows of the table with this title."""
    (part,) = (part for part in printed.split("## ") if part.startswith(f"{title}\n"))
    return [line for line in part.splitlines() if line.startswith("| ")][2:]


def figures(printed: str, title: str, case: str) -> list[float]:
    """Return median and, where there is one, ratio of a case's row."""
    (line,) = (line for line in table(printed, title) if line.startswith(f"| {case}"))
    _, _, middle, _, ratio, *_ = (cell.strip() for cell in line.split("|"))
    return [float(cell) for cell in (middle, ratio) if cell]


@pytest.mark.parametrize(
    ("title", "case"),
    [
        ("Start to first getUpdates", "ours"),
        ("Start to first getUpdates with stored plans", "2,000 plans "),
        ("Time per update", "ours"),
        ("Processor time per message sent", "python-telegram-bot"),
        ("Processor time per message sent", "ours"),
        ("Time per message sent", "ours"),
        ("A broadcast to 40 chats", "ours, 29 a second"),
        ("A paid broadcast to 200 chats, beside 1,000 a second", "ours"),
        ("Processor time per reminder", "ours"),
        ("Time per reminder", "python-telegram-bot"),
        ("Due at one instant", "ours: loop held"),
        ("Tap to answered tap while reminders fall due", "200 fall due"),
        ("Tap to new screen (editMessageText)", "ours, half of them"),
        ("Tap to new screen (editMessageText)", "python-telegram-bot, concurrent_updates, half"),
        ("Tap to answered tap (answerCallbackQuery)", "ours, 99 of 100"),
        ("Tap to new screen beside a flood", "ours, beside a flood, 99 of 100"),
        (
            "Tap at the webhook to its handling, beside forged ones",
            "ours, beside forged ones, 99 of 100",
        ),
        ("Forged updates a second, beside those that were meant", "ours, refused"),
        ("Memory, RSS", "ours, at rest"),
        ("Memory, PSS", "ours, after 100 updates"),
        ("Screening and searching a message of 200 characters", "as people write, 99 of 100"),
        ("Screening and searching a message of 200 characters", "a slip in every word, 99 of 100"),
        ("Processor time per due reminder", "ours, 200 due of 2,000 plans, neighbours"),
        ("Processor time per due reminder", "ours, 200 due of 2,000 plans, scattered"),
        ("Due reminders on one PostgreSQL", "two bots, 4 in hand"),
        ("Due reminders on one PostgreSQL", "two bots, 100 in hand"),
        ("Due reminders on one PostgreSQL, to the disk", "two bots, 4 in hand"),
        ("Due reminders of whole bots on one PostgreSQL", "two bots, 4 in hand"),
    ],
)
def test_each_measured_case_has_a_figure_and_a_ratio(printed: str, title: str, case: str) -> None:
    median, ratio = figures(printed, title, case)

    assert median > 0
    assert ratio > 0


def test_the_run_says_how_long_new_zone_data_keep_a_start_busy(printed: str) -> None:
    (seconds,) = figures(
        printed, "All next moments worked out after other zone data", "2,000 plans"
    )

    assert seconds > 0


def test_none_of_what_is_due_at_one_instant_is_dropped(printed: str) -> None:
    assert figures(printed, "Due at one instant", "ours, 200 due at once") == [0.0]


@pytest.mark.parametrize("title", ["Processor time per update", "Memory per plan"])
def test_ours_stands_in_every_table_even_where_quick_sizes_round_to_nothing(
    printed: str, title: str
) -> None:
    assert any(line.startswith("| ours") for line in table(printed, title))


@pytest.mark.parametrize(
    "name", ["pyTelegramBotAPI, async", "aiogram", "grammY, runner", "JobQueue"]
)
def test_a_peer_that_is_not_installed_is_left_out_with_a_line(printed: str, name: str) -> None:
    head, *tables = printed.split("## ")

    assert f"- {name} was left out: " in head
    assert not any(f"| {name}" in part for part in tables)


def test_the_run_says_on_which_python_and_cores_it_was_measured(printed: str) -> None:
    assert f"Python {sys.version.split()[0]}" in printed
    assert "core" in printed.split("## ", maxsplit=1)[0]


def test_a_table_that_does_not_exist_is_refused_with_the_names_of_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--only", "lunch"])

    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(name in said for name in MEASURES)
