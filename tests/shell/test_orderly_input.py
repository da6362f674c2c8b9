"""A field for a name or a passphrase takes the same in, typed or pasted."""

from textual import events
from textual.app import App, ComposeResult

from intake_tui.widgets.orderly_input import OrderlyInput

TEAM = "gule 👩\u200d🚒 spader"


class Field(App[None]):
    def compose(self) -> ComposeResult:
        yield OrderlyInput(lambda: None, password=True)


async def test_a_passphrase_is_the_same_typed_and_pasted() -> None:
    values = []
    for paste in (False, True):
        app = Field()
        async with app.run_test() as pilot:
            field = app.query_one(OrderlyInput)
            field.focus()
            if paste:
                field.post_message(events.Paste(f"{TEAM}\nen linje til"))
            else:
                for sign in TEAM:
                    field.post_message(events.Key(sign, sign))
            await pilot.pause()
            values.append(field.value)
    assert values == ["gule 👩🚒 spader"] * 2
