"""The guide from its files, its canonical text, and the hash by which a conversation names it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from intake_tui.guide.build import build
from intake_tui.guide.check_ids import check_ids
from intake_tui.guide.files import questions_folder, read
from intake_tui.guide.findings import Finding, GuideError
from intake_tui.guide.model import Guide

__all__ = [
    "Finding",
    "GuideError",
    "canonical",
    "from_canonical",
    "guide_hash",
    "load",
    "questions_folder",
]


def load(folder: Path | None = None) -> Guide:
    """The guide of a folder (None: the one that comes with the program).

    Raises GuideError for whatever would make it wrong to use: a missing or unreadable file, a part
    that does not fit, an unknown or doubled id, a rule over an answer that must not count. How
    texts are worded is for `guide check`: a long sentence must not keep anybody from the program.
    """
    files, findings = read(folder or questions_folder())
    built = build(files)
    findings += built.findings
    if built.guide is not None:
        findings += check_ids(built, built.guide)
    if findings or built.guide is None:
        raise GuideError(sorted(findings))
    return built.guide


def canonical(guide: Guide) -> bytes:
    """The whole guide as JSON with sorted keys: the same guide always gives the same bytes."""
    data = guide.model_dump(mode="json", by_alias=True, exclude_none=True)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def guide_hash(guide: Guide) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical(guide)).hexdigest()


def from_canonical(data: bytes) -> Guide:
    """The guide of a canonical text. Raises GuideError where it is not one."""
    try:
        return Guide.model_validate_json(data)
    except ValueError:
        # The message would show the text around the mistake.
        raise GuideError([Finding("guide", 1, "", "the stored guide cannot be read")]) from None
