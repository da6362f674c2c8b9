"""Fills an archive with invented contacts."""

from __future__ import annotations

import datetime as dt
import random

from intake_tui.demo.conversations import Inventor
from intake_tui.guide.model import Guide
from intake_tui.records.archive import Archive

PARKED = 3  # conversations that are left open, where there are enough
WITHOUT_DATA = 0.02  # silent calls and wrong numbers, for each contact


def fill(archive: Archive, guide: Guide, *, contacts: int, seed: int, today: dt.date) -> None:
    """Invents that many contacts; a few of the newest stay open, the rest are signed."""
    inventor = Inventor(guide, seed=seed, by=archive.me.slot, today=today)
    parked = min(PARKED, contacts // 4)
    held = ((one.conversation.snapshot(), one.signed) for one in inventor.signed(contacts - parked))
    archive.sign_all(((snapshot, at) for snapshot, at in held if at is not None), guide)
    for one in inventor.parked(parked):
        archive.save(one.conversation.snapshot())
    chance = random.Random(seed)  # noqa: S311 - invented contacts
    for _ in range(min(20, round(contacts * WITHOUT_DATA))):
        archive.registrations.count_one(chance.choice(["silent", "wrong-number"]))
