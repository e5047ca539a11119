"""A line in the page's drawer for whoever edits the content while the demo runs."""

from collections.abc import Callable


class Notice:
    """What is wrong with the newest edit; "" while nothing is."""

    def __init__(self, tell: Callable[..., None]) -> None:
        """``tell(kind, **content)`` tells the page."""
        self._tell = tell
        self.text = ""

    def put(self, text: str) -> None:
        """Show ``text`` in the place of what stood there."""
        self.text = text
        self._tell("notice", text=text)
