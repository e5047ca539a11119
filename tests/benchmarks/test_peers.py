"""Which peers are measured: those that are here; each other one is named with its reason."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks.bench import QUICK, interleaved
from benchmarks.bots import AIOGRAM, GRAMMY, PTB, TELEBOT, Peer, found, node_version, own_python
from benchmarks.head import head
from benchmarks.server_side import Server

ROOT = Path(__file__).resolve().parents[2]
PINS = (ROOT / "requirements" / "peers.txt").read_text(encoding="utf-8")
PACKAGE = json.loads((ROOT / "benchmarks/peers/grammy/package.json").read_text(encoding="utf-8"))


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that stands for Node, the only program that is found."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    return programs / "node"


def says(program: Path, words: str) -> None:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\necho '{words}'\n")
    program.chmod(0o700)


def installed(folder: Path) -> None:
    """Set up what an environment of the peers has."""
    says(folder / "bin" / "python", '["1", "2", "3", "4", "5"]')
    says(folder / "ours" / "bin" / "python", '["7", "8", "9", "10", "11"]')
    for name in ("grammy", "@grammyjs/runner"):
        package = folder / "grammy" / "node_modules" / name / "package.json"
        package.parent.mkdir(parents=True)
        package.write_text('{"version": "6.7"}')


def test_where_nothing_is_installed_our_own_library_is_still_measured(
    tmp_path: Path, node: Path
) -> None:
    peers, left_out = found(tmp_path)

    assert [peer.name for peer in peers] == [PTB]
    assert [line.split(" was left out: ")[0] for line in left_out] == [TELEBOT, AIOGRAM, GRAMMY]
    assert not node.exists()


def test_all_that_is_installed_is_measured(tmp_path: Path, node: Path) -> None:
    says(node, "v20.1.0")
    installed(tmp_path)
    peers, left_out = found(tmp_path)

    assert [peer.name for peer in peers] == [PTB, TELEBOT, AIOGRAM, GRAMMY]
    assert not left_out


@pytest.mark.parametrize("version", ["v16.20.2", "nothing"])
def test_grammy_is_left_out_because_node_is_missing_or_too_old(
    tmp_path: Path, node: Path, version: str
) -> None:
    says(node, version)
    installed(tmp_path)

    assert found(tmp_path)[1] == [f"{GRAMMY} was left out: Node (18 or later) is missing"]


def test_grammy_is_left_out_where_npm_could_not_install_it(tmp_path: Path, node: Path) -> None:
    says(node, "v20.1.0")

    assert found(tmp_path)[1][-1].startswith(f"{GRAMMY} was left out: it is not installed")


def test_without_node_its_version_is_nothing(node: Path) -> None:
    assert not node.exists()
    assert node_version() == 0


def test_the_head_names_every_version_and_who_was_left_out(tmp_path: Path, node: Path) -> None:
    says(node, "v20.1.0")
    installed(tmp_path)
    text = head(tmp_path, QUICK, ["aiogram was left out: for a reason"])

    assert (
        "ours and python-telegram-bot: python-telegram-bot 7, httpx 8, aiohttp 9, orjson 10" in text
    )
    assert "peers: pyTelegramBotAPI 1, aiogram 2," in text
    assert "Node 20.1.0: grammy 6.7, @grammyjs/runner 6.7" in text
    assert "aiogram was left out: for a reason" in text


def test_the_head_leaves_grammy_out_where_node_is_gone_since(tmp_path: Path, node: Path) -> None:
    installed(tmp_path)

    assert not node.exists()
    assert "grammy" not in head(tmp_path, QUICK, [])


def test_the_head_says_where_ours_does_not_run_as_an_operator_has_it(tmp_path: Path) -> None:
    assert "ours and python-telegram-bot (from the development environment): " in head(
        tmp_path, QUICK, []
    )


def test_ours_runs_from_an_environment_that_holds_nothing_else(tmp_path: Path) -> None:
    assert own_python(tmp_path) == sys.executable

    installed(tmp_path)

    assert own_python(tmp_path) == str(tmp_path / "ours" / "bin" / "python")


def test_a_peer_is_started_with_server_token_and_what_to_answer() -> None:
    peer = Peer("it", ("run",), "it.{}", extra=("more",), needs={"HERE": "1"})

    assert peer.command("bot", Server("http://server"), "1:a") == [
        *("run", "it.bot", "http://server", "1:a", "more")
    ]
    assert peer.told({"sendMessage": {"text": "Hi"}}) == {
        "HERE": "1",
        "BENCH_WORK": '{"sendMessage": {"text": "Hi"}}',
    }
    assert peer.told(None) == {"HERE": "1"}


def test_cases_are_measured_by_turns_not_one_after_the_other() -> None:
    turns = []

    def once(case: int) -> int:
        turns.append(case)
        return len(turns)

    assert interleaved({"a": 1, "b": 2}, 2, once) == {"a": [1, 3], "b": [2, 4]}
    assert turns == [1, 2, 1, 2]


def test_the_head_says_nothing_of_peers_that_are_not_there(tmp_path: Path) -> None:
    text = head(tmp_path, QUICK, [])

    assert "peers:" not in text
    assert "Node" not in text


def test_the_peer_has_the_same_python_telegram_bot_that_ours_runs_on() -> None:
    ours = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pattern = r"^python-telegram-bot(?:\[[a-z, -]+\])?==(\S+)"

    assert re.findall(pattern, PINS, re.MULTILINE) == re.findall(pattern, ours, re.MULTILINE) != []


def test_every_peer_is_checked_against_its_hash_and_comes_from_no_named_address() -> None:
    pins = re.split(r"\n(?=\S)", PINS.strip())

    assert all(re.match(r"\S+(?:, \S+)?==\S+ ", pin) and "--hash=sha256:" in pin for pin in pins)
    assert "//" not in PINS


def test_the_peers_of_node_are_exact_versions() -> None:
    versions = PACKAGE["dependencies"].values()

    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
    assert "scripts" not in PACKAGE
