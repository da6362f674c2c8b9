"""A guide of a few items, made by hand: what the intake's own tests need and no more."""

from typing import Any

from intake_tui.guide.model import Guide


def words(text: str) -> dict[str, str]:
    return {"nb": text, "nn": text, "en": text}


def question(id_: str, kind: str, **more: Any) -> dict[str, Any]:
    choices = [{"id": c, "word": words(c)} for c in more.pop("choices", ())]
    return {
        "id": id_,
        "kind": kind,
        "short": words(id_.lower()),
        "ask": words(f"ask {id_.lower()}"),
        "choices": choices,
        **more,
    }


def information(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "short": words(id_.lower()), "say": {"nb": ["si"]}, **more}


def option(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "short": words(id_.lower()), "about": words(id_.lower()), **more}


def duty(id_: str, **more: Any) -> dict[str, Any]:
    choices = {
        part: [{"id": f"{part}-{n}", "word": words(f"{part} {n}")} for n in (1, 2, 3)]
        for part in ("ground", "certain", "way")
    }
    texts = ("name", "about", "asks_ground", "asks_certain")
    ages = {"source": "§", "checked": "2026-01-01", "check_again": "2027-01-01"}
    return {
        "id": id_,
        **choices,
        **{text: words(f"{id_} {text}") for text in texts},
        **ages,
        **more,
    }


DUTIES = {
    "avert": {
        "places": ("OPEN-3",),
        "while_possible": True,
        "relevant": {"question": "THREAT-7", "is": "yes"},
    },
    "inform": {"places": ("INFO-13",), "per_child": True, "relevant": {"placed": "OPEN-8"}},
}
STEPS = [
    [
        question("alias", "label"),
        question("INV-1", "choice", choices=["telephone", "walk-in"], note="never"),
        question("caller", "choice", choices=["she", "he", "they"], note="never"),
    ],
    [question("OPEN-3", "open", note="first"), question("OPEN-8", "children")],
    [
        question("THREAT-1", "choice", choices=["one", "several"]),
        question("THREAT-7", "yes-no", note="always"),
        question("THREAT-10", "yes-no", note="first"),
        question("THREAT-13", "yes-no", note="always"),
    ],
    [information("INFO-2"), information("INFO-13", note="always")],
    [
        question("municipality", "choice", choices=["ours", "other"], may_decide=False),
        option(
            "HELP-1",
            considers=("THREAT-7", "THREAT-10", "THREAT-1", "OPEN-3"),
            against=[{"question": "THREAT-7", "is": "no"}],
        ),
        option("HELP-2", considers=("THREAT-7",)),
        option("HELP-6", own_choice=True),
        question("decision", "decision", choices=["HELP-1", "HELP-2", "HELP-6"]),
        question("police", "yes-no"),
    ],
    [question("HOME-3", "worksheet", note="always"), question("HOME-5", "plan")],
    [question("next", "next")],
    [question("unit", "registration", choices=["stay", "telephone"], may_decide=False)],
]

SIGNALS = [
    {"id": "weapons", "when": {"question": "THREAT-10", "is": "yes"}},
    {"id": "recent", "when": {"placed": "THREAT-13"}},
    {
        "id": "both",
        "when": {
            "all": [
                {"question": "THREAT-10", "is": "yes"},
                {
                    "any": [
                        {"question": "THREAT-7", "is": "yes"},
                        {"question": "THREAT-1", "is": "several"},
                    ]
                },
            ]
        },
    },
]

PARTS = ("told", "observed", "assessed", "information", "plan", "decision", "duties", "next")
PHRASES = {
    **{name: f"{name}:" for name in ("chosen", "reason", "offered", "wanted", "not-wanted")},
    **{name: f"{name}:" for name in ("given", "understood", "later", "unsure")},
    **{name: name for name in ("first", "then")},
    **{f"view-{name}": name for name in ("wanted", "not-wanted", "unsure")},
    **{name: name for name in ("yes", "no", "unknown", "declined", "police-yes", "police-no")},
    "about": "om {short}:",
    "child": "Barn:",
    "from-before": "fra samtalen",
}
DUTY_PHRASES = (
    *("builds-on", "possible", "way", "told-yes", "told-no", "done"),
    *("applies", "not", "unsettled", "open"),
)
PHRASES |= {f"duty-{name}": f"{name}." for name in DUTY_PHRASES}
LEADS = [
    {"id": "told", "she": "hun forteller:", "he": "han forteller:", "they": "de forteller:"},
    {"id": "quote", "she": "sitat:", "he": "sitat:", "they": "sitat:"},
]


def small_guide() -> Guide:
    steps = [
        {
            "id": f"step-{n}",
            "number": n,
            "title": words(f"step {n}"),
            "tab": words(f"{n}"),
            "items": items,
        }
        for n, items in enumerate(STEPS, start=1)
    ]
    signals = [{**s, "name": words(s["id"]), "about": words(s["id"])} for s in SIGNALS]
    leads = [{k: v if k == "id" else words(v) for k, v in lead.items()} for lead in LEADS]
    journal = {
        "parts": [{"id": part, "heading": words(part)} for part in PARTS],
        "leads": leads,
        "abbreviations": [
            {"short": short, "long": words(long)}
            for short, long in (("m.", "med"), ("tlf", "telefon"), ("KS", "krisesenter"))
        ],
        "phrases": {name: words(text) for name, text in PHRASES.items()},
    }
    return Guide.model_validate(
        {
            "steps": steps,
            "hints": [],
            "signals": signals,
            "duties": [duty(id_, **more) for id_, more in DUTIES.items()],
            "rules": [],
            "numbers": [],
            "pronouns": [],
            "journal": journal,
            "centre": {},
        }
    )


GUIDE = small_guide()
