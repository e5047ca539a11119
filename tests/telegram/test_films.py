"""Films go out with their text, are uploaded once, and never hold up the words under them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError

from bot.core import actions as act
from bot.core.screens import Button, Picture, Screen
from bot.core.text import Span, Text
from bot.telegram.bot import RawBot
from bot.telegram.place import Placer, Tapped
from tests.memory_store import MemoryStore
from tests.telegram.fake_api import FakeApi, connected, placer, serving

CHAT = 5
FILM, STILL = Picture("cat-cow"), Picture("cat-cow", moving=False)
CARD = Screen(
    (Text("Kneel.", (Span(0, 5, "bold"),)),), ((Button("Menu", act.Home()),),), picture=FILM
)
PLAIN = Screen((Text("Menu"),), CARD.buttons)
WRONG_ID = (400, "Bad Request: wrong file identifier/HTTP URL specified")
MARKUP = {"inline_keyboard": [[{"text": "Menu", "callback_data": "1:en:home"}]]}
TEXT, WITH_FILM = Tapped(7), Tapped(7, has_media=True)


@dataclass
class Studio:
    api: FakeApi
    bot: RawBot
    folder: Path
    store: MemoryStore = field(default_factory=MemoryStore)
    stopped: list[int] = field(default_factory=list)

    def files(self, picture: Picture) -> Path | None:
        name = "move.mp4" if picture.moving else "poster.png"
        return self.folder / name if picture.name == "cat-cow" else None

    def placer(self) -> Placer:
        """Return a placer that knows only what the store remembers, as after a start."""

        async def on_stopped(chat: int) -> None:
            self.stopped.append(chat)

        return placer(self.bot, on_stopped, self.files, self.store)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    (tmp_path / "move.mp4").write_bytes(b"film")
    (tmp_path / "poster.png").write_bytes(b"poster")
    async with _opened(FakeApi(), tmp_path) as studio:
        yield studio


@asynccontextmanager
async def _opened(api: FakeApi, folder: Path) -> AsyncIterator[Studio]:
    async with serving(api) as root, connected(root) as bot:
        yield Studio(api, bot, folder)


async def test_a_new_card_is_a_film_with_its_text_as_caption(studio: Studio) -> None:
    assert await studio.placer().place(CARD, CHAT, None) == 101

    assert studio.api.params("sendAnimation") == {
        "chat_id": CHAT,
        "animation": b"film",
        "show_caption_above_media": True,
        "caption": "Kneel.",
        "caption_entities": [{"type": "bold", "offset": 0, "length": 5}],
        "reply_markup": MARKUP,
    }


async def test_a_card_without_entities_and_buttons_is_as_simple_as_it_looks(studio: Studio) -> None:
    bare = Screen((Text("Kneel."),), picture=FILM)
    await studio.placer().place(bare, CHAT, None)
    await studio.placer().place(bare, CHAT, TEXT)

    above = "show_caption_above_media"
    assert studio.api.params("sendAnimation").keys() == {"chat_id", "animation", "caption", above}
    media = studio.api.params("editMessageMedia")["media"]
    assert media.keys() == {"type", "media", "caption", above}


@pytest.mark.parametrize("tapped", [TEXT, WITH_FILM])
async def test_the_next_card_takes_the_place_of_the_tapped_message(
    studio: Studio, tapped: Tapped
) -> None:
    assert await studio.placer().place(CARD, CHAT, tapped) == 7

    assert studio.api.methods() == ["editMessageMedia"]
    assert studio.api.params("editMessageMedia") == {
        "chat_id": CHAT,
        "message_id": 7,
        "media": {
            "type": "animation",
            "media": "attach://film",
            "show_caption_above_media": True,
            "caption": "Kneel.",
            "caption_entities": [{"type": "bold", "offset": 0, "length": 5}],
        },
        "film": b"film",
        "reply_markup": MARKUP,
    }


async def test_a_film_is_uploaded_once_and_then_sent_by_its_id(studio: Studio) -> None:
    shown = studio.placer()
    await shown.place(CARD, CHAT, None)
    await shown.place(CARD, 6, None)
    await shown.place(CARD, CHAT, WITH_FILM)

    assert studio.api.params("sendAnimation")["animation"] == "film-1"
    assert studio.api.params("editMessageMedia")["media"]["media"] == "film-1"
    assert "film" not in studio.api.params("editMessageMedia")


async def test_the_id_of_a_film_outlives_a_restart(studio: Studio) -> None:
    await studio.placer().place(CARD, CHAT, TEXT)
    await studio.placer().place(CARD, CHAT, None)

    assert studio.api.params("sendAnimation")["animation"] == "film-1"


async def test_a_redrawn_film_is_uploaded_anew(studio: Studio) -> None:
    await studio.placer().place(CARD, CHAT, None)
    (studio.folder / "move.mp4").write_bytes(b"redrawn")
    await studio.placer().place(CARD, CHAT, None)

    assert studio.api.params("sendAnimation")["animation"] == b"redrawn"


async def test_an_id_that_telegram_no_longer_knows_is_replaced(studio: Studio) -> None:
    await studio.placer().place(CARD, CHAT, None)
    studio.api.refuse("sendAnimation", *WRONG_ID)
    shown = studio.placer()

    assert await shown.place(CARD, CHAT, None) == 102
    assert studio.api.params("sendAnimation")["animation"] == b"film"
    assert await shown.place(CARD, CHAT, None) == 103
    assert studio.api.params("sendAnimation")["animation"] == "film-1"


async def test_a_still_picture_is_sent_as_a_photo_by_the_id_of_its_largest_size(
    studio: Studio,
) -> None:
    still = Screen(CARD.blocks, CARD.buttons, picture=STILL)
    shown = studio.placer()
    await shown.place(still, CHAT, None)
    await shown.place(still, CHAT, TEXT)

    assert studio.api.params("sendPhoto")["photo"] == b"poster"
    media = studio.api.params("editMessageMedia")["media"]
    assert (media["type"], media["media"]) == ("photo", "photo-1")


async def test_leaving_a_card_sends_a_new_message_and_takes_the_old_buttons_off(
    studio: Studio,
) -> None:
    assert await studio.placer().place(PLAIN, CHAT, WITH_FILM) == 101

    assert studio.api.methods() == ["sendMessage", "editMessageReplyMarkup"]
    assert studio.api.params("editMessageReplyMarkup") == {"chat_id": CHAT, "message_id": 7}


@pytest.mark.parametrize("name", ["cat-cow", "unheard-of"])
async def test_a_missing_film_leaves_the_words(studio: Studio, name: str) -> None:
    (studio.folder / "move.mp4").unlink()
    card = Screen(CARD.blocks, CARD.buttons, picture=Picture(name))

    assert await studio.placer().place(card, CHAT, None) == 101
    assert studio.api.texts() == ["Kneel."]


@pytest.mark.parametrize("tapped", [None, TEXT])
async def test_a_film_that_goes_missing_while_the_bot_runs_leaves_the_words(
    studio: Studio, tapped: Tapped | None
) -> None:
    shown = studio.placer()
    studio.api.nameless = True  # so that the film has to be uploaded once more
    await shown.place(CARD, CHAT, None)
    (studio.folder / "move.mp4").unlink()
    await shown.place(CARD, CHAT, tapped)

    words = studio.api.params("editMessageText" if tapped else "sendMessage")
    assert words["text"] == "Kneel."


async def test_a_film_whose_id_is_refused_and_whose_file_is_gone_leaves_the_words(
    studio: Studio,
) -> None:
    shown = studio.placer()
    await shown.place(CARD, CHAT, None)
    (studio.folder / "move.mp4").unlink()
    studio.api.refuse("sendAnimation", *WRONG_ID)

    assert await shown.place(CARD, CHAT, None) == 102
    assert studio.api.params("sendMessage")["text"] == "Kneel."


@pytest.mark.parametrize("tapped", [None, TEXT])
async def test_a_film_that_telegram_refuses_leaves_the_words(
    studio: Studio, tapped: Tapped | None
) -> None:
    for method in ("sendAnimation", "editMessageMedia"):
        studio.api.refuse(method, 400, "Bad Request: IMAGE_PROCESS_FAILED")
    await studio.placer().place(CARD, CHAT, tapped)

    shown = studio.api.params("editMessageText" if tapped else "sendMessage")
    assert shown["text"] == "Kneel."


async def test_an_upload_refused_as_a_wrong_id_is_not_tried_again(studio: Studio) -> None:
    studio.api.refuse("sendAnimation", *WRONG_ID)
    await studio.placer().place(CARD, CHAT, None)

    assert studio.api.methods() == ["sendAnimation", "sendMessage"]


async def test_the_same_card_tapped_twice_is_no_error(studio: Studio) -> None:
    studio.api.refuse("editMessageMedia", 400, "Bad Request: message is not modified")

    assert await studio.placer().place(CARD, CHAT, WITH_FILM) == 7
    assert studio.api.methods() == ["editMessageMedia"]


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("message to edit not found", ["sendAnimation"]),
        ("message can't be edited", ["sendAnimation", "editMessageReplyMarkup"]),
    ],
)
async def test_a_card_whose_message_cannot_change_comes_as_a_new_one(
    studio: Studio, words: str, after: list[str]
) -> None:
    studio.api.refuse("editMessageMedia", 400, f"Bad Request: {words}")

    assert await studio.placer().place(CARD, CHAT, WITH_FILM) == 101
    assert studio.api.methods() == ["editMessageMedia", *after]


async def test_a_person_who_blocked_us_gets_neither_film_nor_words(studio: Studio) -> None:
    studio.api.refuse("sendAnimation", 400, "Bad Request: chat not found")

    assert await studio.placer().place(CARD, CHAT, None) is None
    assert studio.stopped == [CHAT]
    assert studio.api.methods() == ["sendAnimation"]


async def test_a_refusal_that_is_our_mistake_stays_an_error(studio: Studio) -> None:
    studio.api.refuse("sendAnimation", 400, "Bad Request: BUTTON_DATA_INVALID")
    studio.api.refuse("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
    with pytest.raises(BadRequest):
        await studio.placer().place(CARD, CHAT, None)


async def test_after_an_upload_that_failed_the_words_are_tried_alone(studio: Studio) -> None:
    shown = studio.placer()
    studio.api.refuse("editMessageMedia", 502, "Bad Gateway")
    with pytest.raises(NetworkError):
        await shown.place(CARD, CHAT, TEXT)
    await shown.place(CARD, CHAT, TEXT)
    await shown.place(Screen(CARD.blocks, CARD.buttons, picture=STILL), CHAT, TEXT)

    assert studio.api.methods() == ["editMessageMedia", "editMessageText", "editMessageMedia"]


async def test_films_are_shown_while_the_database_is_away(studio: Studio) -> None:
    studio.store.away = True
    shown = studio.placer()
    await shown.place(CARD, CHAT, None)
    await shown.place(CARD, CHAT, None)

    assert studio.api.params("sendAnimation")["animation"] == "film-1"


async def test_an_answer_without_an_id_is_not_remembered(studio: Studio) -> None:
    studio.api.nameless = True
    assert await studio.placer().place(CARD, CHAT, None) is None
    assert studio.store.file_ids == {}


async def test_an_id_is_kept_for_one_bot_alone(studio: Studio) -> None:
    first = studio.placer()
    other = placer(studio.bot, first.on_stopped, studio.files, studio.store)
    other.films.bot_id = "654321"
    await first.place(CARD, CHAT, None)
    await other.place(CARD, CHAT, None)

    assert studio.api.params("sendAnimation")["animation"] == b"film"
