"""Finds a Chromium for the browser tests, or gets one; prints its path.

The system's own first; else by apt, as root on Debian; else the download of Playwright.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def quietly(*command: str) -> None:
    """Run a command; what it says is not for us, and whether it helped is seen afterwards."""
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def system() -> str | None:
    """Return the path of an installed Chromium."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def by_apt() -> str | None:
    """Install Debian's package, where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quietly("apt-get", "update", "-qq")
    quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    return system()


def by_playwright() -> str | None:
    """Let Playwright download its own."""
    quietly(sys.executable, "-m", "playwright", "install", "chromium")
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> int:
    """Print the path, or one line that says what is missing."""
    path = system() or by_apt() or by_playwright()
    if path is None:
        print("No Chromium for the browser tests. Fix: apt install chromium", file=sys.stderr)
        return 78
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
