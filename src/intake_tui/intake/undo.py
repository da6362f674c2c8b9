"""Which event undo takes back next, and which one redo gives back."""

from __future__ import annotations

from intake_tui.intake.events import Event, Redone, Undone


def undone_next(events: tuple[Event, ...]) -> int | None:
    """The id of the newest event that counts, or None where there is nothing to undo."""
    done, _ = _stacks(events)
    return done[-1] if done else None


def redone_next(events: tuple[Event, ...]) -> int | None:
    """The id of the event undone last, or None where something new has happened since."""
    _, undone = _stacks(events)
    return undone[-1] if undone else None


def _stacks(events: tuple[Event, ...]) -> tuple[list[int], list[int]]:
    done: list[int] = []
    undone: list[int] = []
    for event in events:
        if isinstance(event, Undone):
            _shift(event.event, done, undone)
        elif isinstance(event, Redone):
            _shift(event.event, undone, done)
        else:
            done.append(event.id)
            undone.clear()
    return done, undone


def _shift(id_: int, source: list[int], target: list[int]) -> None:
    if id_ in source:
        source.remove(id_)
        target.append(id_)
