"""What a decision table has to show of a rule, and the rules that it has to tell it from."""

from collections.abc import Iterator

from decision_tables import (
    DUTIES,
    INFORMATION,
    ONLY_OURS,
    ONLY_WORDS,
    OPTIONS,
    OUTCOMES,
    SIGNALS,
    WITH_WORDS,
    Row,
    State,
    Table,
    by_name,
    states,
    talk,
)

from intake_tui.guide.answers import TOLD
from intake_tui.guide.model import Condition, Guide, Information, Option
from intake_tui.intake.duties import at_hand
from intake_tui.intake.informing import applies
from intake_tui.intake.overview import NotKnown, OptionView, overview
from intake_tui.intake.record import Intake
from intake_tui.intake.signals import holds, signals

FITS = ("yes", *TOLD, None)  # what may be answered beside words that are to count


# Rules that hold or do not


def conditions(guide: Guide) -> dict[tuple[str, str], Condition]:
    """Every condition of the guide, by the file of its table and the name above it."""
    found = {(SIGNALS, signal.name.nb): signal.when for signal in guide.signals}
    told = (item for item in guide.items() if isinstance(item, Information) and item.when)
    found |= {(DUTIES, duty.name.nb): duty.relevant for duty in guide.duties}
    return found | {(INFORMATION, item.short.nb): item.when for item in told if item.when}


def leaves(condition: Condition) -> Iterator[Condition]:
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from leaves(part)
    if condition.all is None and condition.any is None:
        yield condition


def place_of(leaf: Condition) -> str:
    return leaf.question or leaf.placed or ""


def fits(leaf: Condition, state: State) -> bool:
    """Whether an item that was left so makes the leaf true: told here once more, on its own."""
    if leaf.placed is not None:
        return state.words == "said" and state.value in FITS
    return state.value == leaf.is_


def shown(leaf: Condition, guide: Guide) -> Iterator[tuple[str, State]]:
    """The cells that have to be seen not to make this leaf true."""
    item = guide.by_id[place_of(leaf)]
    for word, state in states(guide, item.id).items():
        told = not word.endswith(WITH_WORDS) or (leaf.placed and state.value not in FITS)
        ours = word != ONLY_OURS or leaf.placed
        if told and ours and not fits(leaf, state):
            yield word, state


def mutants(condition: Condition, guide: Guide) -> Iterator[Condition]:
    """The same rule with one mistake: a leaf left out, an answer swapped, all for any."""
    key = "all" if condition.all is not None else "any"
    parts = condition.all if condition.all is not None else condition.any
    if parts is None:
        yield from _wrong_leaves(condition, guide)
        yield Condition(any=())
        return
    if len(parts) > 1:
        yield Condition.model_validate({"any" if key == "all" else "all": parts})
    for n, part in enumerate(parts):
        for wrong in mutants(part, guide):
            yield Condition.model_validate({key: (*parts[:n], wrong, *parts[n + 1 :])})
        if len(parts) > 1:
            yield Condition.model_validate({key: (*parts[:n], *parts[n + 1 :])})


def _wrong_leaves(leaf: Condition, guide: Guide) -> Iterator[Condition]:
    place = place_of(leaf)
    for value in guide.by_id[place].values:
        if value != leaf.is_:
            yield Condition.model_validate({"question": place, "is": value})
    if leaf.placed is None:
        yield Condition(placed=place)


class Decided:
    """One table over a condition, with the talks that its rows tell of."""

    def __init__(self, guide: Guide, table: Table, condition: Condition) -> None:
        self.guide, self.table, self.condition = guide, table, condition
        self.places = [item.id for name in table.columns[:-1] if (item := by_name(guide, name))]
        self.talks = [(row, talk(guide, dict(zip(self.places, states_, strict=True))))
                      for row, states_ in self._left()]  # fmt: skip

    def _left(self) -> Iterator[tuple[Row, tuple[State, ...]]]:
        for row in self.table.rows:
            cells = zip(self.places, row.cells, strict=False)
            yield row, tuple(states(self.guide, place)[cell] for place, cell in cells)

    def expects(self, row: Row) -> bool:
        return OUTCOMES[self.table.file][row.cells[-1]]

    def tells_from(self, wrong: Condition) -> bool:
        """Whether some row would fail if this were the rule."""
        return any(bool(holds(wrong, intake)) != self.expects(row) for row, intake in self.talks)

    def outcome(self, intake: Intake) -> bool:
        if self.table.file == SIGNALS:
            return self.table.name in {f.signal.name.nb for f in signals(self.guide, intake)}
        if self.table.file == DUTIES:
            duty = next(duty for duty in self.guide.duties if duty.name.nb == self.table.name)
            return at_hand(self.guide, duty, intake)
        told = by_name(self.guide, self.table.name)
        return isinstance(told, Information) and bool(applies(told, self.guide, intake))

    def wrong_rows(self) -> Iterator[str]:
        for row, intake in self.talks:
            if self.outcome(intake) != self.expects(row):
                yield f"{self.table.file}:{row.line}: it comes out otherwise"

    def not_shown(self) -> Iterator[str]:
        """Each leaf has to be seen making the rule hold, and everything else not doing it."""
        outcomes = {row.cells[:-1]: self.expects(row) for row in self.table.rows}
        for leaf in leaves(self.condition):
            column = self.places.index(place_of(leaf))
            if not any(self._shows(leaf, column, cells, outcomes) for cells in outcomes):
                name = self.table.columns[column]
                yield f"{self.table.file}:{self.table.line}: not all is shown of {name}"

    def _shows(
        self,
        leaf: Condition,
        column: int,
        cells: tuple[str, ...],
        outcomes: dict[tuple[str, ...], bool],
    ) -> bool:
        """Whether this row holds, and stops holding at every other cell in the leaf's column."""
        here = states(self.guide, place_of(leaf))[cells[column]]
        if not (outcomes[cells] and fits(leaf, here)):
            return False
        others = [other for other in leaves(self.condition) if place_of(other) == place_of(leaf)]
        return all(
            outcomes.get((*cells[:column], word, *cells[column + 1 :])) is False
            for word, state in shown(leaf, self.guide)
            if not any(fits(other, state) for other in others)
        )


