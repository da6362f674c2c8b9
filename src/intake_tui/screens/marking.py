"""A list whose points are marked as done, one at a time, and each can be taken back."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import work

from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.screens.point_rows import POINT
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import shortened
from intake_tui.widgets.rows import Rows

Result = TypeVar("Result")
SAID = 44  # columns of a row's words in the line that says that it was marked


class MarksDone(Frame[Result], Generic[Result]):
    """A subclass shows the points with `PointRows`, and reads anew what was marked.

    A key that is held down, or pressed twice, marks one: the next one is chosen first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._marked: list[tuple[str, str]] = []  # what Ctrl+Z takes back, the last one first
        self._marking = False
        self._moved = True  # whether the highlight was moved since something was marked
        self._said = ""  # the row that was marked last, in its words

    @property
    def may_mark(self) -> bool:
        """Whether the keys are for that just now."""
        return True

    def read_marked(self) -> None:
        """What is left is read anew, and shown."""
        raise NotImplementedError

    @property
    def point(self) -> tuple[str, str] | None:
        """The record and the point that the highlight stands on."""
        kind, _, rest = (self.rows.highlighted or "").partition("/")
        record, _, point = rest.partition("/")
        return (record, point) if kind == POINT else None

    @property
    def _point_is_open(self) -> bool:
        """Whether the point is one of a conversation that is not signed: it is done in there."""
        return self.point is not None and any(
            talk.id.hex() == self.point[0] for talk in self.desk.conversations
        )

    @property
    def point_keys(self) -> tuple[Key, ...]:
        """The keys for points, where they do something."""
        marks = self.point is not None and not self._point_is_open
        done = (Key("^D", self.words("points.key-done")),) if marks else ()
        undo = (Key("^Z", self.words("points.key-undo")),) if self._marked else ()
        return (*done, *undo)

    def action_done(self) -> None:
        """Ctrl+D: what the highlight stands on was done, by whom and when."""
        if self._point_is_open:
            self.say(self.words("points.still-open"))
        elif self.point is None or not self.may_mark or self._marking:
            return
        elif self._moved:
            self._marking, self._moved, self._said = True, False, self._row_in_words()
            self._mark(self.point, done=True)
        else:
            self.say(self.words("points.done-once", what=self._said))

    def _row_in_words(self) -> str:
        """The highlighted row, so that it is known when it is gone.

        Whose it is alone, where a number may stand in it that must not be called.
        """
        row = next(row for row in self.rows.shown if row.key == self.rows.highlighted)
        said = row.lead if row.caution is not None else f"{row.lead} {row.text}"
        return shortened(" ".join(said.split()), SAID)

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """Somebody chose another one: the next Ctrl+D is no held key."""
        self._moved = True

    def unmark(self) -> None:
        """What was marked last is left to do after all."""
        if self._marked and self.may_mark and not self._marking:
            self._marking = True
            self._mark(self._marked[-1], done=False)

    @work(group="mark")
    async def _mark(self, which: tuple[str, str], *, done: bool) -> None:
        from intake_tui.records.errors import (  # noqa: PLC0415 - not before unlocking
            NoSuchRecord,
            RecordDamaged,
        )

        record, point = which
        try:
            await self.desk.vault(lambda archive: archive.mark(record, point, done=done))
        except (VaultError, RecordDamaged, NoSuchRecord) as error:
            self._moved = True
            self.say(self.words("points.not-marked", why=in_words(error, self.words)))
            return
        finally:
            self._marking = False
        if done:
            self._marked.append(which)
        else:
            self._marked.pop()
            self._moved = True
        said = self.words("points.done", what=self._said) if done else self.words("points.undone")
        self.say(said, passing=not done)  # what was done is told by its words until something else
        self.read_marked()
