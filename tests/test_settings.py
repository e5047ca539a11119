from pathlib import Path

import pytest

from bot.core.load import Capacity
from bot.core.operator import Operator
from bot.errors import SettingsError
from bot.settings import Settings, examined_settings, read_settings
from bot.store.urls import sqlite_path


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # as the environment gives them


def test_the_database_and_the_key_lie_where_the_data_folder_says() -> None:
    chosen = settings(data_dir=Path("/var/lib/unknot"))

    assert chosen.database == "sqlite:////var/lib/unknot/unknot.db"
    assert chosen.key == Path("/var/lib/unknot.key")


def test_the_key_lies_outside_the_data_folder_so_that_a_copy_of_it_names_no_one() -> None:
    assert settings().data_dir not in settings().key.parents


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%41b", "100 %", "a\nb", "папка с пробелом"])
def test_whatever_its_name_the_data_folder_holds_the_database(tmp_path: Path, name: str) -> None:
    chosen = settings(data_dir=tmp_path / name)

    assert sqlite_path(chosen.database) == tmp_path / name / "unknot.db"


@pytest.mark.parametrize("name", [".", "inner/.."])
def test_a_data_folder_without_a_name_has_its_key_beside_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = settings(data_dir=Path(name))

    assert chosen.key == tmp_path.with_name(f"{tmp_path.name}.key")
    assert sqlite_path(chosen.database) == tmp_path / "unknot.db"


def test_the_root_of_the_machine_is_refused_as_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_DATA_DIR", "/")

    with pytest.raises(SettingsError, match="BOT_DATA_DIR: must be a folder below the root"):
        read_settings({})


def test_the_token_is_never_shown_by_the_settings() -> None:
    chosen = settings(token="1:canary")

    assert "canary" not in repr(chosen) + str(chosen)
    assert chosen.read_token() == "1:canary"


def test_the_databases_password_is_never_shown_by_the_settings() -> None:
    url = "postgresql://me:canary@db.example/unknot"
    chosen = settings(database_url=url)

    assert "canary" not in repr(chosen) + str(chosen)
    assert chosen.database == url


def test_the_token_may_lie_in_a_file_with_a_line_end(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("1:abc\n")

    assert settings(token_file=tmp_path / "token").read_token() == "1:abc"


@pytest.mark.parametrize(
    ("held", "says"), [("\n", "holds nothing"), ("1:abc\n2:def\n", "more than one line")]
)
def test_a_token_file_that_does_not_hold_one_token_says_what_to_put_there(
    tmp_path: Path, held: str, says: str
) -> None:
    (tmp_path / "token").write_text(held)

    with pytest.raises(SettingsError, match=says) as caught:
        settings(token_file=tmp_path / "token").read_token()
    assert "abc" not in str(caught.value)


def test_the_operators_details_reach_the_texts() -> None:
    chosen = settings(operator_name="Quiet Clinic", emergency_number="999")

    assert chosen.operator == Operator("Quiet Clinic", "999")


@pytest.mark.parametrize(
    ("listen", "address"),
    [("127.0.0.1:9090", ("127.0.0.1", 9090)), ("[::1]:80", ("::1", 80))],
)
def test_the_address_to_listen_on_is_host_and_port(listen: str, address: tuple[str, int]) -> None:
    assert settings(listen=listen).address == address


def test_an_unknown_name_without_a_neighbour_is_refused_too() -> None:
    with pytest.raises(SettingsError, match=r"settings\.md lists the names"):
        read_settings({"BOT_XYLOPHONE": "1"})


@pytest.mark.parametrize("content", [b"BOT_TOKEN=\xff", None])
def test_an_env_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is None:
        (tmp_path / ".env").mkdir()
    else:
        (tmp_path / ".env").write_bytes(content)

    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        read_settings({})


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BOT_API_URL", "http://[canary", "BOT_API_URL"),
        ("BOT_LISTEN", "127.0.0.1:70000", "BOT_LISTEN"),
        ("BOT_LOG_FORMAT", "canary", "BOT_LOG_FORMAT"),
        ("BOT_TOKEN_FILE", "canary", "not both"),
    ],
)
def test_a_wrong_value_is_named_by_its_setting_and_never_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=word) as caught:
        read_settings()
    assert "canary" not in str(caught.value)


def test_levels_and_formats_may_be_written_in_any_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_LOG_LEVEL", "debug")
    monkeypatch.setenv("BOT_LOG_FORMAT", "JSON")
    chosen = read_settings({})

    assert (chosen.log_level, chosen.log_format) == ("DEBUG", "json")


def test_what_is_no_token_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError, match="form of a token"):
        settings(token="canary").read_token()