def misread(guide: Guide, table: Table, condition: Condition) -> Iterator[str]:
    """Names and cells of a table that are not there, and questions that it leaves out."""
    where = f"{table.file}:{table.line}"
    items = [by_name(guide, name) for name in table.columns[:-1]]
    for name, item in zip(table.columns[:-1], items, strict=True):
        if item is None:
            yield f"{where}: there is no question {name}"
    there = {item.id for item in items if item}
    for place in sorted({place_of(leaf) for leaf in leaves(condition)} ^ there):
        yield f"{where}: {place} is in the rule or in the table, and not in both"
    for row in table.rows:
        for item, cell in zip(items, row.cells, strict=False):
            if item and cell not in states(guide, item.id):
                yield f"{table.file}:{row.line}: {item.short.nb} cannot be «{cell}»"
        if len(row.cells) != len(table.columns) or row.cells[-1] not in OUTCOMES[table.file]:
            yield f"{table.file}:{row.line}: there is no such outcome"


# Options: what they consider, and what speaks against them

KNOWN, NOT_KNOWN, AGAINST, NOTHING = "kjent", "ikke kjent", "taler mot", "–"
COLUMNS = ("ja", "nei", "et av valgene", "vet ikke", "ville ikke svare", "ikke spurt", ONLY_WORDS)
_CHOSEN = "et av valgene"
_NO_ANSWER = {"vet ikke": "unknown", "ville ikke svare": "declined", "ikke spurt": "not-asked"}


def left_so(guide: Guide, place: str, column: str) -> list[State]:
    """The ways in which a question is left so; none where it cannot be."""
    known = states(guide, place)
    if column != _CHOSEN:
        return [known[column]] if column in known else []
    values = guide.by_id[place].values
    return [State(v) for v in values if v not in ("yes", "no", "unknown", "declined")]


def option_problems(guide: Guide, table: Table, option: Option) -> Iterator[str]:
    """Where a table over an option is not what the overview shows."""
    where = f"{table.file}:{table.line}"
    rows = {item.id: row for row in table.rows if (item := by_name(guide, row.cells[0]))}
    if table.rows and table.columns[1:] != COLUMNS:
        yield f"{where}: the columns have to be {', '.join(COLUMNS)}"
        return
    if len(rows) != len(table.rows):
        yield f"{where}: a row names no question, or the same one twice"
    for place in sorted(set(option.considers) ^ set(rows)):
        yield f"{where}: {place} is considered or in the table, and not both"
    for place in set(option.considers) & set(rows):
        for column, cell in zip(COLUMNS, rows[place].cells[1:], strict=True):
            if any(seen != cell for seen in _cells(guide, option, place, column)):
                yield f"{table.file}:{rows[place].line}: «{column}» comes out otherwise"


def _cells(guide: Guide, option: Option, place: str, column: str) -> list[str]:
    ways = left_so(guide, place, column)
    return [_cell(guide, option, place, column, way) for way in ways] or [NOTHING]


def _cell(guide: Guide, option: Option, place: str, column: str, state: State) -> str:
    view: OptionView = next(
        view for view in overview(guide, talk(guide, {place: state})) if view.option.id == option.id
    )
    if any(each.place == place for each in view.against):
        return AGAINST
    for each in view.unknown:
        if each.place == place:
            apart = isinstance(each, NotKnown) and each.state == _NO_ANSWER.get(column)
            return NOT_KNOWN if apart else f"{NOT_KNOWN}: {each.state}"
    return KNOWN if any(each.place == place for each in view.known) else ""


# All of them


def problems(guide: Guide, found: tuple[Table, ...]) -> list[str]:
    """Whatever keeps the tables from being the rules of the guide, all of them and no others."""
    return list(_problems(guide, {(table.file, table.name): table for table in found}))


def _problems(guide: Guide, found: dict[tuple[str, str], Table]) -> Iterator[str]:
    rules = conditions(guide)
    options = {(OPTIONS, item.short.nb): item for item in guide.items() if isinstance(item, Option)}
    for file, name in found.keys() - rules.keys() - options.keys():
        yield f"{file}: the guide has no rule «{name}»"
    for file, name in (rules.keys() | options.keys()) - found.keys():
        yield f"{file}: «{name}» has no table"
    for key in rules.keys() & found.keys():
        wrong = list(misread(guide, found[key], rules[key]))
        yield from wrong
        if not wrong:
            decided = Decided(guide, found[key], rules[key])
            yield from decided.wrong_rows()
            yield from decided.not_shown()
    for key in options.keys() & found.keys():
        yield from option_problems(guide, found[key], options[key])


__all__ = ["Decided", "conditions", "left_so", "mutants", "problems"]
