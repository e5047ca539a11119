"""Pictures and films of exercises: uploaded once, from then on sent by Telegram's id for them."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import InputFile

from bot.core.screens import Picture
from bot.errors import StoreUnavailableError
from bot.ports import Store
from bot.telegram.render import Params

SPARED_SECONDS = 30.0  # after an upload that failed: the words are tried alone meanwhile
KIND = {True: "animation", False: "photo"}
METHOD = {"animation": "sendAnimation", "photo": "sendPhoto"}
ABOVE = "show_caption_above_media"  # the film stays in view beside its buttons on a small screen


@dataclass(frozen=True, slots=True)
class Film:
    """One file that can be sent.

    Attributes:
        kind: "animation" or "photo", as Telegram calls them.
        digest: Of the file's bytes and the bot: an id is good for one bot alone.
        file_id: Telegram's id; None: the bytes go along.
    """

    kind: str
    path: Path
    digest: str
    file_id: str | None = None

    def sending(self, texts: Mapping[str, str]) -> tuple[str, Params]:
        """Return method and parameters of a new message with the film below its text."""
        media = self.file_id or _upload(self.path)
        return METHOD[self.kind], {**_captioned(texts), self.kind: media, ABOVE: True}

    def replacing(self, texts: Mapping[str, str]) -> tuple[str, Params]:
        """Return method and parameters that put the film and its text into a message."""
        media: dict[str, Any] = {"type": self.kind, "media": self.file_id or "attach://film"}
        media |= {ABOVE: True, "caption": texts["text"]}
        if "entities" in texts:
            media["caption_entities"] = json.loads(texts["entities"])
        params: Params = {"media": media}
        if "reply_markup" in texts:
            params["reply_markup"] = texts["reply_markup"]
        if self.file_id is None:
            params["film"] = _upload(self.path)
        return "editMessageMedia", params


@dataclass(slots=True)
class Films:
    """Finds films and remembers what Telegram calls them.

    Attributes:
        files: Where a picture lies; None: there is none of this name.
        ids: Keeps Telegram's ids across restarts.
        bot_id: The number in front of the token.
    """

    files: Callable[[Picture], Path | None]
    ids: Store
    bot_id: str
    _known: dict[str, str] = field(default_factory=dict)
    _digests: dict[Path, str] = field(default_factory=dict)
    _spared: dict[str, float] = field(default_factory=dict)

    async def find(self, picture: Picture) -> Film | None:
        """Return the film of a picture; None: the text goes alone.

        Its file is missing, or its upload failed a moment ago.
        """
        path = self.files(picture)
        if path is None or (digest := self._digest(path)) is None:
            return None
        if digest not in self._known:
            with suppress(StoreUnavailableError):  # then it is uploaded once more
                kept = await self.ids.file_id(digest)
                if kept is not None:
                    self._known[digest] = kept
        if digest not in self._known and self._spared.get(digest, 0.0) > _now():
            return None
        return Film(KIND[picture.moving], path, digest, self._known.get(digest))

    async def learn(self, film: Film, message: object) -> None:
        """Keep the id that Telegram gave an uploaded film."""
        file_id = _file_id(message, film.kind)
        if film.file_id is not None or file_id is None:
            return
        self._known[film.digest] = file_id
        with suppress(StoreUnavailableError):  # this run knows it; the next one asks again
            await self.ids.keep_file_id(film.digest, file_id)

    def spare(self, film: Film) -> None:
        """Note an upload that failed, so that the next try brings at least the words."""
        self._spared[film.digest] = _now() + SPARED_SECONDS

    def without_id(self, film: Film) -> Film:
        """Return the film as it is uploaded anew, after Telegram refused its id."""
        self._known.pop(film.digest, None)
        return Film(film.kind, film.path, film.digest)

    def _digest(self, path: Path) -> str | None:
        if path not in self._digests:
            try:
                content = path.read_bytes()
            except OSError:
                return None
            self._digests[path] = hashlib.sha256(self.bot_id.encode() + content).hexdigest()
        return self._digests[path]


def _now() -> float:
    return asyncio.get_running_loop().time()


def _captioned(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a text's parameters as those of a caption."""
    names = {"text": "caption", "entities": "caption_entities", "reply_markup": "reply_markup"}
    return {new: texts[old] for old, new in names.items() if old in texts}


def _upload(path: Path) -> InputFile:
    return InputFile(path.read_bytes(), filename=path.name)


def _file_id(message: object, kind: str) -> str | None:
    """Return the id of the film in a sent message; of a photo that of its largest size."""
    media = message.get(kind) if isinstance(message, dict) else None
    if isinstance(media, list):
        media = media[-1] if media else None
    file_id = media.get("file_id") if isinstance(media, dict) else None
    return file_id if isinstance(file_id, str) else None
