"""What an image must not hold: tools that install, caches, and anything of the machine that built it."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.trial.engine import Image, TrialError

TOOLS = re.compile(
    r"(pip[0-9.]*|pip-.*|setuptools|ensurepip|wheel|.*\.whl|gcc(-[0-9]+)?|cc|g\+\+|make)"
)
CACHES = ("var/lib/apt/lists", "var/cache/apt/archives", "root/.cache")
LENT = ("etc/pip.conf", "root/.config/pip", "root/.pip", "etc/xdg/pip")
SEEN = ("usr", "app", "opt", "root", "home")


def examine(image: Image) -> None:
    """Look at every file and at the description.

    Raises:
        TrialError: something is there that should not be, or byte code is missing.
    """
    for problem in problems(image):
        raise TrialError(f"the image holds {problem}")
    if image.config.get("Healthcheck") is None:
        raise TrialError("the image has no health check")


def problems(image: Image) -> Iterator[str]:
    """Yield what is wrong, a few words each."""
    root, told = image.root, json.dumps(image.description)
    yield from (f"a tool that installs or compiles: /{name}" for name in _tools(root))
    yield from (f"a cache: /{name}" for name in CACHES if _full(root / name))
    yield from (f"settings of a package index: /{name}" for name in LENT if _filled(root / name))
    yield from (f"source without byte code: /{name}" for name in _uncompiled(root))
    yield from (f"a word of this machine: {word}" for word in own_words() if word in told)


def files(root: Path) -> Iterator[Path]:
    """Yield every file and folder in which tools or settings may lie."""
    for top in SEEN:
        for folder, folders, names in os.walk(root / top):
            yield from (Path(folder) / name for name in (*folders, *names))


def own_words() -> set[str]:
    """Return what the environment and pip's settings of this machine would give away."""
    own = {value for name, value in os.environ.items() if re.match(r"PIP_|.*_PROXY$", name, re.I)}
    told = subprocess.run(
        ["python3", "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    own |= {
        word.strip("'") for line in told.splitlines() for word in line.partition("=")[2].split()
    }
    return {word for word in own if len(word) > 5}  # noqa: PLR2004 - "1" and "180" say nothing


def mebibytes(root: Path) -> float:
    """Return the size of the image's files."""
    seen = {(s.st_dev, s.st_ino): s.st_blocks for s in _stats(root)}
    return sum(seen.values()) * 512 / 2**20


def _stats(root: Path) -> Iterator[os.stat_result]:
    for folder, _, names in os.walk(root):
        yield from ((Path(folder) / name).lstat() for name in names)


def _tools(root: Path) -> Iterator[Path]:
    papers = {"dpkg", "doc"}
    for path in files(root):
        if TOOLS.fullmatch(path.name) and papers.isdisjoint(path.parts):
            yield path.relative_to(root)


def _uncompiled(root: Path) -> Iterator[Path]:
    for source in (root / "app").rglob("*.py"):
        if not any((source.parent / "__pycache__").glob(f"{source.stem}.*.pyc")):
            yield source.relative_to(root)


def _full(cache: Path) -> bool:
    """Whether a file in it has content: empty ones are locks."""
    return any(path.stat().st_size for path in cache.rglob("*") if path.is_file())


def _filled(path: Path) -> bool:
    """Whether a file has content, or a folder has files: an empty file is where one was mounted."""
    return path.is_dir() or (path.is_file() and path.stat().st_size > 0)
