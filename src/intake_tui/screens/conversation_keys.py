"""The keys of the conversation, in the order of the design, and those that its last line names."""

from __future__ import annotations

from textual.binding import Binding

from intake_tui.widgets.key_bar import Key
from intake_tui.words import Words


def _key(keys: str, action: str, words_key: str = "") -> Binding:
    """A binding; its description is the key of its words, for the command palette."""
    return Binding(keys, action, f"conversation.{words_key}" if words_key else "", show=False)


BINDINGS = [
    _key("enter", "keep", "keep"),
    _key("tab", "turn(1)", "turn"),
    _key("shift+tab", "turn(-1)", "turn-back"),
    _key("up", "move(-1)"),
    _key("down", "move(1)"),
    _key("pageup", "page(-1)"),
    _key("pagedown", "page(1)"),
    _key("ctrl+f,f3", "find", "find"),
    _key("ctrl+l,f4", "place", "place"),
    _key("ctrl+t,f5", "kind", "kind"),
    _key("ctrl+r,f2", "running_note", "running-note"),
    _key("ctrl+o,f6", "overview", "overview"),
    _key("ctrl+y", "safety", "safety-strip"),
    _key("ctrl+d", "duties", "duties"),
    _key("ctrl+e", "akutt", "akutt"),
    _key("ctrl+a", "read", "read"),
    _key("ctrl+w", "before", "before"),
    _key("ctrl+b,f9", "line_broke", "line-broke"),
    _key("ctrl+g", "go_to_step", "go-to-step"),
    _key("f7", "step(-1)", "previous-step"),
    _key("f8", "step(1)", "next-step"),
    _key("ctrl+s", "save", "save"),
    _key("ctrl+z", "undo", "undo"),
    _key("ctrl+shift+z", "redo"),
    _key("escape", "leave_it"),
]


def footer_keys(words: Words, *, placed: bool = False) -> tuple[Key, ...]:
    """What the last line names, the needed ones first; the last one always has its place.

    On 80 columns there is room for seven: what nobody guesses, and what leads to all the others.
    A line without a place is offered one, and one that is `placed` its answer.
    """
    find, turn = (
        Key("^F", words("conversation.find"), "F3"),
        Key("Tab", words("conversation.turn")),
    )
    first, later = (turn, find) if placed else (find, turn)
    return (
        first,
        Key("^G", words("conversation.go-to-step"), "F8"),
        Key("^R", words("conversation.running-note"), "F2"),
        Key("^Y", words("conversation.safety-strip")),
        Key("^E", words("conversation.akutt")),
        Key("F1", words("conversation.help")),
        later,
        Key("^O", words("conversation.overview"), "F6"),
        Key("^L", words("conversation.place"), "F4"),
        Key("^A", words("conversation.read")),
        Key("^D", words("conversation.duties")),
        Key("^W", words("conversation.before")),
        Key("^B", words("conversation.line-broke"), "F9"),
        Key("Esc Esc", words("conversation.cover"), "F12"),
    )


def find_keys(words: Words) -> tuple[Key, ...]:
    """The same while a place is looked for."""
    return (
        Key("Enter", words("conversation.pick")),
        Key("Esc", words("conversation.back")),
        Key("Esc Esc", words("conversation.cover"), "F12"),
    )
