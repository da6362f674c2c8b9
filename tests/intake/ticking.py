"""A clock that goes one second at each look."""

import datetime as dt
from collections.abc import Callable
from itertools import count

from small_guide import GUIDE

from intake_tui.intake.conversation import Conversation

START = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def ticking() -> Callable[[], dt.datetime]:
    seconds = count()
    return lambda: START + dt.timedelta(seconds=next(seconds))


def begun() -> Conversation:
    return Conversation.new(GUIDE, by="ab12", now=ticking(), guide_hash="h")
