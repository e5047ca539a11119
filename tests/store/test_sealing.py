"""Chat ids at rest, and the key that belongs to them."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.failures import path_failure
from bot.store.keyfile import make_key, read_key
from bot.store.prepare import prepare
from bot.store.seal import Seal
from bot.store.sqlite import SqliteStore
from tests.store.contract import CHAT, EIGHT, keep, person, take_one

SEAL = Seal(bytes(32))
CHATS = st.integers(-(2**63), 2**63 - 1)


@given(CHATS)
def test_a_sealed_chat_opens_again_and_looks_different_each_time(chat: int) -> None:
    assert SEAL.open(SEAL.close(chat)) == chat
    assert SEAL.close(chat) != SEAL.close(chat)


@given(CHATS, CHATS)
def test_a_chat_is_found_by_one_value_that_is_its_own(one: int, other: int) -> None:
    assert (SEAL.lookup(one) == SEAL.lookup(other)) is (one == other)


def test_another_key_finds_other_values_and_has_another_fingerprint() -> None:
    other = Seal(bytes(31) + b"\1")

    assert other.lookup(CHAT) != SEAL.lookup(CHAT)
    assert other.fingerprint != SEAL.fingerprint


@pytest.mark.parametrize(
    "sealed", [b"", b"short", SEAL.close(5)[:-1] + b"\0\0"], ids=["empty", "short", "changed"]
)
def test_a_changed_value_is_refused_with_the_way_back(sealed: bytes) -> None:
    with pytest.raises(StoreBrokenError, match="bot restore FILE"):
        SEAL.open(sealed)


async def test_no_file_ever_holds_a_chat_id_in_clear(
    store: SqliteStore, database: Path, key_file: Path
) -> None:
    await take_one(store)
    async with store.change(CHAT, 1, EIGHT) as change:
        await change.forget()
    await keep(store, person())

    everything = b"".join(file.read_bytes() for file in database.parent.iterdir())
    for clear in (str(CHAT).encode(), CHAT.to_bytes(8, "big"), CHAT.to_bytes(8, "little")):
        assert clear not in everything
    with closing(sqlite3.connect(database)) as db:
        assert str(CHAT) not in "\n".join(db.iterdump())


def test_the_first_start_makes_a_key_only_its_owner_can_read(
    database: Path, key_file: Path
) -> None:
    seal = prepare(database, key_file)

    assert key_file.stat().st_mode & 0o777 == 0o600
    assert prepare(database, key_file).fingerprint == seal.fingerprint


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["event"] for record in caplog.records if record.levelname == "WARNING"]


def test_a_new_database_beside_a_key_that_was_there_is_told_once(
    database: Path, key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(database, key_file)
    prepare(database, key_file)
    assert events(caplog) == []

    database.unlink()
    prepare(database, key_file)
    prepare(database, key_file)
    assert events(caplog) == ["database.new"]
    assert "python -m bot restore FILE" in vars(caplog.records[-1])["fix"]


def other_key(key_file: Path) -> None:
    make_key(key_file)


@pytest.mark.parametrize(("harm", "said"), [(Path.unlink, "no such file"), (other_key, "another")])
async def test_with_people_in_the_database_a_missing_or_wrong_key_ends_the_start(
    store: SqliteStore, database: Path, key_file: Path, harm: Callable[[Path], None], said: str
) -> None:
    await keep(store, person())
    harm(key_file)

    for _ in range(2):  # the first refusal made no key that the second would take
        with pytest.raises(SettingsError, match=said):
            prepare(database, key_file)


@pytest.mark.parametrize("harm", [Path.unlink, other_key])
def test_with_nobody_in_the_database_any_key_will_do(
    database: Path, key_file: Path, harm: Callable[[Path], None]
) -> None:
    before = prepare(database, key_file).fingerprint
    harm(key_file)

    after = prepare(database, key_file).fingerprint
    assert after != before
    assert prepare(database, key_file).fingerprint == after


@pytest.mark.parametrize("text", [b"", b"abc", b"zz" * 32, b"\xff" * 64, b"00" * 31])
def test_a_file_that_holds_no_key_is_refused_and_left_alone(key_file: Path, text: bytes) -> None:
    key_file.write_bytes(text)

    with pytest.raises(SettingsError, match="holds no key"):
        read_key(key_file)
    assert key_file.read_bytes() == text


def test_a_key_file_that_others_may_read_is_warned_of(
    key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = make_key(key_file)
    key_file.chmod(0o640)

    with caplog.at_level(logging.WARNING):
        assert read_key(key_file) == key
    assert [record.message for record in caplog.records] == ["key file readable by others"]
    assert key.hex() not in caplog.text


def test_a_key_path_that_cannot_be_used_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="BOT_KEY_FILE"):
        read_key(tmp_path)
    with pytest.raises(SettingsError, match="BOT_KEY_FILE"):
        make_key(tmp_path / "file" / "key")


def test_a_full_disk_at_the_first_start_is_only_out_of_reach(tmp_path: Path) -> None:
    error = OSError(28, "No space left on device")

    assert isinstance(path_failure(error, tmp_path, "BOT_KEY_FILE"), StoreUnavailableError)
