import tomllib

from bot import __version__
from tests.conftest import ROOT


def test_the_bot_tells_the_version_that_the_project_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == __version__
