"""`verify` says in plain words, with a stable code and the place, what is damaged."""

from __future__ import annotations

import sqlite3

import pytest
from commands import SIGN_IN, run

from machine import Home


def damaged(home: Home, statement: str) -> None:
    connection = sqlite3.connect(home.vault)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()
