"""What must stay true of the image: who runs in it, what it is made from, what it may not hold."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def test_the_bot_runs_as_a_numbered_user_without_rights() -> None:
    assert re.findall(r"^USER (.+)$", LAST_STAGE, re.MULTILINE) == ["10001:10001"]


def test_every_stage_can_be_built_on_a_base_of_ones_own() -> None:
    assert DOCKERFILE.index("ARG BASE_IMAGE=") < DOCKERFILE.index("FROM ")
    assert {line.split()[1] for line in re.findall(r"^FROM .+", DOCKERFILE, re.MULTILINE)} == {
        "${BASE_IMAGE}"
    }


def test_every_package_is_checked_against_its_hash() -> None:
    installs = re.findall(r"pip install.*", DOCKERFILE)

    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_nothing_is_fetched_past_the_package_index() -> None:
    assert not re.search(r"^ADD |curl|wget|https?://(?!127\.0\.0\.1)", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "secret", ["data/unknot.db", "deploy/token.txt", "deploy/.env", ".env", ".git/config"]
)
def test_what_is_private_stays_out_of_the_build(secret: str) -> None:
    everything, *kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert everything == "*"
    assert not any(secret.startswith(line[1:]) for line in kept if line.startswith("!"))


@pytest.mark.parametrize("line", ["/data/", "/*.key", "/.env", "/deploy/token.txt", "/deploy/.env"])
def test_what_is_private_stays_out_of_the_repository(line: str) -> None:
    assert line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    "line", ["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "BOT_TOKEN_FILE:"]
)
def test_the_composed_bot_holds_no_rights_that_it_does_not_need(line: str) -> None:
    assert line in (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")


def test_each_setting_of_the_operator_reaches_the_composed_bot_also_a_misspelt_one() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")

    assert "env_file: [{ path: .env, required: false }]" in compose
    assert set(re.findall(r"BOT_[A-Z_]+(?=:)", compose)) == {"BOT_TOKEN_FILE", "BOT_LISTEN"}
