"""The keys that the running note shows, for each thing that may be going on."""

from __future__ import annotations

from intake_tui.widgets.key_bar import Key
from intake_tui.words import Words

_OF_THE_TALK = ("^U", "^↑ ^↓")  # what is done to a line and its neighbour


def keys(words: Words, by_date: bool) -> tuple[Key, ...]:
    """While the highlight goes over the lines; those in the order of events cannot be moved."""
    return tuple(key for key in _all(words, by_date) if not (by_date and key.ctrl in _OF_THE_TALK))


def _all(words: Words, by_date: bool) -> tuple[Key, ...]:
    turn = "running_note.key-as-said" if by_date else "running_note.key-as-happened"
    return (
        Key("Enter", words("running_note.key-edit")),
        Key("^L", words("running_note.key-place"), "F4"),
        Key("^W", words("running_note.key-when")),
        Key("Tab", words(turn)),
        Key("^T", words("running_note.key-kind"), "F5"),
        Key("^D", words("running_note.key-split")),
        Key("^U", words("running_note.key-merge")),
        Key("^↑ ^↓", words("running_note.key-move")),
        Key("^X", words("running_note.key-retract")),
        Key("^Z", words("running_note.key-undo")),
        Key("^A", words("running_note.key-redo")),
        Key("Esc", words("running_note.key-back")),
    )


def dating_keys(words: Words) -> tuple[Key, ...]:
    """While it is filled in when and where it happened."""
    return (
        Key("Enter", words("running_note.key-keep")),
        Key("Tab", words("running_note.key-other-field")),
        Key("Esc", words("running_note.key-as-it-was")),
    )


def editing_keys(words: Words) -> tuple[Key, ...]:
    """While a line is edited."""
    return (
        Key("Enter", words("running_note.key-keep")),
        Key("^D", words("running_note.key-split-here")),
        Key("^T", words("running_note.key-kind"), "F5"),
        Key("^Z", words("running_note.key-undo")),
        Key("Esc", words("running_note.key-as-it-was")),
    )


def placing_keys(words: Words) -> tuple[Key, ...]:
    """While a place is looked for."""
    return (
        Key("Enter", words("running_note.key-take")),
        Key("↑ ↓", words("running_note.key-choose")),
        Key("Esc", words("running_note.key-as-it-was")),
    )
