"""python -m deploy.trial ROOT DESCRIPTION SCRATCH: an image, used as a new operator uses it.

Starts it on a read-only root beside a local Bot API server that runs from the same image, chats with it, stops
it while reminders go out, copies its data, and brings them back on empty volumes. Called by try_image.sh.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.trial import contents, mistakes
from deploy.trial.chat import Person, Telegram, until
from deploy.trial.engine import Image, Running, TrialError, Volumes

PEOPLE = 16
STRANGER, ANOTHER_STRANGER = PEOPLE + 1, PEOPLE + 2
A_SECOND = "6"  # slow enough that a stop falls between two reminders
AHEAD = timedelta(seconds=25)
FIRST, LONGEST_WAIT_SECONDS = 3, 120
LISTEN = "127.0.0.1:19090"  # not the usual one: the health check must ask there, too
ACUTE = "my legs went numb and I cannot pee"
READ_ONLY = """
import errno, os
for folder in ("/", "/app", "/etc", "/usr", "/run", "/var/tmp", "/home", "/dev"):
    try:
        open(os.path.join(folder, "tried"), "w")
    except OSError as error:
        assert error.errno == errno.EROFS, (folder, error)
    else:
        raise SystemExit(f"{folder} can be written")
for folder in ("/data", "/key", "/copies", "/tmp"):
    path = os.path.join(folder, "tried")
    open(path, "w").close()
    os.unlink(path)
