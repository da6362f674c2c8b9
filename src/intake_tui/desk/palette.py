"""The command palette: every action with a key, by its name in the language of the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.cells import set_cell_size
from rich.text import Text
from textual import work
from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.widgets.option_list import Option

from intake_tui.words import Words

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

_KEY_NAMES = {
    "escape": "Esc",
    "shift+tab": "Shift+Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
}
COVER = "app.cover"
NAME_WIDTH = 50  # cells for an action's name, so that the keys stand under each other


def key_name(key: str) -> str:
    """A key as people call it: ^N, F12, Enter."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return _KEY_NAMES.get(key, key.upper() if key.startswith("f") else key.capitalize())


def commands(app: App[Any], words: Words, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The bindings of that screen and of the app whose description is one of our words."""
    found: dict[str, tuple[list[str], Callable[[], Awaitable[Any]]]] = {}
    bindings = [(node, binding) for node, binding, *_ in screen.active_bindings.values()]
    bindings += [(app, binding) for _, binding in app._bindings]
    for node, binding in bindings:
        if words.has(binding.description):
            keys, _ = found.setdefault(binding.description, ([], _runs(app, binding.action, node)))
            if key_name(binding.key) not in keys:
                keys.append(key_name(binding.key))
    for description, (keys, run) in found.items():
        name = words(description)
        if description == COVER:
            keys.insert(0, "Esc Esc")  # two keys, which no binding can be
        yield command(name[:1].upper() + name[1:], ", ".join(keys), run)


def command(name: str, keys: str, run: Callable[[], Any]) -> SystemCommand:
    """One line of the palette: what it does, and the keys that do it too."""
    return SystemCommand(set_cell_size(name, NAME_WIDTH) + keys if keys else name, "", run)


def _runs(app: App[Any], action: str, node: Any) -> Callable[[], Awaitable[Any]]:
    return lambda: app.run_action(action, default_namespace=node)


_GATHERS: Any = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]


class Palette(CommandPalette):
    """Textual's palette with our words, and without its picture of a magnifying glass."""

    DEFAULT_CSS = """
    Palette > #--container { margin-top: 2; width: 80; max-width: 100%; }
    Palette CommandList { border-bottom: hkey $border; }
    Palette SearchIcon { display: none; }
    Palette #--input { border: none; border-bottom: solid $border; padding-left: 2; }
    """

    def __init__(self, words: Words) -> None:
        super().__init__(placeholder=words("app.palette"))
        self._words = words

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Textual looks on where the palette is being taken down, by a lock for one.

        It finds no list to show the hits in then, and would end the program.
        """
        with suppress(NoMatches):
            await _GATHERS(self, search_value)

    def _watch__list_visible(self) -> None:
        with suppress(NoMatches):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        with suppress(NoMatches):
            await super()._watch__show_busy()

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Textual says «No matches found» in English only."""
        self._stop_no_matches_countdown()
        if search_value:
            self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, self._say_none)

    def _say_none(self) -> None:
        none = Text(f"  {self._words('app.palette-none')}")
        self.query_one(CommandList).add_option(Option(none, disabled=True, id=self._NO_MATCHES))
        self._list_visible = True
