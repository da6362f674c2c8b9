"""What the app tells the screen in front: whether the conversation is saved."""

from __future__ import annotations

import datetime as dt

from textual.message import Message


class Saved(Message):
    """A conversation's draft was committed at `at` (UTC)."""

    def __init__(self, conversation_id: bytes, at: dt.datetime) -> None:
        super().__init__()
        self.conversation_id = conversation_id
        self.at = at


class NotSaved(Message):
    """A draft could not be written; it is kept in memory and tried again. `code` says why."""

    def __init__(self, conversation_id: bytes, code: str) -> None:
        super().__init__()
        self.conversation_id = conversation_id
        self.code = code


class Jotted(Message):
    """What was written before there was a conversation is kept in another way now."""


class CheckTold(Message):
    """The check of the archive has come further, or is done."""


class BackupTold(Message):
    """A backup has come further, or has ended."""


class BookRead(Message):
    """The heads of all contacts are in memory: who called before is known now."""


class Happened(Message):
    """Something that whoever writes should know, and that keeps nobody from writing: its words."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
