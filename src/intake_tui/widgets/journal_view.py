"""The journal note as it stands: its parts, what is left out, and where each sentence is from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from intake_tui.intake.journal import JournalNote, Sentence, draft
from intake_tui.widgets.bar import Bar
from intake_tui.widgets.desk import desk
from intake_tui.widgets.happened import happened
from intake_tui.widgets.row_layout import Piece, Row, quoting
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import clock, places_line, said

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.record import Intake


NEW = ":new"  # the key of the row over what is new: no sentence has it
TO_NEW = ":to-new"  # of the row at the top that leads there
NO_TIME = " " * len("14:05  ")


class Sources(Bar):
    """The lines that the highlighted sentence comes from: their words, places and answers.

    An answer that came with a line stands here, as the sentence has the line's words alone.
    """

    ROWS: ClassVar[int] = 2
    DEFAULT_CSS = "Sources { height: 2; padding: 0 3; }"


class JournalView(Widget):
    """The body of the journal step. The note line keeps the focus; its owner calls the methods."""

    DEFAULT_CSS = """
    JournalView { height: 1fr; }
    """

    class Moved(Message):
        """The highlight stands on another sentence."""

    def __init__(self, conversation: Conversation, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._conversation = conversation
        self._drafted_from: Intake | None = None
        self._sentences: dict[str, Sentence] = {}
        self._kept_at: dict[str, dt.datetime] = {}  # by the line's id
        self._first_new = NEW  # the first row of what is new that may be chosen

    def compose(self) -> ComposeResult:
        """The sentences above the sources of the highlighted one."""
        rows = Rows()
        rows.can_focus = False
        yield rows
        yield Sources()

    def on_mount(self) -> None:
        """Draft it."""
        self.refresh_from(self._conversation)

    def refresh_from(self, conversation: Conversation) -> None:
        """Draft anew where something that it is made from has changed."""
        if self._drafted_from is conversation.intake:
            return
        self._conversation, self._drafted_from = conversation, conversation.intake
        note = draft(conversation.guide, conversation.intake, conversation.language)
        self._sentences = {sentence.key: sentence for sentence in note.all}
        self._kept_at = {line.id: line.at for line in conversation.intake.statements}
        self.query_one(Rows).show(self._rows(note))
        self._show_sources()

    @property
    def highlighted(self) -> str | None:
        """The key of the highlighted sentence."""
        return self.query_one(Rows).highlighted

    def move(self, delta: int) -> None:
        """The highlight to another sentence."""
        self.query_one(Rows).move(delta)

    def page(self, direction: int) -> None:
        """PgUp, PgDn."""
        self.query_one(Rows).action_page(direction)

    @property
    def on_new(self) -> bool:
        """Whether the highlight stands on the row over what is new."""
        return self.highlighted == NEW

    @property
    def keys(self) -> str:
        """What Enter and Ctrl+L do here, as a key of the conversation's words."""
        if self.highlighted == TO_NEW:
            return "journal-to-new"
        return "journal-new" if self.on_new else "journal-keys"

    def leads_on(self) -> bool:
        """From the row at the top to what is new, at the bottom; False on any other row."""
        if self.highlighted != TO_NEW:
            return False
        self.query_one(Rows).highlight(self._first_new)
        self._show_sources()
        return True

    def toggle(self) -> str | None:
        """The highlighted sentence goes into the note, or out of it; or all that is new goes in.

        Which of them, as a word of the conversation; None where there is nothing.
        """
        sentence = self._here
        if self.on_new:
            self._conversation.take_over_new()
            done = "sentences-in"
        elif sentence is not None:
            self._conversation.take_sentence(sentence.key, not sentence.taken)
            done = "sentence-out" if sentence.taken else "sentence-in"
        else:
            return None
        desk(self).touch(self._conversation)
        self.refresh_from(self._conversation)
        return done

    def edit(self) -> str:
        """The highlighted sentence's text, to be changed in the note line."""
        sentence = self._here
        return sentence.text if sentence else ""

    def text_of(self, key: str) -> str:
        """A sentence's text."""
        sentence = self._sentences.get(key)
        return sentence.text if sentence else ""

    @property
    def _here(self) -> Sentence | None:
        return self._sentences.get(self.highlighted or "")

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """Show where that sentence is from."""
        message.stop()
        self._show_sources()
        self.post_message(self.Moved())

    def _rows(self, note: JournalNote) -> Iterator[Row]:
        words = desk(self).words
        if not self._sentences:
            yield Row()
            yield Row(words("journal.empty"), look="quiet")
            return
        yield Row(
            words("journal.draft"), look="quiet", right=words("journal.words", words=note.words)
        )
        yield from self._way_to_new(note)
        for part in note.parts:
            yield Row()
            yield Row(part.heading, look="heading")
            yield from (self._row(sentence) for sentence in part.sentences)
        yield from self._new(note)
        for key, sourceless in (("journal.without-source", True), ("journal.left-out", False)):
            old = [one for one in note.left_out if not one.new]
            these = [one for one in old if one.without_source == sourceless]
            if these:
                yield Row()
                yield Row(words(key), look="heading")
                yield from (self._row(sentence) for sentence in these)

    def _way_to_new(self, note: JournalNote) -> Iterator[Row]:
        """It stands below the note, where a long one hides it."""
        words, new = desk(self).words, [one for one in note.left_out if one.new]
        if new:
            self._first_new = NEW if note.can_take_over else new[0].key
            right = words("journal.go-to-new")
            yield Row(words("journal.new-below"), key=TO_NEW, look="accent", right=right)

    def _new(self, note: JournalNote) -> Iterator[Row]:
        """What came after the counsellor had changed the note: one key takes it all in."""
        words = desk(self).words
        new = [sentence for sentence in note.left_out if sentence.new]
        if new:
            yield Row()
            can = note.can_take_over
            right = words("journal.take-new") if can else ""
            yield Row(words("journal.new"), key=NEW if can else None, look="heading", right=right)
            yield from (self._row(sentence) for sentence in new)

    def _row(self, sentence: Sentence) -> Row:
        return Row(
            sentence.text,
            key=sentence.key,
            lead=self._when(sentence),
            look="plain" if sentence.taken else "quiet",
            right=self._mark(sentence),
            quoting=True,
        )

    def _mark(self, sentence: Sentence) -> str:
        words = desk(self).words
        if sentence.without_source:
            return words("journal.no-source") if sentence.taken else ""
        return words("journal.edited") if sentence.edited else ""

    def _when(self, sentence: Sentence) -> str:
        """When the first of its lines was kept; nothing where it comes from answers alone."""
        if sentence.part == "duties":
            return NO_TIME  # its lines are what it builds on, not what it says
        first = next((self._kept_at[id_] for id_ in sentence.sources if id_ in self._kept_at), None)
        return NO_TIME if first is None else f"{clock(first)}  "

    def _show_sources(self) -> None:
        self.query_one(Sources).show(self._source_pieces())

    def _source_pieces(self) -> Iterator[Piece]:
        sentence = self._here
        if sentence is None:
            return
        words, intake = desk(self).words, self._conversation.intake
        lines = [intake.statement(id_) for id_ in sentence.sources]
        if sentence.part == "duties" and not sentence.without_source:
            yield f"{words('journal.from-duties')}  ", "accent"
        elif not any(lines):
            gone = sentence.without_source
            yield words("journal.from-nothing" if gone else "journal.from-answers"), "quiet"
        for line in lines:
            if line is not None:
                at = words("journal.from", at=clock(line.at))
                yield f"{at} ", "accent"
                yield from quoting(said(line), [said(line)], "quiet")[0]
                yield "  ", "quiet"
                if when := happened(line, words):
                    yield f"{when}  ", "quiet"
                answers = intake.answers_of(line.id)
                if places := places_line(self._conversation.guide, line.places, answers, words):
                    yield f"→ {places}  ", "quiet"