def test_a_token_file_that_is_not_there_is_named_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN_FILE"):
        settings(token_file=tmp_path / "none").read_token()


def test_a_misspelt_name_in_the_env_file_gets_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("BOT_TOKNE=1:abc\nHOME=/x\n")

    with pytest.raises(SettingsError, match="did you mean BOT_TOKEN"):
        read_settings({})


def test_all_that_is_wrong_is_found_at_once_and_the_rest_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("BOT_TOKNE=1:abc\nBOT_OPERATOR_NAME=Quiet Clinic\n")
    monkeypatch.setenv("BOT_IN_FLIGHT", "none")
    monkeypatch.setenv("BOT_LISTEN", "canary")
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    monkeypatch.setenv("BOT_TOKEN_FILE", "canary")
    found, wrong = examined_settings({"BOT_XYLOPHONE": "1"})

    named = ["BOT_XYLOPHONE", "BOT_TOKNE", "BOT_LISTEN", "BOT_IN_FLIGHT", "set BOT_TOKEN or"]
    assert [error.problem[: len(name)] for error, name in zip(wrong, named, strict=True)] == named
    assert (found.operator_name, found.in_flight) == ("Quiet Clinic", 4)
    assert found.read_token() == "1:secret"
    assert "canary" not in str(wrong)


def test_with_an_env_file_that_cannot_be_read_the_environment_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff")
    monkeypatch.setenv("BOT_IN_FLIGHT", "7")
    found, wrong = examined_settings({})

    assert found.in_flight == 7
    assert len(wrong) == 1


HOOK = {"webhook_url": "https://bot.example.org/telegram"}
SECRET = "canary_-" * 4


def test_without_a_webhook_address_the_bot_asks_for_updates_and_says_so_where_a_secret_is_set(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert settings().read_webhook() is None
    assert not caplog.records
    for name in ("webhook_secret", "webhook_secret_file"):
        assert settings(**{name: "short"}).read_webhook() is None

    assert [record.__dict__["event"] for record in caplog.records] == ["webhook.no_address"] * 2
    assert "short" not in caplog.text


@pytest.mark.parametrize("secret", [SECRET, "a" * 256])
def test_a_webhook_has_its_address_and_a_secret_that_is_not_shown(secret: str) -> None:
    chosen = settings(**HOOK, webhook_secret=secret)
    hook = chosen.read_webhook()

    assert hook is not None
    assert (hook.url, hook.secret) == (HOOK["webhook_url"], secret)
    assert secret not in repr(hook) + repr(chosen)


@pytest.mark.parametrize("secret", [SECRET[:-1], "a" * 257, SECRET + "!", SECRET + " x", "ж" * 40])
def test_a_webhooks_secret_that_could_be_guessed_is_refused_without_showing_it(
    secret: str,
) -> None:
    with pytest.raises(SettingsError, match="32 to 256 letters") as caught:
        settings(**HOOK, webhook_secret=secret).read_webhook()
    assert secret not in str(caught.value)


def test_a_webhook_without_a_secret_is_refused_and_says_how_to_make_one() -> None:
    with pytest.raises(SettingsError, match="openssl rand -hex 32"):
        settings(**HOOK).read_webhook()


def test_a_webhooks_secret_may_lie_in_a_file_but_not_in_two_places(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    hook = settings(**HOOK, webhook_secret_file=tmp_path / "secret").read_webhook()

    assert hook is not None
    assert hook.secret == SECRET
    with pytest.raises(SettingsError, match="keep one of them"):
        settings(
            **HOOK, webhook_secret=SECRET, webhook_secret_file=tmp_path / "secret"
        ).read_webhook()


def test_a_secret_file_that_is_not_there_is_named_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BOT_WEBHOOK_SECRET_FILE cannot be read"):
        settings(**HOOK, webhook_secret_file=tmp_path / "none").read_webhook()


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.org",
        "https://bot.example.org/",
        "https://user@bot.example.org/x",
        "https://bot.example.org/x?canary",
        "https://bot.example.org/{x}",
        "ftp://bot.example.org/x",
        "https:///x",
    ],
)
def test_a_webhook_address_that_is_not_plain_https_with_a_path_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_WEBHOOK_URL", url)

    with pytest.raises(SettingsError, match="must be an https address with a path"):
        read_settings({})


def test_what_can_be_sent_follows_from_rate_and_budget() -> None:
    assert settings().capacity == Capacity(29.0)
    assert settings(sends_per_second=20, paid_broadcast=500).capacity == Capacity(20.0, 500)


def test_an_empty_budget_means_that_nothing_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PAID_BROADCAST", "")

    assert read_settings({}).paid_broadcast == 0
