"""What /metrics shows of some samples."""

from bot.ops.described import METRICS
from bot.ops.exposition import Samples, exposed


def shown(samples: Samples) -> str:
    return exposed(METRICS, samples)
