"""What the conversation's screen shows of the conversation, and when it is shown anew."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import AwaitMount, Widget

from intake_tui.guide.model import Information, Question
from intake_tui.intake.line import parsed, placed, typed
from intake_tui.screens.conversation_keys import find_keys, footer_keys
from intake_tui.screens.giving_up import GivesUp
from intake_tui.widgets.caution import Caution, CautionIn
from intake_tui.widgets.desk import Desk, desk, today
from intake_tui.widgets.header import case_name, elapsed
from intake_tui.widgets.hint_bar import duty_hint, hint_paragraphs, rows_needed
from intake_tui.widgets.question_list import duty_of, shown_items, step_rows
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.saying import answer_word

if TYPE_CHECKING:
    from intake_tui.guide.model import AnyItem, Duty, Guide, Step
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.events import Kind
    from intake_tui.intake.record import Intake
    from intake_tui.records.rows import ContactRow
    from intake_tui.screens.conversation_parts import Parts
    from intake_tui.widgets.find_panel import FindPanel
    from intake_tui.widgets.hint_bar import Paragraph
    from intake_tui.widgets.journal_view import JournalView
    from intake_tui.widgets.note_line import NoteLine
    from intake_tui.widgets.question_list import QuestionList
    from intake_tui.widgets.stage_panel import StagePanel
    from intake_tui.words import Words

CHANNEL = "INV-1"
ALIAS = "alias"
JOURNAL_STEP = 7
SENTENCE = "sentence:"  # before the key, where the line is one of the journal note's
FEWEST_HINT_ROWS = 2
MOST_HINT_ROWS = 3
HINT_MARGIN = 5  # columns that the hints leave free at their sides
_READ = ("told", "assessed")  # kinds of a line whose beginning may say another
_SAYS_KIND = '"«“oOvV'  # what a line can begin with that makes it another kind


def _is_said(item: AnyItem) -> bool:
    """Whether it has words to say: what to keep in mind while saying them is a paragraph more."""
    return isinstance(item, Information)


class View(GivesUp, Screen[None]):
    """Shows the conversation and holds nothing of it but where the highlight stands."""

    def __init__(self, conversation: Conversation, parts: Parts) -> None:
        super().__init__()
        self.conversation = conversation
        self.parts = parts
        self._cautions = CautionIn()
        self._agreed = conversation.line.text  # when line and field last said the same
        self.saved: tuple[str, bool] = ("", True)
        self.at_row: dict[int, str] = {}  # the highlighted row of each step
        self._shown: tuple[Intake, int] | None = None  # the intake and step that the list shows
        self.shown_kind: Kind | None = None  # the kind that the chips show
        self.before: tuple[ContactRow, ...] = ()  # the person's other contacts, as far as is known
        self.panel: StagePanel | None = None  # what stands in place of the list, if anything
        self.journal: JournalView | None = None
        self.in_journal = False  # whether the highlight stands in the journal note
        self.moved_by_key = False  # the highlight, and that was not dealt with yet
        self._hinted: AnyItem | None = None  # whose hints are shown
        self.taken_at = -math.inf  # when a line was kept, or a place picked, and nothing since
        self.picked_with: str | None = None  # the words that stood in the line at the last pick

    @property
    def sentence(self) -> str | None:
        """The key of the journal's sentence that stands in the note line to be corrected."""
        editing = self.conversation.line.editing or ""
        return editing.removeprefix(SENTENCE) if editing.startswith(SENTENCE) else None

    @property
    def desk(self) -> Desk:
        """The app, as far as a screen knows it."""
        return desk(self)

    @property
    def words(self) -> Words:
        """The program's words in the language of the screen."""
        return desk(self).words

    @property
    def guide(self) -> Guide:
        """The guide that the conversation is held with."""
        return self.conversation.guide

    @property
    def step(self) -> Step:
        """The step that is open."""
        return self.guide.steps[self.conversation.step - 1]

    @property
    def note(self) -> NoteLine:
        """The note line."""
        return self.parts.note

    @property
    def questions(self) -> QuestionList:
        """The step's list."""
        return self.parts.questions

    @property
    def finder(self) -> FindPanel:
        """Find."""
        return self.parts.finder

    def show_all(self) -> None:
        """Everything that follows from the conversation, where it has changed."""
        self.show_header()
        self.show_line()
        shown = (self.conversation.intake, self.conversation.step)
        if shown == self._shown:
            return
        opened = self._shown is None or self._shown[1] != shown[1]
        self._shown = shown
        if self.panel is not None:
            self.panel.refresh_panel()
        conversation, words = self.conversation, self.words
        names = tuple(step.tab.at(words.language) for step in self.guide.steps)
        self.parts.steps.tell(names, conversation.step)
        self.show_safety()
        rows = step_rows(self.guide, self.step, conversation.intake, words, self.today)
        self.questions.show(rows, highlight=self._row_of_step() if opened else None)
        self.parts.beside.refresh_from(conversation)
        self.measure_hints()
        self.show_stage()
        self.show_hint()

    def show_safety(self) -> None:
        """What is pinned, and whether there is something from before."""
        self.parts.safety.tell(self.conversation.intake, self.before, self.words)

    def _row_of_step(self) -> str | None:
        """The row where the highlight stood in this step; in a step opened first, its first."""
        first = next(iter(shown_items(self.guide, self.step, self.conversation.intake)), None)
        return self.at_row.get(self.conversation.step, first.id if first else None)

    def show_header(self) -> None:
        """Code and alias, channel, time; when it was saved."""
        conversation, words = self.conversation, self.words
        named = case_name(conversation.code, conversation.intake.value(ALIAS))
        channel = conversation.intake.value(CHANNEL)
        said = answer_word(self.guide, CHANNEL, channel, words) if channel else ""
        since = elapsed(conversation.started, self.now())
        saved, safe = self.saved
        if not saved and conversation.changes:
            saved = words("conversation.not-saved-yet")
        self.parts.header.tell((named, said, since), saved, safe=safe)

    def show_line(self) -> None:
        """The chips and the placeholder of the note line; the hint of its place; the keys."""
        line, words = self.conversation.line, self.words
        self.shown_kind = self.kind_of_line()
        chips = self.parts.chips
        if self.sentence is None:
            kept = len(self.conversation.intake.statements)
            chips.tell(line, self.shown_kind, self.guide, words, kept=kept)
        else:
            chips.say(words("conversation.editing-sentence"))
        self.note.placeholder = words(f"conversation.{self._placeholder()}")
        named = footer_keys(words, placed=bool(line.places))
        keys = find_keys(words) if self.finder.is_open else named
        self.parts.footer.tell(keys, function_keys=self.desk.function_keys)
        if self.hinted_item is not self._hinted:
            self.measure_hints()
            self.show_hint()

    def _placeholder(self) -> str:
        places = self.conversation.line.places
        if not places:
            return "placeholder"
        item = self.guide.by_id.get(places[-1])
        return "placeholder-placed" if item and item.values else "placeholder-text"

    def show_hint(self) -> None:
        """What the guide says of the line's place or the highlighted item; in a panel, its keys."""
        self._hinted = self.hinted_item
        if self.finder.is_open:
            self.parts.hint.hint([((self.words("conversation.find-keys"), "quiet"),)])
        elif self.in_journal and self.journal is not None:
            keys = self.words(f"conversation.{self.journal.keys}")
            said = keys, self.words("conversation.journal-on")
            self.parts.hint.hint([((text, "quiet"),) for text in said])
        elif self.panel is not None:
            self.parts.hint.hint([((self.panel.hint, "quiet"),)])
        else:
            self.parts.hint.hint(self._paragraphs(self._hinted), self._more(self._hinted))

    @property
    def hinted_item(self) -> AnyItem | None:
        """The place of the line that was picked last; where it has none, the highlighted item."""
        return self._last_place or self.highlighted_item

    @property
    def _last_place(self) -> AnyItem | None:
        places = self.conversation.line.places
        return self.guide.by_id.get(places[-1]) if places else None

    def _more(self, item: AnyItem | None) -> str:
        """That there is something to say aloud of an item, or more to read on it."""
        if isinstance(item, Information):
            return self.words("reading.aloud")
        has_topic = item is not None and item.id in self.guide.topics_about
        return self.words("reading.more") if has_topic else ""

    def _paragraphs(self, item: AnyItem | None) -> tuple[Paragraph, ...]:
        """What is said of an item; on the note's step the way on stands before it."""
        pronoun = self.conversation.intake.value("pronoun")
        said = hint_paragraphs(item, self.guide, self.words, self.today, pronoun) if item else ()
        duty = duty_of(self.guide, self.questions.highlighted)
        if item is None and duty is not None:
            return ((duty_hint(duty, self.words, self.today),),)
        if self.conversation.step != JOURNAL_STEP or self._last_place:
            return tuple(said)
        into, on = self.words("conversation.journal-into"), self.words("conversation.journal-on")
        return ((f"{into} · {on}", "quiet"),), *said

    def say(self, text: str = "") -> None:
        """The same, where it is about Esc."""
        self.tell(text)

    def tell(self, text: str) -> None:
        """A quiet word in the hint's place."""
        self.parts.hint.tell(text)

    @property
    def highlighted_item(self) -> AnyItem | None:
        """The item that the highlight stands on, in find or in the list; None on other rows."""
        rows = self.finder if self.finder.is_open else self.questions
        return self.guide.by_id.get(rows.highlighted or "")

    @property
    def highlighted_duty(self) -> Duty | None:
        """The duty that the highlighted row weighs, or that its item is about."""
        row = self.questions.highlighted
        about = (duty for duty in self.guide.duties if row in duty.places)
        return duty_of(self.guide, row) or next(about, None)

    def now(self) -> dt.datetime:
        """The app's clock."""
        return self.desk.now()

    @property
    def today(self) -> dt.date:
        """The day here."""
        return today(self)

    def measure_hints(self) -> None:
        """As many lines for the hints as the step's longest needs: nothing moves within a step.

        Three at most, and a fourth for words to say. A place of the line may need more. A panel
        has only its keys to say, and is given the room instead.
        """
        if self.panel is not None:
            self.parts.hint.allow(FEWEST_HINT_ROWS)
            return
        items = shown_items(self.guide, self.step, self.conversation.intake)
        if self._last_place is not None:
            items = (*items, self._last_place)
        spoken = any(not isinstance(item, Question) for item in items)
        most = MOST_HINT_ROWS + spoken
        width = self.size.width - HINT_MARGIN
        way_on = self.conversation.step == JOURNAL_STEP
        needed = (
            rows_needed(
                self._paragraphs(item)[: 1 + (way_on or _is_said(item))],
                self._more(item),
                width,
                most,
            )
            for item in items
        )
        self.parts.hint.allow(max(FEWEST_HINT_ROWS, *needed))

    @property
    def caution(self) -> Caution | None:
        """Which numbers must not be called."""
        return self._cautions.of(self.conversation, self.words)

    def kind_of_line(self) -> Kind:
        """The kind that Enter would keep the line as."""
        line = self.conversation.line
        if line.kind in _READ and line.text.lstrip()[:1] in _SAYS_KIND and line.text:
            return parsed(line)[0]
        return line.kind

    # In place of the list

    def show_stage(self) -> None:
        """What stands where the list stands: find, a panel, the journal note, or the list alone."""
        if not self.is_attached:
            return  # asked for before the screen was closed
        here = self.conversation.step == JOURNAL_STEP
        finding, reading = self.finder.is_open, self.panel is not None
        self.questions.set_class(finding or reading, "-elsewhere")
        self.questions.set_class(here, "-journal")
        self.questions.styles.height = self.questions.virtual_size.height + 1 if here else "1fr"
        if self.panel is not None:
            self.panel.display = not finding
        if self.journal is not None:
            if here:
                self.journal.refresh_from(self.conversation)
            self.journal.display = here and not finding and not reading
            self.enter_journal(self.in_journal and here)

    async def prepare_stage(self) -> None:
        """Make the journal note ready where the step shows it; it comes to be only then."""
        if self.journal is None and self.conversation.step == JOURNAL_STEP:
            from intake_tui.widgets.journal_view import JournalView  # noqa: PLC0415

            journal = JournalView(self.conversation)
            await self.stage(journal)
            self.journal = journal
            self.enter_journal(self.in_journal)  # one highlight only

    @property
    def journal_is_shown(self) -> bool:
        """Whether the journal note is there to move in."""
        return self.journal is not None and self.conversation.step == JOURNAL_STEP

    def enter_journal(self, inside: bool) -> None:
        """The highlight stands in the journal note, or in the list above it."""
        self.in_journal = inside
        self.questions.leave(inside)
        if self.journal is not None:
            self.journal.query_one(Rows).leave(not inside)

    def stage(self, widget: Widget) -> AwaitMount:
        """Put a panel where the list stands."""
        return self.parts.stage.mount(widget)

    # The line

    def sync(self) -> bool:
        """The line is what stands in the field; what a panel added to it since comes first.

        Whether that was something new.
        """
        line, text = self.conversation.line, self.note.text
        if line.text != self._agreed:
            text = line.text + text.removeprefix(self._agreed)
            self.note.put(text)
        self._agreed = text
        if text == line.text:
            return False
        self.conversation.line = typed(line, text)
        self.desk.touch(self.conversation)
        return True

    def put_line(self) -> None:
        """The field shows the line as the conversation has it."""
        self._agreed = self.conversation.line.text
        self.note.put(self._agreed)

    def pick(self, place: str | None) -> None:
        """That is a place of the line, its last one."""
        self.sync()
        if place is not None:
            self.conversation.line = placed(self.conversation.line, self.guide, place)
            self.picked_with, self.taken_at = self.note.text, self.note.clock()
            self.desk.touch(self.conversation)
        self.show_line()
