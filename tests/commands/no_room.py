"""``python -m tests.commands.no_room MODULE ARGUMENTS``: a program whose files stay very small.

What is larger cannot be written, as on a full disk, until somebody raises the limit.
"""

import resource
import runpy
import sys

SMALL = 4096

if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
