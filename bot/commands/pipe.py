"""The other end of standard output."""

import os
import sys

READER_GONE = 1


def reader_gone() -> int:
    """Return the status of a command whose reader has seen enough; nothing more is written to it.

    What is still in the buffer would fail once more when Python ends, with a status of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return READER_GONE
