"""python -m benchmarks: ours beside its peers, all in one run; see docs/performance.md."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import (
    burst,
    flood,
    forged,
    memory,
    pacing,
    reading,
    recall,
    reminding,
    scheduling,
    sending,
    starting,
    tapping,
    updates,
    workers,
)
from benchmarks.bench import QUICK, WHOLE, Bench
from benchmarks.bots import found, own_python, python_of
from benchmarks.head import head
from benchmarks.processes import serving
from benchmarks.recall import Found
from benchmarks.report import Table

MEASURES: dict[str, Callable[[Bench], Iterator[Table | Found]]] = {
    "starting": starting.measure,
    "updates": updates.measure,
    "sending": sending.measure,
    "pacing": pacing.measure,
    "reminding": reminding.measure,
    "burst": burst.measure,
    "tapping": tapping.measure,
    "flood": flood.measure,
    "forged": forged.measure,
    "memory": memory.measure,
    "reading": reading.measure,
    "recall": recall.measure,
    "scheduling": scheduling.measure,
    "workers": workers.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print each table as soon as it is there."""
    chosen = _parser().parse_args(arguments)
    size = QUICK if chosen.quick else WHOLE
    peers, left_out = found(chosen.peers)
    jobs = python_of(chosen.peers)
    if jobs is None:
        left_out.append(
            "JobQueue was left out: no environment of the peers (make bench sets it up)"
        )
    print(head(chosen.peers, size, left_out), flush=True)
    with tempfile.TemporaryDirectory() as name, serving() as server:
        folder = Path(name)
        # the first, uncounted start of each bot fills it: later ones find byte code, as installed
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "byte-code")
        bench = Bench(server, folder, own_python(chosen.peers), tuple(peers), jobs, size)
        for measure in chosen.only or MEASURES:
            for table in MEASURES[measure](bench):
                print(table, flush=True)
    print(f"load {os.getloadavg()[0]:.1f} at the end, the benchmarks' own in it")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it works")
    parser.add_argument(
        "--only", action="append", choices=MEASURES, metavar="NAME", help=", ".join(MEASURES)
    )
    parser.add_argument(
        "--peers", type=Path, default=Path(".venv-peers"), help="where the peers are installed"
    )
    return parser


if __name__ == "__main__":
    main()
