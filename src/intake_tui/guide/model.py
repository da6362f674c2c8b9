"""What a guide is made of: questions, information, options, hints, rules and topics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, Strict

from intake_tui.guide.answers import NO_ANSWER, STANCES, TOLD, YES_NO

Language: TypeAlias = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")

QuestionKind: TypeAlias = Literal[
    "open",  # told in the person's own words
    "yes-no",
    "choice",  # one of its choices; lines placed on it are its note
    "offer",  # accepted, declined, later: its choices
    "children",  # rows «age, where now», from lines placed on it
    "label",  # the line placed on it is its answer, and no statement
    "sufficiency",  # yes-no, asked of the counsellor
    "worksheet",  # the counsellor's reasoning, the no included
    "plan",  # made together with the person
    "decision",  # which option is chosen; lines placed on it are the reason
    "next",  # who does what, when
    "registration",  # for statistics: a choice, or a label where it has no choices
    "document",  # the journal note
]


Text: TypeAlias = Annotated[str, Field(pattern=r"\S")]  # never blank
Flag: TypeAlias = Annotated[bool, Strict()]


class Frozen(BaseModel):
    """A part of the guide: read once, never changed, and strict about what it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """One text in each language of the guide."""

    nb: Text
    nn: Text
    en: Text

    def at(self, language: Language) -> str:
        """The text in that language."""
        text: str = getattr(self, language)
        return text


class Dated(Frozen):
    """What may grow old: where it was read, when, and from when on it is to be read again."""

    source: str | None = None
    checked: dt.date | None = None
    check_again: dt.date | None = None


class WordLists(Frozen):
    """A list of texts in each language: sentences to say, or words to find by."""

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def at(self, language: Language) -> tuple[str, ...]:
        """The list in that language."""
        texts: tuple[str, ...] = getattr(self, language)
        return texts


class Condition(Frozen):
    """Over answers only: `all`/`any` of conditions, or one leaf. Nothing is evaluated.

    A leaf is `question` with `is` (the answer is exactly that value), or `placed` (a told or
    quoted line stands on that item, and nothing was answered that says otherwise: a no, a
    choice, unknown, declined).
    """

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    question: str | None = None
    is_: str | None = Field(default=None, alias="is")
    placed: str | None = None


class Item(Dated):
    """Whatever a line can be placed on and find can find."""

    id: str
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    supplement: Flag = False  # goes beyond the source
    short: Words  # the name on a chip: 24 characters at most
    find: WordLists = WordLists()  # further words to find it by
    hidden: Flag = False  # a place that find shows and the step's list does not


class Choice(Frozen):
    """One answer of a choice."""

    id: str
    word: Words


class Question(Item):
    """Something that may be asked, or a row for the counsellor where it is not spoken."""

    kind: QuestionKind
    ask: Words  # with {subject}, {object}, {possessive} for the person feared
    spoken: Flag = True
    choices: tuple[Choice, ...] = ()
    may_decide: Flag = True  # False: never reaches overview, signals or the decision (HELP-1x)
    note: Literal["first", "always", "room", "never"] = (
        "room"  # whether its lines belong in the journal note; first: never left out before others
    )

    @property
    def is_label(self) -> bool:
        """Whether the line placed on it is its answer, and no statement."""
        return self.kind == "label" or (self.kind == "registration" and not self.choices)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The answers that Tab goes through, in order; after the last comes *not asked*."""
        if self.kind in ("yes-no", "sufficiency"):
            return YES_NO + NO_ANSWER
        if self.kind in ("choice", "offer"):
            return tuple(choice.id for choice in self.choices) + NO_ANSWER
        if self.kind in ("registration", "decision"):
            return tuple(choice.id for choice in self.choices)
        return () if self.kind in ("label", "next", "document") else NO_ANSWER


class Information(Item):
    """Something that the person may need to be told, in sentences short enough to say aloud."""

    say: WordLists
    note: Literal["always", "room"] = "room"  # whether it and its lines belong in the journal note
    when: Condition | None = None  # where it applies only then; None: always
    centre: str | None = None  # only where the centre has this (`centre.toml`)
    wish: Flag = False  # lines on it are what the person wants, rather than what we said

    @property
    def values(self) -> tuple[str, ...]:
        """The states that Tab goes through."""
        return TOLD


class Against(Frozen):
    """An answer that the source itself names as speaking against an option."""

    question: str
    is_: str = Field(alias="is")


class Option(Item):
    """A kind of help that may be offered."""

    about: Words  # when it fits, in a sentence or two for the counsellor
    considers: tuple[str, ...] = ()  # the questions that bear on it
    against: tuple[Against, ...] = ()
    own_choice: Flag = False  # HELP-6: always the counsellor's own, never concluded

    @property
    def values(self) -> tuple[str, ...]:
        """The states that Tab goes through: offered, and the person's own view of it."""
        return tuple(STANCES)


AnyItem: TypeAlias = Question | Information | Option


class Hint(Dated):
    """A word to the counsellor, standing with the items that it is about."""

    id: str
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    about: tuple[str, ...] = Field(min_length=1)
    text: Words


class Signal(Dated):
    """What follows from answers by a rule: named, never counted."""

    id: str
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    supplement: Flag = False
    name: Words
    about: Words  # what to keep in mind, one or two sentences
    when: Condition
    known: tuple[
        str, ...
    ] = ()  # the hints that stand under it: what is known, each with its source


