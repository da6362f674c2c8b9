"""What is said aloud, so that an interpreter can follow: one sentence at a time; and the plan.

The sentence stands alone, with room around it; the next one is seen dimly, so that whoever reads
knows what comes and can wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake_tui.guide.ageing import stale
from intake_tui.guide.model import Information
from intake_tui.guide.wording import sentences
from intake_tui.intake.plan import WHOLE, Plan, is_plan, plan
from intake_tui.widgets.reading import Page, Where
from intake_tui.widgets.row_layout import LIST_MARK, Row
from intake_tui.widgets.saying import answer_word, said

INDENT = 4


def say_pages(where: Where) -> Iterator[Page]:
    """«Si høyt»: the sentences of the item, one at a time."""
    item, talk, words = where.item, where.conversation, where.words
    if not isinstance(item, Information):
        return
    pronoun = talk.intake.value("pronoun")
    texts = sentences(item, talk.guide, pronoun, words.language)
    yield Page(
        _title(item, where),
        steps=tuple(_sentence(texts, n, where) for n in range(len(texts))),
        keys=words("reading.keys-aloud"),
        place=item.id,
    )


def _title(item: Information, where: Where) -> str:
    words, talk = where.words, where.conversation
    title = words("reading.say-aloud", what=item.short.at(words.language))
    if stale(item, where.today):
        title = f"{title} ({words('conversation.check-again')})"
    state = talk.intake.value(item.id)
    return f"{title} · {answer_word(talk.guide, item.id, state, words)}" if state else title


def _sentence(texts: tuple[str, ...], n: int, where: Where) -> tuple[Row, ...]:
    last = n + 1 == len(texts)
    after = where.words("reading.told-back") if last else texts[n + 1]
    return (
        Row(),
        Row(texts[n], look="strong", indent=INDENT),
        Row(),
        Row(after, look="quiet", indent=INDENT),
    )


def plan_pages(where: Where) -> Iterator[Page]:
    """«Planen»: where it belongs, part by part, where there is one."""
    talk, words = where.conversation, where.words
    made = plan(talk.guide, talk.intake)
    here = is_plan(where.item) or talk.guide.step_of.get(WHOLE) == talk.step
    if made and here:
        yield Page(
            words("reading.plan"),
            steps=tuple(_parts(made, where)),
            keys=words("reading.keys-plan"),
        )


def _parts(made: Plan, where: Where) -> Iterator[tuple[Row, ...]]:
    words = where.words
    parts = [
        (part.question.short.at(words.language), [said(line) for line in part.lines])
        for part in made.parts
    ]
    if made.code_word:
        parts.append((words("reading.code-word"), [made.code_word]))
    names = [name for name, _ in parts[1:]]
    for (name, lines), after in zip(parts, [*names, words("reading.plan-end")], strict=True):
        yield (
            Row(),
            Row(name, look="heading", indent=INDENT),
            *(Row(line, lead=LIST_MARK, look="strong", indent=INDENT) for line in lines),
            Row(),
            Row(after, look="quiet", indent=INDENT),
        )
