"""The one list widget: a highlight over the rows that may be chosen, drawn from what is seen."""

from __future__ import annotations

from panels_bench import Bench
from textual.app import ComposeResult
from textual.screen import Screen

from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows
from screen_text import screen_rows


class One(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Rows()


def numbered(count: int) -> list[Row]:
    return [Row(f"row {number}", key=str(number)) for number in range(count)]


async def test_the_highlight_passes_headings_by(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show([Row("heading"), Row("a", key="a"), Row("between"), Row("b", key="b")])
        assert rows.highlighted == "a"
        await pilot.press("down")
        assert rows.highlighted == "b"
        await pilot.press("down", "up", "up")
        assert rows.highlighted == "a"


async def test_the_heading_above_the_first_row_comes_into_sight_again(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show([Row("heading"), *numbered(60)])
        await pilot.press("end")
        assert rows.highlighted == "59"
        assert "row 59" in screen_rows(bench)[-1]
        await pilot.press("home")
        assert "heading" in screen_rows(bench)[0]


async def test_rows_of_which_none_may_be_chosen_can_all_be_read(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show([Row(f"row {number}") for number in range(60)])
        await pilot.press("down")
        assert "row 1" in screen_rows(bench)[0]
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert "row 59" in screen_rows(bench)[-1]
        await pilot.press("home")
        assert "row 0" in screen_rows(bench)[0]


async def test_a_page_goes_as_far_as_the_screen_is_high(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show(numbered(100))
        await pilot.press("pagedown")
        assert rows.highlighted == "23"
        await pilot.press("pageup")
        assert rows.highlighted == "0"


async def test_the_highlight_keeps_its_row_when_others_come(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show(numbered(5))
        await pilot.press("down", "down")
        rows.show([Row("new", key="new"), *numbered(5)])
        assert rows.highlighted == "2"
        rows.show(numbered(2))
        assert rows.highlighted == "1"


async def test_ten_thousand_rows_are_one_widget_and_few_are_drawn(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show(numbered(5_000))
        rows.append(Row(f"row {number}", key=str(number)) for number in range(5_000, 10_000))
        drawn: list[int] = []
        render_line = rows.render_line
        rows.render_line = lambda y: drawn.append(y) or render_line(y)  # type: ignore[func-returns-value, method-assign]
        await pilot.press("end")
        await pilot.pause()
        assert rows.highlighted == "9999"
        assert not rows.children
        assert len(set(drawn)) <= rows.size.height


async def test_a_click_moves_the_highlight_and_a_second_one_chooses(bench: Bench) -> None:
    async with bench.run_test() as pilot:
        await bench.open(One())
        rows = bench.screen.query_one(Rows)
        rows.show(numbered(5))
        chosen: list[str | None] = []
        rows.post_message = lambda message: (  # type: ignore[method-assign, assignment]
            chosen.append(message.key) if isinstance(message, Rows.Chosen) else None,
            type(rows).post_message(rows, message),
        )[1]
        await pilot.click(Rows, offset=(5, 3))
        assert rows.highlighted == "3"
        assert chosen == []
        await pilot.click(Rows, offset=(5, 3))
        assert chosen == ["3"]
