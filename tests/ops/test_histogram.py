import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.ops.exposition import Metric, exposed
from bot.ops.histogram import Histogram
from tests.ops.scraped import scraped

BOUNDS = (1, 5, 60)
WAIT = Metric("wait", "histogram", "A wait.")
SECONDS = st.lists(st.one_of(st.floats(0, 100), st.sampled_from(BOUNDS)), max_size=30)


def test_a_series_is_there_before_anything_happens() -> None:
    text = exposed([WAIT], {"wait": Histogram(BOUNDS, "kind", ["break"]).samples()})

    assert [line for line in text.splitlines() if line.endswith(" 0")] == [
        'wait_bucket{kind="break",le="1"} 0',
        'wait_bucket{kind="break",le="5"} 0',
        'wait_bucket{kind="break",le="60"} 0',
        'wait_bucket{kind="break",le="+Inf"} 0',
        'wait_sum{kind="break"} 0',
        'wait_count{kind="break"} 0',
    ]


@given(SECONDS)
def test_each_bucket_holds_all_that_is_at_most_its_bound(seconds: list[float]) -> None:
    histogram = Histogram(BOUNDS, "kind", ["break", "morning"])
    for one in seconds:
        histogram.observe("break", one)
    values = scraped(exposed([WAIT], {"wait": histogram.samples()}))

    def seen(suffix: str, **labels: str) -> float:
        return values["wait" + suffix, frozenset({"kind": "break", **labels}.items())]

    buckets = [seen("_bucket", le=f"{bound}") for bound in BOUNDS] + [seen("_bucket", le="+Inf")]
    assert buckets[:-1] == [sum(one <= bound for one in seconds) for bound in BOUNDS]
    assert all(less <= more for less, more in pairwise(buckets))
    assert buckets[-1] == seen("_count") == len(seconds)
    assert math.isclose(seen("_sum"), sum(seconds))
    assert values["wait_count", frozenset({("kind", "morning")})] == 0
