import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.exposition import Metric, Sample, exposed
from tests.ops.scraped import scraped

DAYS = Metric("days", "gauge", "How many days.")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029"))


def test_a_metric_says_what_it_is_before_its_values() -> None:
    samples = {"days": [Sample(3, {"zone": "UTC"}), Sample(0.5)]}

    assert exposed([DAYS], samples) == (
        '# HELP days How many days.\n# TYPE days gauge\ndays{zone="UTC"} 3\ndays 0.5\n'
    )


def test_a_metric_without_a_value_now_is_left_out() -> None:
    assert exposed([DAYS, Metric("weeks", "gauge", "Weeks.")], {"weeks": []}) == ""


def test_a_value_of_no_known_metric_is_a_mistake_that_shows() -> None:
    with pytest.raises(ValueError, match="weeks"):
        exposed([DAYS], {"weeks": [Sample(1)]})


@pytest.mark.parametrize(
    ("value", "written"),
    [(math.inf, "+Inf"), (-math.inf, "-Inf"), (math.nan, "NaN"), (True, "1"), (2e-7, "2e-07")],
)
def test_numbers_that_are_none_are_written_as_the_format_has_them(
    value: float, written: str
) -> None:
    assert exposed([DAYS], {"days": [Sample(value)]}).split()[-1] == written


def test_lines_quotes_and_backslashes_stay_within_their_place() -> None:
    text = exposed([Metric("days", "gauge", "a\\b\nc")], {"days": [Sample(1, {"x": '"\\\n'})]})

    assert text == '# HELP days a\\\\b\\nc\n# TYPE days gauge\ndays{x="\\"\\\\\\n"} 1\n'


@given(said=TEXTS, value=st.floats(allow_nan=False))
def test_whatever_a_label_says_is_read_back_as_it_was(said: str, value: float) -> None:
    text = exposed([DAYS], {"days": [Sample(value, {"said": said})]})

    assert scraped(text) == {("days", frozenset({("said", said)})): value}
