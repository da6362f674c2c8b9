"""A plain key costs the same however much was said: nothing is folded, ruled or painted anew."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from conversation_bench import Bench, typed
from textual.document._wrapped_document import WrappedDocument
from textual.events import Mount, Paste
from textual.pilot import Pilot
from textual.widget import Widget

from intake_tui.guide.model import Condition, Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.record import Intake
from intake_tui.intake.signals import signals
from intake_tui.screens import conversation
from intake_tui.screens.overview import OverviewScreen
from intake_tui.widgets.akutt_panel import AkuttPanel
from intake_tui.widgets.journal_view import JournalView
from intake_tui.widgets.rows import Rows


def leaves(condition: Condition) -> Iterator[Condition]:
    """The questions that a rule asks of the answers."""
    parts = (*(condition.all or ()), *(condition.any or ()))
    if not parts:
        yield condition
    for part in parts:
        yield from leaves(part)


RULES = ("fold", "signals", "overview", "journal", "children", "decision", "answers", "undo")


@contextmanager
def calls() -> Iterator[Counter[str]]:
    """How often functions of our own are called, by module and name."""
    counted: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("intake_tui."):
            counted[f"{name.removeprefix('intake_tui.')}.{frame.f_code.co_name}"] += 1

    sys.setprofile(note)
    try:
        yield counted
    finally:
        sys.setprofile(None)


async def settled(pilot: Pilot[Any]) -> None:
    """A few keys, and whatever was still to be laid out is."""
    await typed(pilot, "jak")
    for _ in range(5):
        await pilot.pause()


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The header looks at the clock on its own, on a slow machine while a key is counted."""
    monkeypatch.setattr(conversation, "CLOCK_SECONDS", 3600.0)


@pytest.fixture
def long_talk(talk: Conversation) -> Conversation:
    for number in range(500):
        talk.line = Line(f"linje {number} om noe som ble sagt", places=("THREAT-4",))
        talk.keep()
    return talk


async def test_no_rule_no_fold_and_no_list_at_a_plain_key(long_talk: Conversation) -> None:
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await typed(pilot, "ter og sier")
        ruled = {name for name in counted if name.split(".")[1] in RULES and "intake." in name}
        assert not ruled
        lists = {name for name in counted if "question_list" in name or "rows.render" in name}
        assert not lists
        assert 1 <= counted["widgets.note_line._render_line"] <= len("ter og sier")


