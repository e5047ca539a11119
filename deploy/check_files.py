"""python -m deploy.check_files: are the image's file, the deployment's and the workflows as they should be?

Each is examined by the tool made for it; what it finds becomes one line a problem, exit status 1.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze counts; a unit without any protection has 9.6
PROGRAM = re.compile(r"^ExecStart=\S+", re.MULTILINE)
EXPOSURE = re.compile(r"exposure level for .*: ([0-9.]+)")
FINDING = re.compile(r"^::[a-z]+ file=([^,]+),.*?::[^:]+:")
# a unit of this machine may have faults of its own, which are not ours to report
OTHERS = re.compile(r"(/usr)?/lib/systemd/|/etc/systemd/|/run/systemd/")


@dataclass(frozen=True, slots=True)
class Files:
    """The files below one folder, that of the repository.

    Attributes:
        systemd: The program that examines units; None: this machine has none.
    """

    root: Path = ROOT
    systemd: str | None = shutil.which("systemd-analyze")

    def problems(self) -> Iterator[str]:
        """Yield a line a problem, each beginning with the file's name."""
        yield from self.dockerfile()
        yield from self.against_schema("deploy/compose.yaml", "vendor.compose-spec")
        for workflow in sorted((self.root / ".github/workflows").glob("*.yaml")):
            name = str(workflow.relative_to(self.root))
            yield from self.against_schema(name, "vendor.github-workflows")
        yield from self.workflows()
        if self.systemd is not None:
            yield from self.units(self.systemd)

    def dockerfile(self) -> Iterator[str]:
        """Ask hadolint; it says one line a problem."""
        yield from _lines(self._said(TOOLS / "hadolint", "--no-color", "Dockerfile"))

    def against_schema(self, name: str, schema: str) -> Iterator[str]:
        """Ask check-jsonschema about one file."""
        tool = (TOOLS / "check-jsonschema", "--output-format", "json")
        said = json.loads(self._said(*tool, "--builtin-schema", schema, name))
        for error in said["errors"]:
            yield f"{name}: {error['path']}: {error['message']}"
        for error in said.get("parse_errors", ()):
            yield f"{name}: {' '.join(str(error['message']).split())}"

    def workflows(self) -> Iterator[str]:
        """Ask zizmor, which looks for ways to misuse a workflow."""
        tool = (TOOLS / "zizmor", "--offline", "--quiet", "--format", "github")
        for line in _lines(self._said(*tool, ".github/workflows")):
            yield FINDING.sub(r"\1:", line)

    def units(self, systemd: str) -> Iterator[str]:
        """Ask systemd-analyze, whose ``verify`` passes over an unknown key with status 0."""
        with tempfile.TemporaryDirectory() as folder:
            units = [self._startable(unit, Path(folder)) for unit in self._units()]
            said = self._said(systemd, "verify", "--man=no", *units)
            yield from _lines(said.replace(f"{folder}/", "deploy/"))
            for service in (unit for unit in units if unit.suffix == ".service"):
                yield from self._exposed(systemd, service)

    def _units(self) -> list[Path]:
        deploy = self.root / "deploy"
        return sorted([*deploy.glob("*.service"), *deploy.glob("*.timer")])

    def _startable(self, unit: Path, folder: Path) -> Path:
        """Return a copy whose program exists here; all else is as in the file."""
        copy = folder / unit.name
        copy.write_text(PROGRAM.sub("ExecStart=/bin/true", unit.read_text("utf-8")), "utf-8")
        return copy

    def _exposed(self, systemd: str, service: Path) -> Iterator[str]:
        said = self._said(systemd, "security", "--offline=true", "--no-pager", service)
        level = EXPOSURE.search(said)
        if level is None:
            yield f"deploy/{service.name}: systemd-analyze gave no exposure level: {said[:200]!r}"
        elif float(level[1]) > MOST_EXPOSED:
            yield f"deploy/{service.name}: exposure level {level[1]}, at most {MOST_EXPOSED} is allowed."

    def _said(self, *command: "str | Path") -> str:
        """Return what a tool says on either stream; its status says no more than that."""
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        return done.stdout or done.stderr


def _lines(said: str) -> Iterable[str]:
    return (line for line in said.splitlines() if line.strip() and not OTHERS.match(line))


def main(files: Files) -> int:
    """Print what is wrong; return 1 if anything is, or if in CI something could not be examined."""
    problems = list(files.problems())
    for problem in problems:
        print(problem, file=sys.stderr)
    unseen = files.systemd is None
    if unseen:
        print(
            "deploy/*.service, *.timer: not examined, there is no systemd-analyze.", file=sys.stderr
        )
    return int(bool(problems) or (unseen and bool(os.environ.get("CI"))))


if __name__ == "__main__":
    sys.exit(main(Files()))
