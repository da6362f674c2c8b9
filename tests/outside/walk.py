"""All screens of a conversation one after another, by keys, as they stand in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from counsellor import EMPTY_NOTE, Counsellor, nb

Rows = list[str]
ALONG = "z▏"  # what a panel shows of a letter that goes to the note line


class Walk:
    """Goes through the screens of the conversation in front, whose note line is empty.

    A letter that is seen, and taken back, tells that the keys before it were dealt with.
    """

    def __init__(self, counsellor: Counsellor) -> None:
        self._counsellor = counsellor

    def conversation(self) -> Iterator[tuple[str, Rows]]:
        """Each step to its end, Akutt, find, and the panels over it."""
        for step in range(1, 9):
            yield from self._step(step)
        yield from self._panel("ctrl+e", nb("akutt.say"), close="ctrl+e")
        yield from self._panel("ctrl+f", nb("conversation.find-keys"), close="esc")
        yield from self._panel("ctrl+y", nb("safety.aside"), close="esc")
        yield from self._safety_rows()
        yield from self._panel("ctrl+d", nb("duties.aside"), close="esc")
        yield "line broke", self._counsellor.line_broke()
        yield from self._to_the_end("ctrl+r", nb("running_note.title"), "page up", "running note")
        for number, page in enumerate(self.overview()):
            yield f"overview {number}", page

    def overview(self) -> Iterator[Rows]:
        """Every page of it, to its end; Tab on the last one shows that one again.

        The remarks row by row, as their names are not among the rows that a key goes to.
        """
        self._open("ctrl+o", nb("overview.aside"))
        first: Rows = []
        while True:
            page = list(self._pages_down("page down" if first else "down"))
            if page[0] == first:
                break
            first = page[0]
            yield from page
            self._counsellor.press("tab")
        self._leave()

    def sign(self) -> Iterator[tuple[str, Rows]]:
        """The screen before signing, and the signed record to its end."""
        self._counsellor.to_sign()
        yield "sign", self._counsellor.rows
        self._counsellor.press("enter")
        self._counsellor.wait_gone(nb("sign.what"))
        self._counsellor.wait(nb("signed.key-scroll"), nb("safety.call"))
        yield "signed", self._counsellor.rows
        while nb("safety.where-now") not in self._counsellor.text:
            before = self._counsellor.text
            self._counsellor.press("page down")
            self._counsellor.until(self._other_than(before), "more of the record")
            yield "signed", self._counsellor.rows

    def _other_than(self, text: str) -> Callable[[], bool]:
        return lambda: self._counsellor.text != text

    def _step(self, step: int) -> Iterator[tuple[str, Rows]]:
        self._counsellor.press("ctrl+g")
        self._counsellor.wait(nb("steps.title"))
        self._counsellor.type(str(step))
        self._counsellor.wait(EMPTY_NOTE, nb("conversation.find"))
        seen: Rows = []
        while (rows := self._settled_note()) != seen:
            seen = rows
            yield f"step {step}", rows
            self._counsellor.press("page down", "down")

    def _panel(self, key: str, sign: str, *, close: str) -> Iterator[tuple[str, Rows]]:
        self._counsellor.press(key)
        self._counsellor.wait(sign)
        yield key, self._counsellor.rows
        self._counsellor.press(close)
        self._counsellor.wait_gone(sign)
        self._counsellor.wait(EMPTY_NOTE)

    def _safety_rows(self) -> Iterator[tuple[str, Rows]]:
        """The safety rows with what the field offers on each."""
        self._open("ctrl+y", nb("safety.aside"))
        self._counsellor.press(*["up"] * 7)
        for _ in range(7):
            self._counsellor.press("down")
            yield "safety row", self._counsellor.rows
        self._leave()

    def _to_the_end(self, key: str, sign: str, on: str, name: str) -> Iterator[tuple[str, Rows]]:
        self._open(key, sign)
        yield from ((name, rows) for rows in self._pages_down(on))
        self._leave()

    def _leave(self) -> None:
        self._counsellor.press("esc")
        self._counsellor.wait(EMPTY_NOTE)

    def _open(self, key: str, sign: str) -> None:
        self._counsellor.press(key)
        self._counsellor.wait(sign)

    def _pages_down(self, on: str) -> Iterator[Rows]:
        seen: Rows = []
        while (rows := self._settle()) != seen:
            seen = rows
            yield rows
            self._counsellor.press(on)

    def _settle(self) -> Rows:
        """The panel as it is after all keys so far."""
        self._counsellor.type("z")
        self._counsellor.wait(ALONG)
        self._counsellor.press("backspace")
        self._counsellor.wait_gone(ALONG)
        return self._counsellor.rows

    def _settled_note(self) -> Rows:
        """The conversation as it is after all keys so far."""
        self._counsellor.type("z")
        self._counsellor.wait_gone(EMPTY_NOTE)
        self._counsellor.press("backspace")
        self._counsellor.wait(EMPTY_NOTE)
        return self._counsellor.rows
