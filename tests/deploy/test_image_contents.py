"""What the trial of an image finds in its files: each thing that should not be there is named."""

import json
from pathlib import Path

import pytest

from deploy.trial.contents import examine, own_words, problems
from deploy.trial.engine import Image, TrialError

CONFIG = {"User": "10001:10001", "Healthcheck": {"Test": ["CMD", "true"]}}


def image(folder: Path, **config: object) -> Image:
    """Return an image of one program with its byte code, described with ``config``."""
    cache = folder / "root/app/bot/__pycache__"
    cache.mkdir(parents=True, exist_ok=True)
    (folder / "root/app/bot/run.py").touch()
    (cache / "run.cpython-311.pyc").touch()
    (folder / "image.json").write_text(json.dumps({"Docker": {"config": CONFIG | config}}))
    return Image(folder / "root", folder / "image.json")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("usr/local/bin/pip3", "a tool"),
        ("app/.venv/lib/python3.11/site-packages/setuptools/x", "a tool"),
        ("usr/share/python-wheels/pip-23.0.1-py3-none-any.whl", "a tool"),
        ("usr/lib/python3.11/ensurepip/x", "a tool"),
        ("usr/bin/gcc-12", "a tool"),
        ("var/lib/apt/lists/mirror.example_dists", "a cache"),
        ("root/.cache/pip/http/x", "a cache"),
        ("etc/pip.conf", "settings of a package index"),
        ("root/.config/pip/pip.conf", "settings of a package index"),
        ("app/bot/late.py", "source without byte code"),
    ],
)
def test_what_an_image_must_not_hold_is_named(tmp_path: Path, path: str, says: str) -> None:
    built = image(tmp_path)
    (built.root / path).parent.mkdir(parents=True, exist_ok=True)
    (built.root / path).write_text("x")

    assert [found for found in problems(built) if says in found]


def test_an_image_with_nothing_but_its_program_has_no_problem(tmp_path: Path) -> None:
    built = image(tmp_path)
    for harmless, text in {
        "etc/pip.conf": "",  # where a file was mounted
        "var/lib/apt/lists/lock": "",
        "usr/lib/python3.11/pipes.py": "x",
        "usr/share/doc/gcc-12/copyright": "x",
    }.items():
        (built.root / harmless).parent.mkdir(parents=True, exist_ok=True)
        (built.root / harmless).write_text(text)

    assert list(problems(built)) == []
    examine(built)


def test_a_word_of_the_machine_that_built_it_is_found_in_label_history_or_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.clinic.example/simple")
    monkeypatch.setenv("https_proxy", "http://proxy.clinic.example:3128")
    monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "180")
    told = image(tmp_path, Env=["A=https://index.clinic.example/simple", "TIMEOUT=180"])

    assert {
        "https://index.clinic.example/simple",
        "http://proxy.clinic.example:3128",
    } <= own_words()
    assert list(problems(told)) == ["a word of this machine: https://index.clinic.example/simple"]


def test_an_image_without_a_health_check_fails_the_trial(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="no health check"):
        examine(image(tmp_path, Healthcheck=None))


def test_an_image_with_a_problem_fails_the_trial_with_one_line(tmp_path: Path) -> None:
    built = image(tmp_path)
    (built.root / "app/bot/__pycache__/run.cpython-311.pyc").unlink()
    with pytest.raises(TrialError, match=r"without byte code: /app/bot/run\.py") as failed:
        examine(built)

    assert "\n" not in str(failed.value)
