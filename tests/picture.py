"""A screen as a picture: plain SVG, without fonts or addresses of others."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

import pyte
from pyte.screens import Char

CELL_WIDTH, CELL_HEIGHT, MARGIN = 8.4, 17.0, 14.0
FOREGROUND, BACKGROUND = "d8d8d8", "181818"
FONT = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
NAMED = {
    "black": "000000",
    "red": "c05050",
    "green": "50a050",
    "brown": "b09040",
    "blue": "5080c0",
    "magenta": "a060a0",
    "cyan": "50a0a0",
    "white": "d8d8d8",
}


def svg(screen: pyte.Screen) -> str:
    """The screen, drawn."""
    width = screen.columns * CELL_WIDTH + 2 * MARGIN
    height = screen.lines * CELL_HEIGHT + 2 * MARGIN
    ground = most_used_ground(screen)
    parts = [part for row in range(screen.lines) for part in drawn(screen, row, ground)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
            f' font-family="{FONT}" font-size="14">',
            f'<rect width="100%" height="100%" rx="8" fill="#{ground}"/>',
            *parts,
            "</svg>\n",
        ]
    )


def drawn(screen: pyte.Screen, row: int, ground: str) -> Iterator[str]:
    """The pieces of one row: a rectangle where the ground differs, a text where there is one."""
    cells = [screen.buffer[row][column] for column in range(screen.columns)]
    column = 0
    for look, piece in groupby(cells, key=lambda cell: (*colours(cell), cell.bold, cell.italics)):
        text = "".join(cell.data for cell in piece)
        yield from run(text, column, row, look, ground)
        column += len(text)


def run(
    text: str, column: int, row: int, look: tuple[str, str, bool, bool], ground: str
) -> Iterator[str]:
    """Neighbouring cells that look the same."""
    foreground, background, bold, italics = look
    x, y = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT
    width = len(text) * CELL_WIDTH
    if background != ground:
        size = f'width="{width:.1f}" height="{CELL_HEIGHT}"'
        yield f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="#{background}"/>'
    if text.strip():
        shape = ' font-weight="bold"' * bold + ' font-style="italic"' * italics
        yield (
            f'<text x="{x:.1f}" y="{y + 13:.1f}" textLength="{width:.1f}" fill="#{foreground}"'
            f'{shape} xml:space="preserve">{escape(text)}</text>'
        )


def colours(cell: Char) -> tuple[str, str]:
    """Foreground and background, as six hexadecimal digits."""
    foreground = colour(cell.fg, FOREGROUND)
    background = colour(cell.bg, BACKGROUND)
    return (background, foreground) if cell.reverse else (foreground, background)


def colour(name: str, default: str) -> str:
    return default if name == "default" else NAMED.get(name.removeprefix("bright"), name)


def most_used_ground(screen: pyte.Screen) -> str:
    grounds = [
        colours(screen.buffer[row][column])[1]
        for row in range(screen.lines)
        for column in range(screen.columns)
    ]
    return max(set(grounds), key=grounds.count)
