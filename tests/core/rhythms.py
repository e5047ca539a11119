"""Rhythms of all shapes, as people may choose them."""

from datetime import time

from hypothesis import strategies as st

from bot.core.breaks import INTERVALS, Rhythm, Window


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = draw(st.integers(0, 24 * 60 - 2))
    return Window(clock(start), clock(draw(st.integers(start + 1, 24 * 60 - 1))))


rhythms = st.builds(
    Rhythm,
    st.dictionaries(st.integers(1, 7), windows()).map(lambda days: tuple(sorted(days.items()))),
    st.sampled_from(INTERVALS),
    st.none() | windows(),
)
