"""A statement that is run at every save, compiled once: half of what SQLAlchemy adds is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, UpdateBase


class Prepared:
    """Takes values that the driver takes as they are: numbers and bytes."""

    def __init__(self, statement: UpdateBase) -> None:
        self._statement = statement
        self._texts: dict[str, tuple[str, list[str] | None]] = {}  # by the dialect's name

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """In the transaction under way."""
        text, order = self._text(connection.dialect)
        given = dict(values) if order is None else tuple(values[name] for name in order)
        return connection.exec_driver_sql(text, given)

    def _text(self, dialect: Dialect) -> tuple[str, list[str] | None]:
        if dialect.name not in self._texts:
            compiled: Any = self._statement.compile(dialect=dialect)
            self._texts[dialect.name] = str(compiled), compiled.positiontup
        return self._texts[dialect.name]
