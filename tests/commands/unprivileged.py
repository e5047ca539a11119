"""``python -m tests.commands.unprivileged ARGUMENTS``: the real command line, never as root.

What root alone may read where the tests are installed is read before its rights are given away.
"""

import concurrent.futures.thread  # noqa: F401 - else read when it is first used
import encodings.idna  # noqa: F401 - likewise
import os
import sys

import bot.house  # noqa: F401 - likewise
from bot.__main__ import main, parser
from bot.catalog.folder import load
from bot.settings import BUILT_IN_CONTENT

NOBODY = 65534

if __name__ == "__main__":
    parser()
    load(BUILT_IN_CONTENT)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    sys.exit(main())
