"""Any talk over our own guide: each item that a rule reads answered or not, with words or not."""

from hypothesis import strategies as st
from replay import guide
from ticking import ticking

from intake_tui.guide.model import Condition, Option, Question
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line

Left = dict[str, tuple[str | None, str | None]]  # item: its answer, and the kind of a line on it


def _read_by(condition: Condition) -> set[str]:
    parts = (*(condition.all or ()), *(condition.any or ()))
    own = {place for place in (condition.question, condition.placed) if place}
    return own.union(*map(_read_by, parts))


def _weighed() -> list[str]:
    """Every item that a remark, an option or a duty reads."""
    rules = [signal.when for signal in guide().signals]
    rules += [duty.relevant for duty in guide().duties]
    places = set[str]().union(*map(_read_by, rules))
    for item in guide().items():
        if isinstance(item, Option):
            places.update(item.considers)
    return sorted(places)


WEIGHED = _weighed()
HIDDEN = [q.id for q in guide().items() if isinstance(q, Question) and not q.may_decide]
ASKED = [
    place
    for place in WEIGHED
    if isinstance(item := guide().by_id[place], Question)
    and item.kind == "yes-no"
    and item.note == "always"
]


def _left(place: str) -> st.SearchStrategy[tuple[str | None, str | None]]:
    values = (None, *(guide().by_id[place].values or ("nabokommunen",)))
    kinds = (None, "told", "quote", "observed", "assessed")
    return st.tuples(st.sampled_from(values), st.sampled_from(kinds))


def lefts(places: list[str], *, most: int = 8) -> st.SearchStrategy[Left]:
    chosen = st.lists(st.sampled_from(places), unique=True, max_size=most)
    return chosen.flatmap(lambda ids: st.fixed_dictionaries({id_: _left(id_) for id_ in ids}))


def held(left: Left) -> Conversation:
    """The talk in which each item was left so."""
    talk = Conversation.new(guide(), by="ab12", now=ticking(), guide_hash="h")
    for place, (value, kind) in left.items():
        if kind is not None:
            answers = {place: value} if value else {}
            talk.line = Line("noe som ble sagt", kind, (place,), answers)  # type: ignore[arg-type]
            talk.keep()
        elif value is not None:
            talk.answer(place, value)
    return talk
