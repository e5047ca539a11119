"""How long new zone data take is measured on what the bot itself would do."""

from pathlib import Path

import pytest

from benchmarks.retiming import measure
from benchmarks.seed import main


async def test_every_seeded_plan_is_worked_out_anew_and_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_KEY_FILE", str(tmp_path / "seed.key"))
    database = tmp_path / "seed.db"
    where = ["--database", f"sqlite:///{database}", "--subscribers", "501"]
    main([*where, "--due", "2026-12-01T08:00:00Z", "--kind", "break"])
    measured = await measure(database, tmp_path / "seed.key")

    assert measured["plans"] == 501
    assert measured["seconds"] > 0
