"""The keys that the running note shows, for each thing that may be going on."""

from __future__ import annotations

from intake_tui.widgets.key_bar import Key
from intake_tui.words import Words


def keys(words: Words) -> tuple[Key, ...]:
    """While the highlight goes over the lines."""
    return (
        Key("Enter", words("running_note.key-edit")),
        Key("^L", words("running_note.key-place"), "F4"),
        Key("^T", words("running_note.key-kind"), "F5"),
        Key("^D", words("running_note.key-split")),
        Key("^U", words("running_note.key-merge")),
        Key("^↑ ^↓", words("running_note.key-move")),
        Key("^X", words("running_note.key-retract")),
        Key("^Z", words("running_note.key-undo")),
        Key("^A", words("running_note.key-redo")),
        Key("Esc", words("running_note.key-back")),
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
