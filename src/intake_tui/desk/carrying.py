"""What is jotted while the archive is open goes into a conversation at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_tui.desk.jot import Jot

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class Carrying:
    """Into the conversation that is covered, or into a new one: lines of their own.

    The line that stood in it half written stays what it was. Only while a jotted line is not
    ended either, its words stand behind it, so that the draft has them.
    """

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self._before = conversation.line

    def take(self, jot: Jot) -> None:
        """Ended lines become statements; the unfinished one goes along."""
        from intake_tui.intake.line import Line, typed

        conversation = self.conversation
        while jot.lines:
            conversation.line = typed(Line(), conversation.withholds(jot.lines[0]))
            conversation.keep()
            del jot.lines[0]
        unfinished = conversation.withholds(jot.unfinished)
        words = [text for text in (self._before.text, unfinished) if text]
        conversation.line = typed(self._before, " ".join(words))
