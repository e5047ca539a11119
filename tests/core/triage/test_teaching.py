"""Labelled messages -> weights."""

from collections.abc import Iterable

from bot.core.triage.teaching import Lesson, Taught, teach

ACUTE, ORDINARY, SHARED = 0, 1, 2
TOY: list[Lesson] = [
    ({ACUTE: 1.0, SHARED: 1.0}, True),
    ({ORDINARY: 1.0, SHARED: 1.0}, False),
    ({ORDINARY: 1.0}, False),
] * 8


def keep(_order: list[int]) -> None:
    """Leave the order as it is."""


def score(taught: Taught, numbers: Iterable[int]) -> float:
    return taught.bias + taught.unit * sum(taught.steps[number] for number in numbers)


def test_a_toy_set_is_learnt() -> None:
    taught = teach(TOY, 4, keep)

    assert score(taught, [ACUTE, SHARED]) > 0 > score(taught, [ORDINARY, SHARED])
    assert taught.steps[ACUTE] > 0 > taught.steps[ORDINARY]


def test_a_feature_that_was_never_seen_weighs_nothing() -> None:
    assert teach(TOY, 4, keep).steps[3] == 0


def test_the_heaviest_weight_has_all_steps_and_none_has_more() -> None:
    assert max(map(abs, teach(TOY, 4, keep).steps)) == 127


def test_the_same_lessons_in_the_same_order_give_the_same_weights() -> None:
    assert teach(TOY, 4, keep) == teach(iter(TOY), 4, keep)


def test_the_order_in_which_a_message_names_its_features_changes_nothing() -> None:
    rows = [
        ({n: 1 / (n + k) for n in range(12) if n * k % 3}, k * k % 5 < 2) for k in range(1, 18)
    ]  # sums of these differ in their last digits when they are added up from the other end
    turned = [({n: row[n] for n in reversed(row)}, acute) for row, acute in rows]

    assert teach(turned, 12, keep) == teach(rows, 12, keep)


def test_the_order_of_the_lessons_is_what_the_shuffle_makes_of_it_in_each_round() -> None:
    orders: list[list[int]] = []

    def note(order: list[int]) -> None:
        order.reverse()
        orders.append([*order])

    assert teach(TOY, 4, note) != teach(TOY, 4, keep)
    assert orders[0] == [*range(23, -1, -1)]
    assert orders[1] == [*range(24)]
    assert len(orders) == 10


def test_a_rare_feature_weighs_more_than_one_that_half_of_all_messages_have() -> None:
    rare, often = 0, 1
    lessons: list[Lesson] = [({rare: 1.0}, True), ({often: 1.0}, True)]
    lessons += [({often: 1.0}, True), ({2: 1.0}, False)] * 6

    taught = teach(lessons, 3, keep)

    assert taught.steps[rare] > taught.steps[often] > 0


def test_no_lesson_teaches_nothing_and_breaks_nothing() -> None:
    taught = teach([], 4, keep)

    assert list(taught.steps) == [0, 0, 0, 0]
    assert (taught.unit, taught.bias) == (1.0, 0.0)


def test_a_lesson_far_beyond_doubt_overflows_nothing() -> None:
    huge: list[Lesson] = [({0: 1e6}, False), ({1: 1.0}, True)]

    assert max(map(abs, teach(huge * 3, 2, keep).steps)) == 127


def test_a_lesson_that_is_hardly_a_surprise_teaches_nothing() -> None:
    lessons: list[Lesson] = [({0: 720.0}, True), ({0: 720.0, 1: 1.0}, True), ({2: 1.0}, False)]

    assert teach(lessons, 3, keep).steps[1] == 0
