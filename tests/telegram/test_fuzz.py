"""Broken updates and forged buttons at the whole bot; `make fuzz` brings a hundred thousand of each."""

import random  # noqa: TID251 - from a seed
from pathlib import Path

from bot.telegram.callbacks import decode
from tests.telegram.fuzz import (
    CANARY,
    DEEP,
    WIRE,
    Json,
    cries_for_help,
    fuzzed,
    fuzzed_string,
    of_strings,
    of_updates,
    parts,
    wired,
)

COUNT, SEED = 1500, 20261126


async def test_no_broken_update_is_an_error_of_ours_or_leaves_words_in_the_log(
    tmp_path: Path,
) -> None:
    assert not any((await of_updates(tmp_path, COUNT, SEED)).values())


async def test_no_string_that_a_button_never_had_is_an_error_or_has_an_effect(
    tmp_path: Path,
) -> None:
    assert not any((await of_strings(tmp_path, COUNT, SEED)).values())


def leaves(update: Json) -> tuple[str, ...]:
    """Return what stands in an update, without its shape; a number as what it begins with."""
    found = [holder[key] for holder, key in parts(update)]
    return tuple(
        f"{one % 10**9}" if isinstance(one, int) else str(one)
        for one in found
        if not isinstance(one, dict | list)
    )


def test_what_is_brought_is_broken_in_many_ways_and_some_of_it_is_whole() -> None:
    chance = random.Random(SEED)  # noqa: S311 - chance for a test
    updates = [fuzzed(chance, number) for number in range(300)]
    strings = [fuzzed_string(chance) for _ in range(3000)]

    assert len({leaves(update) for update in updates}) > 290
    assert sum(CANARY in "".join(leaves(update)) for update in updates) > 250
    assert 5 < sum(cries_for_help(update) is not None for update in updates) < 100
    assert sum(len(parts(update)) > max(DEEP) for update in updates) > 5
    marked = [update for update in updates if WIRE.keys() & leaves(update)]
    assert sum(not WIRE.keys() & leaves(wired(update)) for update in marked) > 5
    assert max(len(one.encode("utf-8", "surrogateescape")) for one in strings) > 450
    assert 0 < sum(decode(one) is not None for one in strings) < 1000