assert os.getuid() != 0, "root"
"""


class Trial:
    """The steps, in order; each raises TrialError where the image does not keep a promise."""

    def __init__(self, image: Image, scratch: Path, ending: ExitStack) -> None:
        self._image, self._scratch, self._ending = image, scratch, ending
        self._telegram = Telegram("")
        self._volumes = self._new_volumes("first")
        self._settings: dict[str, str] = {}
        self._people: list[Person] = []
        self._copy = ""

    def steps(self) -> list[tuple[str, Callable[[], object]]]:
        """Return each step with what it proves."""
        return [
            ("no installer, compiler, cache or word of this machine in it", self._holds_little),
            ("read-only root, user without rights, four places to write", self._cannot_be_written),
            ("a local Bot API server from the same image", self._start_server),
            ("wrong starts end in one line, status 78", self._refuses_wrong_starts),
            ("start, and its own health check", self._start),
            (f"{PEOPLE} people: /start, consent, city", self._settle_in),
            ("an acute message gets the referral", self._refers),
            ("SIGTERM between reminders, start again: none lost, none twice", self._rings),
            ("daily copy beside the running bot, older ones forgotten", self._copies),
            ("no copy over live data, none of a later version", self._refuses_wrong_copies),
            ("copy and key on empty volumes bring the people back", self._comes_back),
        ]

    def _holds_little(self) -> None:
        contents.examine(self._image)

    def _cannot_be_written(self) -> None:
        status, said = self._image.command(self._volumes, "python", "-c", READ_ONLY)
        _demand(status == 0, f"the root is not as it should be: {said}")

    def _start_server(self) -> None:
        server = self._started(self._new_volumes("server"), "demo", "--server-only", PORT="0")
        until(lambda: "BOT_TOKEN=" in server.said(), "the server's address")
        found = re.search(r"BOT_API_URL=(\S+) BOT_TOKEN=(\S+)", server.said())
        url, token = found.groups() if found else ("", "")
        self._telegram = Telegram(url)
        self._volumes.put("secrets/token", f"{token}\n".encode())
        self._settings = {
            "BOT_API_URL": url,
            "BOT_TOKEN_FILE": "/run/secrets/token",
            "BOT_LISTEN": LISTEN,
            "BOT_SENDS_PER_SECOND": A_SECOND,
        }

    def _refuses_wrong_starts(self) -> None:
        image, settings = self._image, self._settings
        nothing = self._new_volumes("nothing")
        mistakes.refused(image, nothing, "BOT_TOKEN_FILE", **settings)
        nothing.put("secrets/token", (self._volumes["secrets"] / "token").read_bytes())
        mistakes.taken_port(image, nothing, **settings)
        mistakes.unwritable(image, nothing, "data", **settings)
        mistakes.unwritable(image, self._with_token("keyless"), "key", **settings)
        mistakes.refused(image, nothing, "no database", "backup", "/copies/none.db")
        mistakes.refused(image, nothing, "no file", "restore", "/copies/none.db")

    def _start(self) -> None:
        self._bot = self._started(self._volumes, **self._settings)
        until(self._healthy, "the health check")

    def _settle_in(self) -> None:
        self._people = [self._telegram.join(chat) for chat in range(1, PEOPLE + 1)]
        for person in self._people:
            person.writes("/start")
        for person in self._people:
            person.taps("English")
        for person in self._people:
            person.taps("I agree")
            person.writes("Reykjavik")  # UTC all year
        for person in self._people:
            person.sees("Turn the morning reminder on")

    def _refers(self) -> None:
        stranger = self._telegram.join(STRANGER)
        stranger.writes(ACUTE)
        stranger.reads("This may need urgent help.")

    def _rings(self) -> None:
        moment = datetime.now(UTC) + AHEAD + timedelta(minutes=1)  # noqa: TID251 - the bot's is real, too
        self._all_want(f"{moment:%H:%M}")
        before = self._telegram.sent()
        until(lambda: self._rung(before) >= FIRST, "the first reminders", LONGEST_WAIT_SECONDS)
        _demand(self._bot.stop() == 0, f"SIGTERM: {self._bot.said()}")
        rung = self._rung(before)
        _demand(rung < PEOPLE, "all reminders were out before the stop: the trial proves nothing")
        self._start()
        until(lambda: self._rung(before) >= PEOPLE, "the other reminders")
        stranger = self._telegram.join(ANOTHER_STRANGER)
        stranger.writes("/menu")  # answered after them, so that a second one would be there
        stranger.sees("Questions and answers")
        got = self._telegram.sent() - before
        _demand(
            all(got[person.chat] == 1 for person in self._people),
            f"lost or doubled reminders, by chat: {dict(got)}",
        )
        print(f"    {rung} before the stop, {PEOPLE - rung} after it, in one copy each")

    def _copies(self) -> None:
        for day in range(1, 4):
            self._volumes.put(f"copies/unknot-2020-01-0{day}.db", b"an older copy")
        self._volumes.put("copies/notes.txt", b"not ours")
        status, said = self._image.command(
            self._volumes, "python", "deploy/daily_backup.py", "/copies", "--keep", "2"
        )
        _demand(status == 0 and f"{PEOPLE} subscribers, verified" in said, said)
        oldest, new, *more = sorted(path.name for path in self._volumes["copies"].glob("unknot-*"))
        kept = oldest == "unknot-2020-01-03.db" and (self._volumes["copies"] / "notes.txt").exists()
        _demand(kept and not more, f"the wrong copies are left: {said}")
        self._copy = new

    def _refuses_wrong_copies(self) -> None:
        _demand(self._bot.stop() == 0, f"SIGTERM: {self._bot.said()}")
        image, volumes, copy = self._image, self._volumes, f"/copies/{self._copy}"
        mistakes.refused(image, volumes, "is not written over", "restore", copy)
        mistakes.refused(image, volumes, "is there already", "backup", copy)
        mistakes.copy_of_another_version(image, volumes, self._copy)

    def _comes_back(self) -> None:
        second = self._with_token("second")
        second.put(f"copies/{self._copy}", (self._volumes["copies"] / self._copy).read_bytes())
        restore = ("restore", f"/copies/{self._copy}")
        mistakes.refused(self._image, second, "the copy needs its key", *restore)
        second.put("copies/unknot.key", (self._volumes["key"] / "unknot.key").read_bytes())
        install = ("sh", "-c", "install -m 600 /copies/unknot.key /key/unknot.key")
        _demand(self._image.command(second, *install)[0] == 0, "the key cannot be put back")
        status, said = self._image.run(second, *restore)
        _demand(status == 0 and f"{PEOPLE} subscribers are back" in said, said)
        self._volumes = second
        self._start()
        before = len(self._people[-1].replies())
        self._people[-1].writes("/reminders")
        until(lambda: len(self._people[-1].replies()) > before, "the reminders of who came back")
        shown = json.dumps(self._people[-1].replies()[-1])
        _demand('"Morning: ' in shown, f"the bot does not know who came back: {shown}")
        _demand(self._bot.stop() == 0, f"SIGTERM: {self._bot.said()}")

    def _all_want(self, label: str) -> None:
        for person in self._people:
            person.writes(label)
        for person in self._people:
            person.taps(label)
        for person in self._people:
            person.sees(f"Time: {label}")

    def _rung(self, before: Counter[int]) -> int:
        return (self._telegram.sent() - before).total()

    def _healthy(self) -> bool:
        _demand(self._bot.outer.poll() is None, f"it does not start: {self._bot.said()}")
        test = self._image.config["Healthcheck"]["Test"][1:]
        return self._image.command(self._volumes, *test, BOT_LISTEN=LISTEN)[0] == 0

    def _started(self, volumes: Volumes, *words: str, **settings: str) -> Running:
        log = self._scratch / f"{time.monotonic_ns()}.log"
        running = self._image.start(volumes, log, *words, **settings)
        self._ending.callback(running.kill)
        return running

    def _new_volumes(self, name: str) -> Volumes:
        return Volumes(self._scratch / name, self._image.user).make()

    def _with_token(self, name: str) -> Volumes:
        volumes = self._new_volumes(name)
        volumes.put("secrets/token", (self._volumes["secrets"] / "token").read_bytes())
        return volumes


def _demand(fact: object, otherwise: str) -> None:
    if not fact:
        raise TrialError(otherwise.strip())


def passed(image: Image, scratch: Path) -> bool:
    """Run all steps until one fails, which is said in one line; whatever happens, nothing runs on."""
    start = time.monotonic()
    with ExitStack() as ending:
        for what, step in Trial(image, scratch, ending).steps():
            try:
                step()
            except (TrialError, OSError) as error:
                print(f"FAILED: {what}: {error}", file=sys.stderr)
                return False
            print(f"  ok {time.monotonic() - start:4.0f} s  {what}", flush=True)
    return True


def main() -> int:
    """Return 1 if a step failed or left a process behind, 130 if interrupted."""
    root, description, scratch = map(Path, sys.argv[1:])
    scratch.chmod(0o711)
    image = Image(root, description)
    print(f"image: {contents.mebibytes(root):.0f} MiB of files")
    try:
        good = passed(image, scratch)
    except KeyboardInterrupt:
        return 130
    if left := image.left():
        print(f"FAILED: processes are left: {left}", file=sys.stderr)
    return int(not good or bool(left))


if __name__ == "__main__":
    sys.exit(main())
