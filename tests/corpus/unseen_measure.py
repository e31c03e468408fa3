"""How the unseen corpus is read: all finders of free text, judged kind by kind and group by group.

A kind of the corpus may be told by any of the kinds here that mean it; which kinds the corpus does not
ask about (age, sex, …) are not judged. A find that lies where careful readers differ is no mistake.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from masking.recognisers import Span as Found
from masking.text import detect_batch
from tests.corpus.measure import Measured
from tests.corpus.unseen import CHECKSUMMED, SOFT, Span, Unseen
from tests.corpus.unseen_kinds import MAKERS

MEANT = {
    "org_code": ("uscc",),
    "tax_code": ("uscc", "resident_id"),
    "business_licence": ("uscc",),
    "hotline": ("landline",),
    "phone": ("landline", "mobile"),
    "amount": ("income", "balance", "asset", "transaction"),
    "resident_id": ("resident_id", "hkmo_permit", "tw_permit"),
    "driver_licence": ("driver_licence", "resident_id"),
    "company_name": ("company_name", "employer"),
    "bank_account": ("bank_account", "bank_card"),
}
"""A residence permit is built like an identity number; a licence has its holder's; an account may be a card.

The tax number of a person in business for himself is his identity number and two digits more.
"""

GROUPS = ("checksummed", "other identifiers", "names, places, money")
LEFT_OUT = " +()（）-\"'“”号"


def group(kind: str) -> str:
    if kind in CHECKSUMMED:
        return GROUPS[0]
    return GROUPS[2] if kind in SOFT or kind == "person_name" else GROUPS[1]


def meant(kind: str) -> tuple[str, ...]:
    return MEANT.get(kind, (kind,))


def _named() -> dict[str, str]:
    """What is found, under the name by which it is counted when it is a mistake."""
    names: dict[str, str] = {}
    for kind in _asked():
        for told in meant(kind):
            names.setdefault(told, told if told in _asked() else kind)
    return names


def _asked() -> dict[str, None]:
    return {name.split(":")[0]: None for name in MAKERS if not name.startswith("~")}


def is_the(span: Span, found: Found, text: str) -> bool:
    """Whether a find is what stands there: the kind, and its edges or, if they are soft, half of it."""
    if found.kind.value not in meant(span.kind):
        return False
    if span.kind in SOFT:
        common = min(span.end, found.end) - max(span.start, found.start)
        return 2 * common >= span.end - span.start
    return _core(text, span.start, span.end) == _core(text, found.start, found.end)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in LEFT_OUT:
        start += 1
    while start < end and text[end - 1] in LEFT_OUT:
        end -= 1
    return start, end


def measured(
    cases: Iterable[Unseen],
) -> tuple[dict[str, Measured], dict[str, list[str]], tuple[int, int]]:
    """Per kind and group the figures; what went wrong; how many wrong check digits are told as suspect."""
    cases = list(cases)
    there, right, found = Counter[str](), Counter[str](), Counter[str]()
    wrong: dict[str, list[str]] = defaultdict(list)
    suspect = [0, 0]
    names = _named()
    for case, spans in zip(cases, detect_batch([case.text for case in cases]), strict=True):
        left = list(spans)
        for span in case.spans:
            one = next((f for f in left if is_the(span, f, case.text)), None)
            for name in (span.kind, group(span.kind)):
                there[name] += 1
                right[name] += one is not None
                found[name] += one is not None
            if one is None:
                wrong[span.kind].append(f"- {case.text[span.start : span.end]!r} in {case.text!r}")
                continue
            left.remove(one)
            suspect[0] += span.wrong and one.proven is False
            suspect[1] += span.wrong
        for extra in left:
            kind = names.get(extra.kind.value)
            if kind is None or any(a < extra.end and extra.start < b for a, b in case.open):
                continue
            found[kind] += 1
            found[group(kind)] += 1
            wrong[kind].append(
                f"+ {extra.kind} {case.text[extra.start : extra.end]!r} in {case.text!r}"
            )
    kinds = [k for k in (*_asked(), *GROUPS) if there[k] or found[k]]
    figures = {k: Measured(there[k], right[k], found[k]) for k in kinds}
    return figures, wrong, (suspect[0], suspect[1])