async def test_a_plain_key_reads_nothing_of_what_was_said_or_may_be_asked(
    long_talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that its cost cannot grow with statements, answers, questions or signals."""
    read: Counter[str] = Counter()

    def watched(one: object, name: str) -> Any:
        read[f"{type(one).__name__}.{name}"] += 1
        return object.__getattribute__(one, name)

    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with monkeypatch.context() as watching:
            watching.setattr(Intake, "__getattribute__", watched)
            watching.setattr(Guide, "__getattribute__", watched)
            await typed(pilot, "ter og sier")
            assert not read
            await pilot.press("enter")
        assert read["Intake.statements"]
        assert read["Guide.by_id"]


CALLS = 40  # of our own, at a key that prints, with the painting of its line


async def test_a_plain_key_calls_little(bench: Bench) -> None:
    """Whatever is done besides at each key costs calls, also where it changes nothing."""
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press("t")
        assert counted["screens.conversation.on_text_area_changed"] == 1
        assert counted.total() <= CALLS, counted


async def test_the_journal_is_not_drafted_at_a_plain_key(long_talk: Conversation) -> None:
    long_talk.step = 7
    bench = Bench(long_talk)
    async with bench.run_test() as pilot:
        await settled(pilot)
        assert bench.front.journal is not None
        with calls() as counted:
            await typed(pilot, "ter og sier")
        assert not {name for name in counted if "journal" in name}
        with calls() as counted:
            await pilot.press("enter")
            await pilot.pause()
        assert counted["intake.journal.draft"] == 1


async def test_as_many_calls_a_key_after_500_lines_as_after_none(
    guide: Any, long_talk: Conversation
) -> None:
    empty = Conversation.new(guide, by="00" * 16, guide_hash="0" * 64)
    totals = []
    for talk in (empty, long_talk):
        bench = Bench(talk)
        async with bench.run_test(size=(160, 48)) as pilot:
            await settled(pilot)
            with calls() as counted:
                await typed(pilot, "ter og sier")
            totals.append(counted)
    assert totals[0] == totals[1]


async def test_only_the_note_line_is_painted_at_a_plain_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: Counter[str] = Counter()
    original = Widget.refresh

    def refresh(self: Widget, *args: Any, **kwargs: Any) -> Widget:
        painted[type(self).__name__] += 1
        return original(self, *args, **kwargs)

    async with bench.run_test() as pilot:
        await settled(pilot)
        monkeypatch.setattr(Widget, "refresh", refresh)
        await typed(pilot, "ter")
        assert painted.keys() == {"NoteLine"}


WIDGETS = 20  # of a step: each has to be styled, laid out and asked what it shows


async def test_as_many_widgets_on_every_step_and_after_many_lines(
    bench: Bench, long_talk: Conversation
) -> None:
    counts = {}
    async with bench.run_test() as pilot:
        for step in (1, 2, 3, 4, 5, 6, 8):
            await bench.front.go_to_step(step)
            await pilot.pause()
            counts[step] = len(bench.screen.query("*"))
            assert len(bench.screen.query(Rows)) == 3
            kept = len(long_talk.intake.statements)
            await typed(pilot, "nok en linje")
            await pilot.press("enter")
            assert len(long_talk.intake.statements) == kept + 1
            assert len(bench.screen.query("*")) == counts[step]
        await bench.front.go_to_step(7)
        await pilot.pause()
        journal = len(bench.screen.query("*")) - counts[1]
        for step in (7, 3, 7):
            await bench.front.go_to_step(step)
            await pilot.pause()
        assert len(bench.screen.query("*")) - counts[1] == journal <= 4
    assert len(set(counts.values())) == 1
    assert counts[1] <= WIDGETS


async def test_a_key_in_a_long_paragraph_reads_little_of_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intake_tui.widgets import wrapping

    wrapped: list[int] = []
    original = wrapping.compute_wrap_offsets

    def watched(text: str, *args: Any) -> list[int]:
        wrapped.append(len(text))
        return original(text, *args)

    async with bench.run_test(size=(80, 24)) as pilot:
        bench.post_message(Paste("ord " * 5000))
        await pilot.pause()
        monkeypatch.setattr(wrapping, "compute_wrap_offsets", watched)
        for name in ("get_sections", "location_to_offset"):  # Textual's own read all of it
            monkeypatch.setattr(WrappedDocument, name, lambda *_, name=name: pytest.fail(name))
        await typed(pilot, "jakter")
        assert bench.note.text.endswith("jakter")
        assert max(wrapped) < 400


@pytest.mark.parametrize("step", [2, 3, 5])
async def test_a_kept_line_is_laid_out_and_no_other_line_is_nor_any_rule(
    long_talk: Conversation, step: int
) -> None:
    """Nothing that is derived reads a line without an answer; of 500 lines one is new."""
    long_talk.step = step
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press("enter")
            await pilot.pause()
        assert counted["intake.conversation.keep"] == 1
        assert counted["widgets.row_layout._marked_lines"] <= 6
        assert not {name for name in counted if name.startswith("intake.signals")}
        assert not {name for name in counted if name.startswith(("intake.overview", "intake.due"))}
        assert not {name for name in counted if name.startswith("intake.journal")}


async def test_an_answer_evaluates_no_rule_before_somebody_looks(
    guide: Any, long_talk: Conversation
) -> None:
    """Signals are for the overview; drawn there, each of them is looked at once."""
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        long_talk.line = Line("ja", places=("THREAT-4",), answers={"THREAT-4": "yes"})
        with calls() as counted:
            await pilot.press("enter")
            await pilot.pause()
        assert counted["intake.signals.signals"] == 0
    with calls() as counted:
        signals(guide, long_talk.intake)
    assert counted["intake.signals.signals"] == 1
    assert counted["intake.weighable.weighable"] == 1
    conditions = sum(1 for signal in guide.signals for _ in leaves(signal.when))
    assert counted["intake.signals._by_answer"] + counted["intake.signals._by_words"] <= conditions


@pytest.mark.parametrize(
    ("keys", "of"),
    [(["f8"] * 6, JournalView), (["ctrl+e"], AkuttPanel)],
    ids=["the journal note", "a panel"],
)
async def test_what_stands_in_place_of_the_list_is_painted_only_when_all_of_it_is_there(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, keys: list[str], of: type[Widget]
) -> None:
    """Half of it was painted before, then all, then all again where it had been scrolled."""
    held_back: list[int] = []

    def mounted(self: Widget, event: Mount) -> None:
        held_back.append(self.app._batch_count)

    monkeypatch.setattr(of, "_on_mount", mounted)
    bench = Bench(talk)
    async with bench.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert bench.screen.query(of)
        assert held_back == [1]
        assert bench._batch_count == 0


async def test_the_overview_is_worked_out_once_when_it_is_opened(long_talk: Conversation) -> None:
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press("ctrl+o", "right", "right")
            assert isinstance(bench.screen, OverviewScreen)
        assert counted["intake.overview.overview"] == 1
        assert counted["intake.signals.signals"] == 1


DERIVED = (
    "widgets.question_list.step_rows",
    "widgets.note_rows.note_rows",
    "intake.journal.draft",
)


@pytest.mark.parametrize("keys", [("ctrl+o", "escape"), ("ctrl+f", "escape"), ("ctrl+t",)])
@pytest.mark.parametrize("step", [3, 7])
async def test_what_follows_from_the_talk_is_not_worked_out_anew_where_the_talk_is_the_same(
    long_talk: Conversation, keys: tuple[str, ...], step: int
) -> None:
    long_talk.step = step
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press(*keys)
            await pilot.pause()
        assert counted["screens.conversation_view.show_line"]
        assert not {name: counted[name] for name in DERIVED if counted[name]}


async def test_hints_are_measured_where_there_are_others_only(bench: Bench) -> None:
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press("ctrl+t")
        assert counted["screens.conversation_view.show_line"] == 1
        assert not counted["widgets.hint_bar.rows_needed"]
        with calls() as counted:
            await bench.front.go_to_step(3)
        assert counted["widgets.hint_bar.rows_needed"]


async def test_another_step_weighs_nothing_and_lays_out_no_line_of_the_note(
    long_talk: Conversation,
) -> None:
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await bench.front.go_to_step(4)
            await pilot.pause()
        assert counted["widgets.question_list.step_rows"]
        assert not counted["widgets.note_rows.note_rows"]
        weighed = {"intake.signals.signals", "intake.overview.overview", "intake.journal.draft"}
        assert not weighed & counted.keys()


async def test_kept_lines_are_looked_through_once_for_numbers_that_must_not_be_called(
    long_talk: Conversation,
) -> None:
    long_talk.pin("call", "no")
    bench = Bench(long_talk)
    async with bench.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        with calls() as counted:
            await pilot.press("enter")
            await pilot.pause()
        lines = len(long_talk.intake.statements)
        assert lines <= counted["widgets.caution.<genexpr>"] < 2 * lines
