"""The files of the deployment pass their tools, and a fault in any of them is one line."""

import shutil
from pathlib import Path

import pytest

from deploy import check_files
from deploy.check_files import Files
from tests.conftest import ROOT

EXAMINED = ("Dockerfile", "deploy", ".github/workflows")


@pytest.fixture
def copied(tmp_path: Path) -> Files:
    for name in EXAMINED:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return Files(tmp_path)


def with_fault(files: Files, name: str, right: str, wrong: str) -> list[str]:
    """Return what is found once a file has ``wrong`` in the place of ``right``."""
    path = files.root / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return list(files.problems())


def test_the_repository_s_own_files_have_no_problem() -> None:
    assert list(Files().problems()) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "found"),
    [
        ("Dockerfile", "USER 10001:10001", "USER 10001:10001\nRUN sudo ls", "DL3004"),
        ("Dockerfile", "WORKDIR /app", "WORKDIR app", "DL3000"),
        ("Dockerfile", "USER 10001", "USRE 10001", "Dockerfile"),
        ("deploy/compose.yaml", "restart:", "restrat:", "restrat"),
        ("deploy/compose.yaml", "pids_limit: 64", "pids_limit: [many]", "pids_limit"),
        ("deploy/compose.yaml", "services:", "services: [", "compose.yaml"),
        (".github/workflows/ci.yaml", "runs-on:", "runs-no:", "runs-no"),
        (".github/workflows/ci.yaml", "persist-credentials: false", "clean: true", "credential"),
        (".github/workflows/ci.yaml", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7", "pinned"),
        (".github/workflows/ci.yaml", "  pull_request:", "  pull_request_target:", "trigger"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_file(
    copied: Files, name: str, right: str, wrong: str, found: str
) -> None:
    problems = with_fault(copied, name, right, wrong)

    assert any(Path(name).name in line and found in line for line in problems), problems
    assert not any("\n" in line for line in problems)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "found"),
    [
        ("unknot.service", "MemoryMax=", "MemoryMost=", "Unknown key"),
        ("unknot.service", "User=unknot", "Usr=unknot", "Unknown key"),
        ("unknot.service", "TimeoutStopSec=20", "TimeoutStopSec=soon", "soon"),
        ("unknot.service", "ExecStart=/", "ExecBegin=/", "ExecBegin"),
        ("unknot-backup.service", "StateDirectory=", "StateDir=", "Unknown key"),
        ("unknot-backup.timer", "OnCalendar=daily", "OnCalendar=dayly", "dayly"),
        ("unknot.service", "CapabilityBoundingSet=\n", "CapabilityBoundingSet=~\n", "exposure level"),
    ],
)  # fmt: skip
def test_a_unit_of_which_systemd_would_only_warn_is_a_problem(
    copied: Files, name: str, right: str, wrong: str, found: str
) -> None:
    problems = with_fault(copied, f"deploy/{name}", right, wrong)
    named = [line for line in problems if name in line and found in line]

    assert bool(named) == (copied.systemd is not None), problems


def test_a_bare_unit_is_named_with_how_far_it_is_exposed(copied: Files) -> None:
    unit = copied.root / "deploy" / "unknot.service"
    unit.write_text("[Service]\nExecStart=/opt/unknot/run\n", encoding="utf-8")
    exposed = [line for line in copied.problems() if "exposure level 9" in line]

    assert len(exposed) == (copied.systemd is not None)


def test_what_systemd_says_of_units_of_others_is_not_ours(tmp_path: Path, copied: Files) -> None:
    said = "/lib/systemd/system/plymouth.service:17: old\ndeploy/unknot.service:3: bad"
    program = tmp_path / "analyze"
    program.write_text(f"#!/bin/sh\n[ $1 = verify ] && printf '{said}' || echo no level\n")
    program.chmod(0o755)

    problems = list(copied.units(str(program)))
    assert problems[0] == "deploy/unknot.service:3: bad"
    assert len(problems) == 1 + 2
    assert "gave no exposure level" in problems[1]


@pytest.mark.parametrize(("in_ci", "status"), [("true", 1), ("", 0)])
def test_units_that_cannot_be_examined_fail_the_check_in_ci_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_ci: str, status: int
) -> None:
    monkeypatch.setenv("CI", in_ci)
    assert check_files.main(Files(systemd=None)) == status

    assert capsys.readouterr().err.count("not examined") == 1


def test_a_problem_is_printed_and_fails_the_check(
    copied: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    (copied.root / "Dockerfile").write_text("FROM debian\n")
    assert check_files.main(copied) == 1

    assert "Dockerfile:1 DL3006" in capsys.readouterr().err
