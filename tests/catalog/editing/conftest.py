from pathlib import Path

import pytest

from tests.catalog.small import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder without a mistake."""
    return write(tmp_path / "content")
