"""The overview as rows: signals with what they follow from, then option by option."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from intake_tui.guide.answers import NO_ANSWER, Stance
from intake_tui.intake.before import Before
from intake_tui.intake.decision import PLACE as DECISION
from intake_tui.intake.overview import Known, NotKnown, OptionView, overview
from intake_tui.intake.signals import Because, FoundSignal, signals
from intake_tui.widgets.ageing import mark, source_line
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.saying import (
    answer_word,
    before_words,
    in_words,
    place_name,
    stance_word,
)
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.ageing import Ages
    from intake_tui.guide.model import Guide, Hint
    from intake_tui.intake.record import Intake, Statement

DIVIDER = "/"  # between the part of the overview and the place, in a row's key


def place_of(key: str) -> str:
    """The place that a row is about."""
    return key.partition(DIVIDER)[2]


class OverviewRows:
    """Makes the rows. Nothing in it is a number, and nothing is weighed."""

    def __init__(self, guide: Guide, intake: Intake, words: Words, today: dt.date) -> None:
        self._guide, self._intake, self._words = guide, intake, words
        self._today = today
        self._lines: dict[str, Statement] = {line.id: line for line in intake.statements}

    @cached_property
    def options(self) -> tuple[OptionView, ...]:
        """The options, each a page of its own after the signals'."""
        return overview(self._guide, self._intake)

    def names(self) -> list[str]:
        """What the pages are called."""
        language = self._words.language
        options = [view.option.short.at(language) for view in self.options]
        return [self._words("overview.signals"), *options]

    def page(self, number: int) -> Iterator[Row]:
        """The rows of a page."""
        return self._option(self.options[number - 1]) if number else self._signals()

    def _signals(self) -> Iterator[Row]:
        found = signals(self._guide, self._intake)
        for signal in found:
            yield from self._signal(signal)
            yield Row()
        if not found:
            yield Row(self._words("overview.no-signals"), look="strong")
            yield Row()
        for rule in self._guide.rules:
            text = rule.text.at(self._words.language)
            yield Row(text, look="quiet", right=self._mark(rule))

    def _signal(self, found: FoundSignal) -> Iterator[Row]:
        language, signal = self._words.language, found.signal
        yield Row(signal.name.at(language), look="strong", right=self._mark(signal))
        yield Row(signal.about.at(language), look="quiet", indent=2)
        for because in found.because:
            yield self._because(signal.id, because)
        known = self._guide.known(signal)
        if known:
            yield Row(self._words("overview.known"), look="heading", indent=2)
        yield from (self._known_of(signal.id, hint) for hint in known)

    def _known_of(self, signal: str, hint: Hint) -> Row:
        """One thing that is known, with where it was read; Enter takes the question along."""
        return Row(
            hint.text.at(self._words.language),
            key=f"{signal}:{hint.id}{DIVIDER}{hint.about[0]}",
            right=self._mark(hint),
            below=((source_line(hint, self._today, self._words), "quiet"),),
            indent=2,
            hang=2,
        )

    def _mark(self, part: Ages) -> str:
        return mark(part, self._today, self._words)

    def _because(self, signal: str, because: Because) -> Row:
        return Row(
            self._said_of(because.place, because.value),
            key=f"{signal}{DIVIDER}{because.place}",
            lead=self._words("overview.because") + " ",
            right=self._words_only(because.place, because.value),
            below=self._quoted(because.statements),
            indent=2,
            hang=2,
            quoting=True,
        )

    def _option(self, view: OptionView) -> Iterator[Row]:
        words, option = self._words, view.option
        yield Row(
            option.short.at(words.language),
            look="strong",
            right=self._standing(view),
            right_look="accent" if view.chosen else "quiet",
            below=self._said_before(option.id, view.before),
        )
        yield Row(option.about.at(words.language), look="quiet", right=self._mark(option))
        if view.unknown:
            yield Row()
            yield Row(words("overview.not-known"), look="heading")
            yield from (self._not_known(view, each) for each in view.unknown)
        if view.chosen or option.own_choice:
            yield Row()
            yield self._reason(view)
        if view.known:
            yield Row()
            yield Row(words("overview.was-said"), look="heading")
            yield from (self._known(view, each) for each in view.known)

    def _standing(self, view: OptionView) -> str:
        """Offered, the person's own view, and chosen: three things, each said apart."""
        parts = [self._words("overview.chosen")] if view.chosen else []
        stance = Stance(view.offered, view.view)
        if stance != Stance() or not parts:
            parts.append(stance_word(stance, self._words))
        return " · ".join(parts)

    def _reason(self, view: OptionView) -> Row:
        """Why it was chosen, or that the reason is still to be written; Enter writes it."""
        if view.reason:
            text = self._words("overview.reason")
        else:
            text = self._words(f"overview.{'reason-missing' if view.chosen else 'own-choice'}")
        return Row(
            text,
            key=f"{view.option.id}{DIVIDER}{DECISION}",
            right="" if view.reason else self._words("overview.reason-right"),
            below=self._quoted(view.reason),
            hang=2,
        )

    def _not_known(self, view: OptionView, each: NotKnown) -> Row:
        return Row(
            place_name(self._guide, each.place, self._words),
            key=f"{view.option.id}{DIVIDER}{each.place}",
            right=self._words(f"answers.{each.state}"),
            below=(*self._said_before(each.place, each.before), *self._quoted(each.statements)),
            hang=2,
            quoting=True,
        )

    def _known(self, view: OptionView, each: Known) -> Row:
        against = each in view.against
        return Row(
            self._said_of(each.place, each.value),
            key=f"{view.option.id}{DIVIDER}{each.place}",
            right=self._words("overview.against")
            if against
            else self._words_only(each.place, each.value),
            below=(*self._said_before(each.place, each.before), *self._quoted(each.statements)),
            hang=2,
            quoting=True,
        )

    def _said_of(self, place: str, value: str | None) -> str:
        name = place_name(self._guide, place, self._words)
        return f"{name}: {answer_word(self._guide, place, value, self._words)}" if value else name

    def _said_before(self, place: str, before: tuple[Before, ...]) -> tuple[Piece, ...]:
        if not before:
            return ()
        said_first = (answer_word(self._guide, place, each.value, self._words) for each in before)
        return ((before_words(said_first, self._words), "quiet"),)

    def _words_only(self, place: str, value: str | None) -> str:
        """That something was said of it, where it could have been answered and was not."""
        item = self._guide.by_id.get(place)
        answerable = item is not None and set(item.values) - set(NO_ANSWER)  # not an open one
        return self._words("overview.words-only") if answerable and not value else ""

    def _quoted(self, statements: tuple[str, ...]) -> tuple[Piece, ...]:
        return tuple(
            (in_words(line, self._words), "quiet")
            for id_ in statements
            if (line := self._lines.get(id_))
        )
