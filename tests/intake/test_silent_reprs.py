"""No dataclass of an intake that holds something said prints itself as dataclasses do."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pytest
from ticking import begun

import intake_tui.intake
from intake_tui.intake.journal import draft
from intake_tui.intake.journal_lines import drafted
from intake_tui.intake.overview import overview
from intake_tui.intake.signals import signals

SAID = {"value", "text", "body", "drafted", "when", "where", "about", "plan", "view"}
MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.iter_modules(intake_tui.intake.__path__, "intake_tui.intake.")
]
CLASSES = {
    thing
    for module in MODULES
    for thing in vars(module).values()
    if isinstance(thing, type)
    and dataclasses.is_dataclass(thing)
    and thing.__module__.startswith("intake_tui.intake.")
}
HOLDING = sorted(
    (each for each in CLASSES if SAID & {field.name for field in dataclasses.fields(each)}),
    key=lambda each: each.__qualname__,
)


def test_there_are_such_classes() -> None:
    assert {"Statement", "Given", "Known", "Because", "OptionView", "Sentence"} <= {
        each.__name__ for each in HOLDING
    }


@pytest.mark.parametrize("each", HOLDING, ids=lambda each: each.__qualname__)
def test_what_holds_something_said_has_a_repr_of_its_own(each: type) -> None:
    made = hasattr(each.__repr__, "__wrapped__")  # as dataclasses make them
    assert not made, each.__qualname__


def test_no_answer_is_printed() -> None:
    talk = begun()
    for place in ("THREAT-10", "THREAT-7", "THREAT-13"):
        talk.answer(place, "unknown")
    talk.answer("THREAT-10", "yes")
    guide, intake = talk.guide, talk.intake
    note = draft(guide, intake, "nb")
    things = (note.all, drafted(guide, intake, "nb"), overview(guide, intake))
    because = tuple(found.because for found in signals(guide, intake))
    assert because
    assert "unknown" not in repr(things)
    assert "yes" not in repr((note.all, because))
