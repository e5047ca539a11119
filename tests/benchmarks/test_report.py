"""What the tables say of a figure: its ratio, and whether a goal is met or missed."""

import pytest

from benchmarks.report import Row, Table, beside, beside_best


@pytest.mark.parametrize(
    ("value", "says"), [(1.5, "at most 1.5: met"), (1.6, "at most 1.5: MISSED by 0.10")]
)
def test_a_missed_goal_is_said_in_the_table_and_by_how_much(value: float, says: str) -> None:
    table = Table("Start", "ms", [Row("ours", [value], beside=[1.0], goal=1.5)])

    assert says in str(table)


@pytest.mark.parametrize(
    ("value", "says"),
    [(0.98, "at least 0.97: met; 0 lost"), (0.9, "at least 0.97: MISSED by 0.07; 0 lost")],
)
def test_a_share_that_is_too_small_is_said_with_its_remark(value: float, says: str) -> None:
    row = Row("ours", [value], beside=[1.0], remark="0 lost", least=0.97)

    assert row.cells()[-1] == says


def test_a_ratio_is_that_of_the_medians_of_one_run() -> None:
    assert Row("ours", [1, 2, 90], beside=[4, 4, 1]).ratio == 0.5


def test_all_stand_beside_the_fastest_peer_and_only_ours_has_a_goal() -> None:
    rows = beside_best({"slow": [4.0], "fast": [2.0], "ours": [1.0]}, "ours", 0.8)

    assert [row.ratio for row in rows] == [2.0, 1.0, 0.5]
    assert [row.goal for row in rows] == [None, None, 0.8]
    assert [row.remark for row in rows] == ["", "the best peer", ""]


def test_ours_is_never_its_own_measure_even_when_it_is_the_fastest() -> None:
    rows = beside_best({"peer": [2.0], "ours": [1.0]}, "ours", None)

    assert {row.name: row.ratio for row in rows} == {"peer": 1.0, "ours": 0.5}


def test_a_base_can_be_named_where_the_goal_is_about_one_peer() -> None:
    rows = beside({"plain": [2.0], "other": [1.0], "ours": [3.0]}, "plain", "ours", 1.5, "the base")

    assert [row.ratio for row in rows] == [1.0, 0.5, 1.5]
    assert rows[0].cells()[-1] == "the base"
    assert rows[1].cells()[-1] == ""
    assert rows[2].cells()[-1] == "at most 1.5: met"


def test_a_row_without_anything_beside_it_is_a_mere_reference() -> None:
    assert Row("jobs", [2.0, 1.0, 3.0]).cells() == ("jobs", "2.0", "1.0-3.0", "", "")


def test_what_a_reader_has_to_know_stands_under_its_table() -> None:
    text = str(Table("Start", "ms", [Row("ours", [1.0])], ["Byte code is cached."]))

    assert text.startswith("## Start\n\n| case")
    assert text.endswith("|\n\n- Byte code is cached.\n")
