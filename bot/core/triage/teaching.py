"""Labelled messages -> weights: logistic regression, one message at a time (AdaGrad). Pure.

Rare features weigh more (the logarithm of how rare they are), as in searching texts. Source of the
method: Duchi, Hazan, Singer, "Adaptive subgradient methods", JMLR 12 (2011).
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

Shuffle = Callable[[list[int]], None]
Lesson = tuple[Mapping[int, float], bool]
ROUNDS = 10
PACE = 0.05
_STEPS = 127
_FARTHEST = 30.0  # beyond this a score is as sure as it can be
_LEARNT = 1e-4  # an error so small teaches nothing


@dataclass(frozen=True, slots=True)
class Taught:
    """Weight of each slot as whole steps, what a step is worth, and where the sum begins."""

    steps: "array[int]"
    unit: float
    bias: float


def teach(lessons: Iterable[Lesson], size: int, shuffle: Shuffle) -> Taught:
    """Return the weights; the same lessons in the same orders give the same weights.

    Args:
        lessons: Features with their shares, and whether the message is acute.
        size: How many features there are.
        shuffle: Changes the order of a list.
    """
    told = list(lessons)
    rarity = _rarity([row for row, _ in told], size)
    scaled = [
        (numbers, [row[number] * rarity[number] for number in numbers], float(acute))
        for row, acute in told
        for numbers in [sorted(row)]  # sums differ a little in another order
    ]
    weights, bias = _fit(scaled, size, shuffle)
    return _in_steps([weight * rare for weight, rare in zip(weights, rarity, strict=True)], bias)


def _rarity(rows: Sequence[Mapping[int, float]], size: int) -> list[float]:
    seen = [1] * size
    for row in rows:
        for number in row:
            seen[number] += 1
    return [log((len(rows) + 1) / count) for count in seen]


def _fit(
    rows: Sequence[tuple[list[int], list[float], float]], size: int, shuffle: Shuffle
) -> tuple[list[float], float]:
    weights, spread = [0.0] * size, [1e-8] * size
    bias, bias_spread = 0.0, 1e-8
    order = list(range(len(rows)))
    for _ in range(ROUNDS):
        shuffle(order)
        for at in order:
            numbers, shares, wanted = rows[at]
            score = bias + sum(weights[n] * share for n, share in zip(numbers, shares, strict=True))
            error = _chance(score) - wanted
            if abs(error) < _LEARNT:
                continue
            for number, share in zip(numbers, shares, strict=True):
                slope = error * share
                spread[number] += slope * slope
                weights[number] -= PACE * slope / sqrt(spread[number])
            bias_spread += error * error
            bias -= PACE * error / sqrt(bias_spread)
    return weights, bias


def _chance(score: float) -> float:
    """Return how likely danger is, from 0 to 1."""
    return 1 / (1 + exp(-max(-_FARTHEST, min(score, _FARTHEST))))


def _in_steps(weights: Sequence[float], bias: float) -> Taught:
    unit = max(map(abs, weights)) / _STEPS or 1.0
    return Taught(array("b", [round(weight / unit) for weight in weights]), unit, bias)
