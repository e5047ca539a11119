import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.ops.logs import TALKATIVE, set_up_logs

TOKEN = "123456:AAF-canary_token"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)


FIELDS = {"event": "update.failed", "update_id": 5}


def test_a_line_names_moment_level_message_event_and_fields(stream: io.StringIO) -> None:
    set_up_logs("INFO", as_json=False, stream=stream)
    logging.getLogger("bot").info("update failed", extra=FIELDS)

    assert "INFO    update failed event=update.failed update_id=5" in stream.getvalue()


def test_json_lines_can_be_read_back_with_their_fields(stream: io.StringIO) -> None:
    set_up_logs("INFO", as_json=True, stream=stream)
    logging.getLogger("bot").info("update failed", extra=FIELDS)
    line = json.loads(stream.getvalue())

    assert FIELDS.items() <= line.items()
    assert (line["message"], line["level"]) == ("update failed", "INFO")


@pytest.mark.parametrize("as_json", [True, False])
def test_the_token_is_blacked_out_wherever_it_stands(stream: io.StringIO, *, as_json: bool) -> None:
    set_up_logs("DEBUG", as_json=as_json, stream=stream)
    error = ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("bot").error("in %s", TOKEN, extra={"address": TOKEN}, exc_info=error)

    assert "canary" not in stream.getvalue()
    assert "address=<token>" in stream.getvalue() or '"address": "<token>"' in stream.getvalue()


def test_libraries_that_log_what_people_wrote_are_held_to_warnings(stream: io.StringIO) -> None:
    set_up_logs("DEBUG", as_json=False, stream=stream)
    for name in TALKATIVE:
        logging.getLogger(name).info("canary")

    assert stream.getvalue() == ""


def test_an_error_is_told_by_its_kind_and_place_never_by_its_text(stream: io.StringIO) -> None:
    set_up_logs("INFO", as_json=False, stream=stream)
    try:
        try:
            int("canary")
        except ValueError as error:
            raise RuntimeError from error
    except RuntimeError:
        logging.getLogger("bot").exception("update failed")

    told = stream.getvalue()
    assert "canary" not in told.replace('int("canary")', "")
    assert "ValueError\nwhich led to" in told
    assert "RuntimeError" in told


def test_of_a_library_only_the_unfilled_line_is_kept(stream: io.StringIO) -> None:
    set_up_logs("INFO", as_json=False, stream=stream)
    logging.getLogger("telegram.ext").error("Update %s failed", "canary", extra={"of": "canary"})

    assert "Update %s failed event=telegram.ext\n" in stream.getvalue()
    assert "canary" not in stream.getvalue()
