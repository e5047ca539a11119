"""``python -m tests.chaos.nursery``: starts real bots quickly, by forking after the slow part.

Each is a process of its own that runs ``python -m bot run`` from its settings on; only modules and
content are read beforehand, and what looks into it is prepared: nearly all that a start costs.
A line on standard input is a JSON object: the environment, and the file for its output. The pid is
answered at once, pid and status (as waitpid gives it) at its end.

``CHAOS_LEASE`` in that environment is read here alone, never by a bot: seconds of a lease, so that a
series need not wait a minute for each.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from functools import partial
from types import ModuleType

from bot import house
from bot.__main__ import main, parser
from bot.catalog.folder import load
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.core.search.finder import Finder
from bot.flows import claim, deliver
from bot.settings import BUILT_IN_CONTENT
from bot.store.postgres import store


def tell(*words: int) -> None:
    """Write one line in one piece, also from the signal handler."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def bury(_signal: int, _frame: object) -> None:
    """Tell of every child that has ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        tell(pid, os.waitstatus_to_exitcode(status))


def live(environment: dict[str, str], output: str) -> int:
    """Be one bot."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    own = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(own, 1)
    os.dup2(own, 2)
    if lease := environment.pop("CHAOS_LEASE", ""):
        shorten(timedelta(seconds=float(lease)))
    os.environ.clear()
    os.environ.update(environment)
    return main(["run"])


def shorten(lease: timedelta) -> None:
    """Let leases last so long, and all that hangs on them in proportion."""
    setattr(deliver, "LEASE", lease)  # noqa: B010 - a constant to everybody else
    setattr(claim, "LASTS", lease / 2)  # noqa: B010
    setattr(deliver, "LOOK_AROUND", lease / 4)  # noqa: B010
    setattr(store, "ADOPTED_SECONDS", int(lease.total_seconds()))  # noqa: B010


def read_ahead() -> None:
    """Read what each bot reads before its settings matter, and prepare what it prepares of that."""
    parser(("run",))
    content, screener = load(BUILT_IN_CONTENT), load_screener(BUILT_IN_CONTENT / "triage")
    finder = Finder(content, stemmers())
    screener.prepare()
    finder.prepare()
    ready: list[tuple[ModuleType, str, object]] = [
        (house, "load", content),
        (house, "load_screener", screener),
        (house, "Finder", finder),
    ]
    for module, name, made in ready:
        setattr(module, name, partial(_hand_out, made))


def _hand_out(made: object, *_of: object) -> object:
    return made


def serve() -> None:
    """Fork one bot a line, until the other end hangs up."""
    read_ahead()
    signal.signal(signal.SIGCHLD, bury)
    for line in sys.stdin:
        order = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if not pid:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            sys.exit(live(order["environment"], order["output"]))
        tell(pid)  # before its end can be told
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


if __name__ == "__main__":
    serve()
