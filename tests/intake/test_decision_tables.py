"""Every rule of the guide is what its table says, and no table passes for another rule."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from decision_rules import Decided, conditions, mutants, problems
from decision_tables import DUTIES, INFORMATION, OPTIONS, SIGNALS, Table, read, tables
from replay import guide

from intake_tui.guide.model import Against, Condition, Guide, Option

TABLES = read()
OF = {(table.file, table.name): table for table in TABLES}
RULES = conditions(guide())


@cache
def decided(key: tuple[str, str]) -> Decided:
    return Decided(guide(), OF[key], RULES[key])


def test_the_tables_are_the_rules_of_the_guide_and_no_others() -> None:
    assert problems(guide(), TABLES) == []


def test_every_kind_of_rule_has_its_file() -> None:
    assert {table.file for table in TABLES} == {SIGNALS, INFORMATION, DUTIES, OPTIONS}
    assert len(RULES) >= 17


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_rule_without_its_table_is_told(table: Table) -> None:
    rest = tuple(other for other in TABLES if other is not table)
    assert f"{table.file}: «{table.name}» has no table" in problems(guide(), rest)


@pytest.mark.parametrize("key", RULES, ids=lambda key: key[1])
def test_a_rule_with_one_mistake_fails_its_table(key: tuple[str, str]) -> None:
    wrong = list(mutants(RULES[key], guide()))
    assert len(wrong) >= 4
    alike = [rule for rule in wrong if not decided(key).tells_from(rule)]
    assert alike == []


@pytest.mark.parametrize("key", RULES, ids=lambda key: key[1])
def test_a_table_that_leaves_an_answer_out_is_told(key: tuple[str, str]) -> None:
    """A row may be there to be read only; but without any of a rule's rows it says too little."""
    table, rule = OF[key], RULES[key]
    asked = {"ja", "flere", "vet ikke", "ville ikke svare", "ikke spurt", "bare ord", "nei"}
    for row in table.rows:
        if len(table.columns) == 2 and row.cells[0] in asked:
            less = replace(table, rows=tuple(other for other in table.rows if other is not row))
            assert list(Decided(guide(), less, rule).not_shown()), row


WEAPONS = OF[SIGNALS, "Våpen er innen rekkevidde"]


def found_in(file: str, text: str) -> list[str]:
    others = [table for table in TABLES if table.file != file]
    return problems(guide(), (*others, *tables(file, text)))


def text_of(table: Table) -> str:
    lines = [f"## {table.name}", "", *(_line(table.columns), _line(["---"] * len(table.columns)))]
    return "\n".join([*lines, *(_line(row.cells) for row in table.rows)])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("## Våpen er innen", "## Våpnene er innen", "the guide has no rule «Våpnene er innen"),
        ("| Våpen |", "| Våpenet |", "there is no question Våpenet"),
        ("| Våpen |", "| Redd for livet |", "THREAT-10 is in the rule or in the table"),
        ("| vet ikke |", "| vet inte |", "Våpen cannot be «vet inte»"),
        ("| nei | ingen merknad |", "| nei | stor fare |", "there is no such outcome"),
        ("| nei | ingen merknad |", "| nei | merknad |", "it comes out otherwise"),
        ("| vet ikke | ingen merknad |\n", "", "not all is shown of Våpen"),
    ],
)
def test_a_table_that_names_what_is_not_there_or_says_otherwise_is_told(
    old: str, new: str, told: str
) -> None:
    text = text_of(WEAPONS)
    assert old in text
    assert any(told in problem for problem in found_in(SIGNALS, text.replace(old, new)))


# Options


def changed(option: str, **fields: object) -> Guide:
    """The guide with one option changed."""

    def items() -> Iterator[object]:
        for item in step.items:
            yield item.model_copy(update=fields) if item.id == option else item

    steps = []
    for step in guide().steps:
        steps.append(step.model_copy(update={"items": tuple(items())}))
    return guide().model_copy(update={"steps": tuple(steps)})


OPTIONS_ = [item for item in guide().items() if isinstance(item, Option)]
OF_OPTIONS = tuple(table for table in TABLES if table.file == OPTIONS)


def of_options(wrong: Guide) -> list[str]:
    return [problem for problem in problems(wrong, OF_OPTIONS) if problem.startswith(OPTIONS)]


@pytest.mark.parametrize("option", OPTIONS_, ids=lambda option: option.id)
def test_a_question_that_an_option_gains_or_loses_fails_its_table(option: Option) -> None:
    for place in option.considers[:1] + option.considers[-1:]:
        less = tuple(other for other in option.considers if other != place)
        wrong = changed(option.id, considers=less, against=())
        assert any(f"{place} is considered or" in problem for problem in of_options(wrong))
    more = changed(option.id, considers=(*option.considers, "HOME-2"))
    assert any("HOME-2 is considered or" in problem for problem in of_options(more))


@pytest.mark.parametrize("value", [None, "yes", "unknown"])
def test_an_answer_that_speaks_against_otherwise_fails_its_table(value: str | None) -> None:
    against = (Against.model_validate({"question": "police", "is": value}),) if value else ()
    told = of_options(changed("HELP-4", against=against))
    assert any("«nei» comes out otherwise" in problem for problem in told)


def test_no_weapon_against_an_option_fails_every_table() -> None:
    against = (Against.model_validate({"question": "THREAT-10", "is": "no"}),)
    for option in ("HELP-1", "HELP-2", "HELP-3"):
        told = of_options(changed(option, against=against))
        assert [problem.partition(": ")[2] for problem in told] == ["«nei» comes out otherwise"]


def test_what_must_not_count_stands_in_no_table() -> None:
    hidden = {
        item.short.nb for item in guide().items() if getattr(item, "may_decide", True) is False
    }
    assert len(hidden) == 4
    told = {table for table in TABLES if table.file != INFORMATION}
    assert not hidden & {name for table in told for name in table.columns}
    assert not hidden & {row.cells[0] for table in told for row in table.rows}


def test_a_condition_over_nothing_is_told_from_every_rule() -> None:
    never = Condition(any=())
    assert all(decided(key).tells_from(never) for key in RULES)
