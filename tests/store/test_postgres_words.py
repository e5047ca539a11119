"""How statements and addresses for PostgreSQL are read."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.store.postgres.parameters import numbered
from bot.store.urls import is_postgres, postgres_address, sqlite_path


def test_each_name_becomes_one_number_however_often_it_stands() -> None:
    assert numbered("SELECT :a + :b_c + :a") == ("SELECT $1 + $2 + $1", ("a", "b_c"))


def test_a_cast_is_no_name() -> None:
    assert numbered("SELECT :a::text") == ("SELECT $1::text", ("a",))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://u:p@db.example/unknot", "db.example/unknot"),
        ("postgres://u:p%40q@db.example:5433/unknot", "db.example:5433/unknot"),
        (
            "postgresql://u:p@one,two:5433/unknot?target_session_attrs=read-write",
            "one,two:5433/unknot",
        ),
        ("postgresql://[::1]:5432/unknot?search_path=ours", "[::1]:5432/unknot"),
        ("postgresql:///unknot?host=/run/postgresql", "here/unknot"),
    ],
)
def test_an_address_of_postgresql_is_named_without_user_and_password(url: str, name: str) -> None:
    address = postgres_address(url)

    assert is_postgres(url)
    assert (address.dsn, address.name) == (url, name)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:canary@host",
        "postgresql://u:canary@host/",
        "postgresql://u:can@ary@host/db",
        "postgresql://u:12/canary@host/db",
        "postgresql://u:can?ary@host/db",
        "postgresql://u:can#ary@host/db",
        "postgresql://u:canary@host:port/db",
        "postgresql://u:canary@host:65536/db",
        "postgresql://u:canary@host:99999/db",
        "postgresql://u:canary@host:0/db",
        "postgresql://u:canary@one:65535,two:65536/db",
        "postgresql://u:canary@/db/x",
        "postgresql://u:canary@[/db",
        "postgresql://u:canary@host/db?sslmode",
        "postgresql://u@host/db?password=canary",
        "postgresql://u:canary@ho st/db",
    ],
)
def test_any_other_address_of_postgresql_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL") as caught:
        postgres_address(url)
    assert "can" not in str(caught.value)
    assert "ary" not in str(caught.value)


@pytest.mark.parametrize("value", ["canary", "verify_full", "parse", "require&sslmode=canary"])
def test_an_option_without_such_a_value_is_named_with_those_that_there_are(value: str) -> None:
    with pytest.raises(SettingsError, match="sslmode") as caught:
        postgres_address(f"postgresql://db.example/unknot?sslmode={value}")
    assert "require, verify-ca, verify-full" in caught.value.fix
    assert "canary" not in str(caught.value)
    with pytest.raises(SettingsError, match="target_session_attrs"):
        postgres_address("postgresql://db.example/unknot?target_session_attrs=writes")


def test_a_file_that_an_option_names_has_to_be_there(tmp_path: Path) -> None:
    url = f"postgresql://db.example/unknot?sslmode=require&sslrootcert={tmp_path / 'root.crt'}"
    for wrong in (url, f"{url}%00"):
        with pytest.raises(SettingsError, match=r"sslrootcert.*read") as caught:
            postgres_address(wrong)
        assert str(tmp_path) not in str(caught.value)
    (tmp_path / "root.crt").touch()

    assert postgres_address(url).dsn == url


def test_a_file_is_no_address_of_postgresql_and_the_other_way_round() -> None:
    assert not is_postgres("sqlite:///x.db")
    with pytest.raises(SettingsError, match="SQLite file only"):
        sqlite_path("postgresql://u:p@host/db")
