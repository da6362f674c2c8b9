"""Keys that come all at once do what they do one by one: none overtakes another."""

from __future__ import annotations

from conversation_bench import Bench, burst
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from textual.events import Paste

from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.screens.conversation import ConversationScreen

KEYS = st.lists(
    st.sampled_from(
        [
            *("type:ja", "type:nei ", "type:o: x", 'type:"y', "enter", "enter", "tab", "shift+tab"),
            *("up", "down", "pagedown", "ctrl+f", "f3", "ctrl+l", "ctrl+t", "backspace", "escape"),
            *("ctrl+z", "f7", "f8", "left", "home", "ctrl+w", "ctrl+e"),
        ]
    ),
    max_size=15,
)


async def test_lines_and_finds_in_one_burst(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await burst(
            pilot,
            *("type:en", "enter", "type:to", "enter"),
            *("ctrl+f", "type:våp", "enter", "tab", "type:jakter", "enter", "type:fire", "enter"),
            *("ctrl+f", "type:verre", "enter", "ctrl+f", "type:livet", "enter", "tab", "enter"),
            *("backspace", "type:!", "enter", "ctrl+f", "escape", "type:slutt", "enter"),
        )
    kept = [(line.text, line.places) for line in bench.talk.intake.statements]
    assert kept == [
        ("en", ()),
        ("to", ()),
        ("jakter", ("THREAT-10",)),
        ("fire!", ()),
        ("slutt", ()),
    ]
    assert bench.talk.intake.value("THREAT-10") == "yes"
    assert bench.talk.intake.value("THREAT-7") == "yes"
    assert bench.talk.intake.value("THREAT-4") is None


async def test_a_paste_keeps_its_place_among_the_keys(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await burst(pilot, "type:a")
        bench.post_message(Paste("b"))
        await burst(pilot, "type:c", "enter")
    assert [line.text for line in bench.talk.intake.statements] == ["abc"]


async def outcome(keys: list[str], *, at_once: bool) -> tuple[object, ...]:
    talk = Conversation.new(load(), by="00" * 16)
    bench = Bench(talk)
    async with bench.run_test() as pilot:
        bench.note.clock = lambda: 0.0
        for group in [keys] if at_once else [[key] for key in keys]:
            await burst(pilot, *group)
        over, view = type(bench.screen), talked_in(bench)
        view.sync()
        kept = [(line.kind, line.text, line.places) for line in talk.intake.statements]
        answers = {place: answer.value for place, answer in talk.intake.answers.items()}
        return over, kept, answers, talk.line, talk.step, view.questions.highlighted


def talked_in(bench: Bench) -> ConversationScreen:
    """The conversation's screen, whatever was opened over it."""
    found = (one for one in bench.screen_stack if isinstance(one, ConversationScreen))
    return next(found)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(keys=KEYS)
@example(keys=["ctrl+w", "enter"])  # the person's case is looked for
@example(keys=["ctrl+w", "enter", "type:ja", "escape", "type:nei ", "enter"])
@example(keys=["ctrl+f", "enter", "pagedown"])  # by the height of the list without find
async def test_any_burst_is_as_one_by_one(keys: list[str]) -> None:
    assert await outcome(keys, at_once=True) == await outcome(keys, at_once=False)


async def test_through_panels_and_back_in_one_burst(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await burst(
            pilot,
            *("type:a", "ctrl+g", "3", "type:b", "ctrl+r", "escape", "type:c", "ctrl+o", "escape"),
            *("type:d", "ctrl+y", "escape", "type:e", "ctrl+g", "7", "type:f", "f7", "type:g"),
        )
        for _ in range(3):
            await pilot.pause()
        assert bench.note.text == "abcdefg"
        assert bench.talk.line.text == "abcdefg"
        assert bench.talk.step == 6
        assert bench.note.has_focus


async def test_what_was_typed_over_a_panel_stands_in_the_line(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await burst(pilot, "type:a", "ctrl+o", "type:bc")
        await burst(pilot, "escape", "type:d")
        for _ in range(3):
            await pilot.pause()
        assert bench.note.text == bench.talk.line.text == "a bcd"
        await burst(pilot, "ctrl+o", "type:ef", "escape", "type:g")
        for _ in range(3):
            await pilot.pause()
        assert bench.note.text == bench.talk.line.text == "a bcd efg"