class Duty(Frozen):
    """A duty that the law lays on the counsellor, and what is weighed on its worksheet."""

    id: str
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    name: Words
    about: Words  # when it applies, in a sentence or two for the counsellor
    places: tuple[str, ...] = Field(min_length=1)  # where it is written of; it stands at the first
    per_child: Flag = False  # a worksheet for each child
    while_possible: Flag = False  # whether it asks if something can still be prevented
    asks_ground: Words  # what its grounds are called
    asks_certain: Words  # what its degrees of certainty are called
    relevant: Condition  # when it comes up in the step's list; it is always within reach
    ground: tuple[Choice, ...] = Field(min_length=1)
    certain: tuple[Choice, ...] = Field(min_length=1)
    way: tuple[Choice, ...] = Field(min_length=1)  # the mildest first
    source: str
    checked: dt.date
    check_again: dt.date


class Rule(Dated):
    """A rule of the source that the program itself keeps (HELP-1x, HELP-6)."""

    id: str
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    text: Words


class Topic(Frozen):
    """A short page to read beside the step: for the counsellor, never said aloud."""

    id: str  # no item has the same
    covers: tuple[str, ...] = Field(default=(), max_length=3)
    about: tuple[str, ...] = Field(min_length=1)  # the items and steps that it stands with
    short: Words  # its name in find: 24 characters at most
    title: Words
    find: WordLists = WordLists()
    text: WordLists  # paragraphs; those that begin with «- » are points
    loaded: tuple[str, ...] = ()  # the loaded words that it cannot do without
    sources: tuple[Text, ...] = Field(min_length=1)
    checked: dt.date
    check_again: dt.date

    @property
    def source(self) -> str:
        """All its sources in one line."""
        return "; ".join(self.sources)


class Number(Frozen):
    """A telephone number for an emergency or for advice."""

    id: str  # the number as dialled, without spaces
    number: str  # the number as shown
    name: Words
    akutt: Flag = False  # shown in Akutt
    source: str
    checked: dt.date
    check_again: dt.date


class Step(Frozen):
    """One step of the way through, with its items in the order of their file."""

    id: str
    number: int = Field(ge=1, le=8)
    title: Words
    tab: Words  # the name in the step bar: all eight fit in 78 columns
    items: tuple[AnyItem, ...] = ()


class Pronoun(Frozen):
    """Words for the person feared: subject, object, possessive."""

    id: str
    subject: Words
    object: Words
    possessive: Words


class Lead(Frozen):
    """How a sentence of the journal note begins, by who the person is."""

    id: str  # told, quote
    she: Words
    he: Words
    they: Words


class Abbreviation(Frozen):
    """A short form that is written out in the journal note, outside quotes."""

    short: str
    long: Words


class JournalPart(Frozen):
    """A part of the journal note, with its heading."""

    id: Literal["told", "observed", "assessed", "information", "plan", "decision", "duties", "next"]
    heading: Words


class JournalRules(Frozen):
    """How the journal note is drafted."""

    parts: tuple[JournalPart, ...]
    leads: tuple[Lead, ...]
    abbreviations: tuple[Abbreviation, ...]
    phrases: dict[str, Words]  # the few fixed words of the note, by name


class Centre(Frozen):
    """What differs between centres, before a centre has changed it."""

    has: tuple[str, ...] = ()  # such as "groups"


class Guide(Frozen):
    """All of it. Made by `guide.load`, which also checks it."""

    steps: tuple[Step, ...]
    hints: tuple[Hint, ...]
    signals: tuple[Signal, ...]
    duties: tuple[Duty, ...] = ()
    rules: tuple[Rule, ...]
    numbers: tuple[Number, ...]
    pronouns: tuple[Pronoun, ...]
    journal: JournalRules
    centre: Centre
    loaded: WordLists = WordLists()  # words that the person should not have to hear (THREAT-0)
    topics: tuple[Topic, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, AnyItem]:
        """Each item by its id."""
        return {item.id: item for item in self.items()}

    def is_here(self, item: AnyItem) -> bool:
        """Whether this centre has what the item is about; most items are about none such."""
        return not isinstance(item, Information) or item.centre in (None, *self.centre.has)

    def items(self) -> Iterator[AnyItem]:
        """All items, in the order of the talk."""
        for step in self.steps:
            yield from step.items

    def question(self, id: str) -> Question:  # noqa: A002 - the field's own name
        """The question with that id; KeyError where there is none."""
        item = self.by_id[id]
        if not isinstance(item, Question):
            raise KeyError(id)
        return item

    def duty(self, id: str) -> Duty | None:  # noqa: A002 - the field's own name
        """The duty with that id, or None where there is none."""
        return next((duty for duty in self.duties if duty.id == id), None)

    @cached_property
    def step_of(self) -> dict[str, int]:
        """The number of the step in which each item stands."""
        return {item.id: step.number for step in self.steps for item in step.items}

    def known(self, signal: Signal) -> tuple[Hint, ...]:
        """What is known of a signal, in the order in which it names it."""
        hints = {hint.id: hint for hint in self.hints}
        return tuple(hints[id_] for id_ in signal.known if id_ in hints)

    @cached_property
    def hints_about(self) -> dict[str, tuple[Hint, ...]]:
        """The hints that stand with each item."""
        about: dict[str, tuple[Hint, ...]] = {}
        for hint in self.hints:
            for id_ in hint.about:
                about[id_] = (*about.get(id_, ()), hint)
        return about

    @cached_property
    def undecisive(self) -> frozenset[str]:
        """The questions whose answers must not count when anything is weighed (HELP-1x)."""
        return frozenset(one.id for one in self.items() if not getattr(one, "may_decide", True))

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """Each topic by its id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def topics_about(self) -> dict[str, tuple[Topic, ...]]:
        """The topics that stand with each item, and with each step."""
        about: dict[str, tuple[Topic, ...]] = {}
        for topic in self.topics:
            for id_ in topic.about:
                about[id_] = (*about.get(id_, ()), topic)
        return about


QUESTION_KINDS: tuple[str, ...] = get_args(QuestionKind)
