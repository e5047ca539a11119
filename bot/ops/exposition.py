"""Numbers as text, in the format that Prometheus reads (version 0.0.4)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Kind = Literal["counter", "gauge", "histogram"]


@dataclass(frozen=True, slots=True)
class Metric:
    """What one number is, for a machine and for a person who reads it the first time."""

    name: str
    kind: Kind
    help: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric.

    Attributes:
        suffix: Follows the metric's name, such as "_bucket" of a histogram.
    """

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


Samples = Mapping[str, Sequence[Sample]]
"""Samples by their metric's name; one that has none now is left out."""


def exposed(metrics: Iterable[Metric], samples: Samples) -> str:
    """Return the metrics that have samples, in their order.

    Raises:
        ValueError: a sample belongs to none of the metrics.
    """
    lines: list[str] = []
    left = dict(samples)
    for metric in metrics:
        if found := left.pop(metric.name, ()):
            lines.append(f"# HELP {metric.name} {_escaped(metric.help)}")
            lines.append(f"# TYPE {metric.name} {metric.kind}")
            lines += [_line(metric.name, sample) for sample in found]
    if left:
        raise ValueError(f"no metrics: {', '.join(sorted(left))}")
    return "".join(f"{line}\n" for line in lines)


def _line(name: str, sample: Sample) -> str:
    labels = ",".join(f'{key}="{_quoted(value)}"' for key, value in sample.labels.items())
    braced = f"{{{labels}}}" if labels else ""
    return f"{name}{sample.suffix}{braced} {_number(sample.value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', '\\"')


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(float(value))
