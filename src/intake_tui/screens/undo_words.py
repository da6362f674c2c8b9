"""What was undone or done again, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_tui.widgets.saying import place_name

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.events import Event
    from intake_tui.words import Words


def turned_event(conversation: Conversation) -> Event | None:
    """The event that the last one undid or did again."""
    events = conversation.intake.events
    target = getattr(events[-1], "event", None) if events else None
    return next((event for event in reversed(events) if event.id == target), None)


def turned_back(conversation: Conversation, words: Words) -> str:
    """What the last event, an undoing or redoing of another, was about."""
    event = turned_event(conversation)
    if event is None:
        return ""
    if event.type == "answered":
        name = place_name(conversation.guide, event.place, words)
        return words("conversation.event-answered", place=name)
    return words(f"conversation.event-{event.type}")
