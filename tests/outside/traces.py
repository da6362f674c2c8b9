"""Looking for words where they must not be: in folders, and in what a terminal was sent."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path


def forms(text: str) -> set[bytes]:
    """The ways in which a text may lie in bytes: UTF-8, decomposed, UTF-16, JSON-escaped."""
    shapes = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    shapes |= {json.dumps(shape)[1:-1] for shape in shapes}
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return {shape.encode(encoding) for shape in shapes for encoding in encodings}


def in_bytes(data: bytes, texts: Iterable[str]) -> list[str]:
    """Those of the texts that are there in any form."""
    return [text for text in texts if any(form in data for form in forms(text))]


def in_folder(folder: Path, texts: Iterable[str]) -> list[str]:
    """«file: text» for each text found in a file below, or in the name of one."""
    texts = tuple(texts)
    return sorted(
        f"{path.relative_to(folder)}: {text}"
        for path in folder.rglob("*")
        for text in in_bytes(bytes(path.relative_to(folder)) + b"\n" + contents(path), texts)
    )


def contents(path: Path) -> bytes:
    """The bytes of a file; nothing for a folder, or what went away meanwhile."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""
