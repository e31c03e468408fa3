"""Free text with names, numbers and addresses in it, and where in it they stand."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from masking.kinds import Kind
from pipelines.sample.checksums import compact, resident_id_with_wrong_check
from pipelines.sample.vector import (
    Ints,
    Text,
    chance,
    constant,
    drawer,
    filled,
    joined,
    money,
    number,
    pc,
    picked,
    put,
    taken,
    text,
    where,
)
from pipelines.sample.words import lines

SLOT = re.compile(r"\{(\w+)\}")
KINDS = {
    "name": Kind.PERSON_NAME, "other": Kind.PERSON_NAME, "staff": Kind.PERSON_NAME, "mobile": Kind.MOBILE,
    "id": Kind.RESIDENT_ID, "card": Kind.BANK_CARD, "email": Kind.EMAIL, "address": Kind.ADDRESS,
    "landline": Kind.LANDLINE, "wechat": Kind.WECHAT, "qq": Kind.QQ, "company": Kind.COMPANY_NAME,
    "plate": Kind.PLATE, "birth": Kind.BIRTH_DATE,
}  # fmt: skip
"""What a slot reveals; the others (order numbers, amounts, times) only look like it."""
KIND_NAMES = sorted({str(k) for k in KINDS.values()})
OPENS, SAYS, CLOSES = "+", "", "-"


@dataclass(frozen=True)
class Spans:
    """Where in which row's text something personal stands: one place in each column for each."""

    row: Ints
    kind: Ints
    start: Ints
    end: Ints

    def of_rows(self, rows: Ints) -> "Spans":
        """Those in `rows`, with the row's place among them."""
        place = np.full(int(max(self.row.max(initial=-1), rows.max(initial=-1))) + 1, -1)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        return Spans(place[self.row[kept]], self.kind[kept], self.start[kept], self.end[kept])

    def after(self, other: "Spans", rows: int) -> "Spans":
        """These behind the spans of the `rows` texts that come before."""
        return Spans(
            np.concatenate([other.row, self.row + rows]), np.concatenate([other.kind, self.kind]),
            np.concatenate([other.start, self.start]), np.concatenate([other.end, self.end]),
        )  # fmt: skip


@dataclass(frozen=True)
class Remarks:
    """A column of texts, and the spans in them."""

    said: Text
    spans: Spans


@cache
def templates(conversation: str) -> dict[str, tuple[str, ...]]:
    """The openings, bodies and closings of one kind of conversation."""
    found: dict[str, list[str]] = {OPENS: [], SAYS: [], CLOSES: []}
    for line in lines(f"remarks_{conversation}.txt"):
        sign = line[0] if line[0] in found else SAYS
        found[sign].append(line[2:] if sign else line)
    return {sign: tuple(said) for sign, said in found.items()}


def remarks(seed: int, name: str, conversation: str, facts: Mapping[str, Text]) -> Remarks:
    """A text about each row of `facts`."""
    rows = len(facts["name"])
    said, length = constant("", rows), np.zeros(rows, dtype=np.int64)
    spans = Spans(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    for sign, choices in templates(conversation).items():
        rng = drawer(seed, name, conversation, sign)
        choice = rng.integers(0, len(choices), rows)
        part, found = _part(choices, choice, facts)
        shifted = Spans(
            found.row, found.kind, found.start + length[found.row], found.end + length[found.row]
        )
        spans = shifted.after(spans, 0)
        said = joined(said, part)
        length += pc.utf8_length(part).to_numpy()
    return Remarks(said, spans)


def _part(choices: tuple[str, ...], choice: Ints, facts: Mapping[str, Text]) -> tuple[Text, Spans]:
    """One part of each text, by the template chosen for it."""
    texts, at = [], []
    spans: list[tuple[Ints, Ints, Ints, Ints]] = []
    for place, template in enumerate(choices):
        rows = np.flatnonzero(choice == place)
        at.append(rows)
        said, found = _spoken(template, rows, facts)
        texts.append(said)
        spans += found
    whole = pa.concat_arrays(texts).take(pa.array(np.argsort(np.concatenate(at), kind="stable")))
    columns = [
        np.concatenate([s[i] for s in spans] or [np.zeros(0, dtype=np.int64)]) for i in range(4)
    ]
    return whole, Spans(*columns)


def _spoken(
    template: str, rows: Ints, facts: Mapping[str, Text]
) -> tuple[Text, list[tuple[Ints, Ints, Ints, Ints]]]:
    """`template` with the facts of `rows` in its slots, and where they stand."""
    parts: list[Text] = [constant("", len(rows))]
    spans = []
    length = np.zeros(len(rows), dtype=np.int64)
    for turn, piece in enumerate(SLOT.split(template)):
        is_slot = turn % 2 == 1
        value = taken(facts[piece], rows) if is_slot else constant(piece, len(rows))
        after = length + pc.utf8_length(value).to_numpy()
        if is_slot and piece in KINDS:
            kind = np.full(len(rows), KIND_NAMES.index(KINDS[piece]))
            spans.append((rows, kind, length, after))
        parts.append(value)
        length = after
    return joined(*parts), spans


@dataclass(frozen=True)
class Talked:
    """Whom texts are about, among the people known."""

    seed: int
    name: str
    who: Ints
    known: Mapping[str, Text]
    today: np.datetime64

    def draw(self, fact: str) -> np.random.Generator:
        """Chance of one fact's own."""
        return drawer(self.seed, self.name, "fact", fact)

    def about(self, column: str) -> Text:
        """What is true of each."""
        return taken(self.known[column], self.who)

    def another(self, fact: str, among: int) -> Text:
        """Somebody else's name for each, one of so many."""
        people = len(self.known["full_name"])
        step = max(people // among, 1)
        drawn = self.draw(fact).integers(0, max(people // step, 1), len(self.who))
        return taken(self.known["full_name"], drawn * step)


def facts_about(talked: Talked, conversation: str) -> dict[str, Text]:
    """What the conversation's templates ask for: what is true, what is another's, and what only looks personal."""
    asked = {
        slot for said in templates(conversation).values() for t in said for slot in SLOT.findall(t)
    }
    return {slot: FACTS[slot](talked) for slot in sorted(asked | {"name"})}


def _day(talked: Talked, fact: str) -> Text:
    return number(
        compact(talked.today - talked.draw(f"{fact} day").integers(0, 60, len(talked.who)))
    )


def _some(talked: Talked, fact: str, low: int, high: int, width: int = 0) -> Text:
    return number(talked.draw(fact).integers(low, high, len(talked.who)), width)


def _order(talked: Talked) -> Text:
    """Numbers of orders: long ones begin with a day, as no card or document does."""
    shape = talked.draw("shape").integers(0, 3, len(talked.who))
    day, many = _day(talked, "order"), _some(talked, "order", 0, 10**8, 8)
    return where(
        shape == 0,
        joined("DD", day, many),
        where(shape == 1, joined(day, many, "00"), joined("NO.", many)),
    )


def _amount(talked: Talked) -> Text:
    rng = talked.draw("amount")
    sums = money(np.round(np.exp(rng.normal(9, 1.8, len(talked.who)))).astype(np.int64) * 100)
    return where(
        chance(rng, 0.5, len(talked.who)), sums, joined(_some(talked, "thousands", 1, 500), "000")
    )


def _clock(talked: Talked) -> Text:
    return joined(_some(talked, "hour", 8, 21, 2), ":", _some(talked, "minute", 0, 60, 2))


def _month(talked: Talked) -> Text:
    return joined(_some(talked, "month", 1, 13), "月", _some(talked, "day", 1, 29), "日")


def _version(talked: Talked) -> Text:
    one, two, three = (_some(talked, f"version {n}", 1, 12) for n in range(3))
    return joined("V", one, ".", two, ".", three)


def _company(talked: Talked) -> Text:
    employer = talked.known["employer"]
    at = np.flatnonzero(filled(employer))
    if not len(at):
        return constant("其公司", len(talked.who))
    return taken(employer, at[talked.draw("company").integers(0, len(at), len(talked.who))])


FACTS: dict[str, Callable[[Talked], Text]] = {
    "name": lambda t: t.about("full_name"),
    "other": lambda t: t.another("other", 10**9),
    "staff": lambda t: t.another("staff", 500),
    "mobile": lambda t: _spaced(t.draw("mobile"), t.about("mobile"), (3, 4, 4)),
    "id": lambda t: _ids(t.draw("id"), t.who, t.known),
    "card": lambda t: _spaced(t.draw("card"), t.about("bank_card"), (4, 4, 4, 4, 3)),
    "email": lambda t: t.about("email"),
    "address": lambda t: _addresses(t.draw("address"), t.about("home_address")),
    "landline": lambda t: t.about("landline"),
    "wechat": lambda t: t.about("wechat"),
    "qq": lambda t: t.about("qq"),
    "company": _company,
    "plate": lambda t: _plates(t.draw("plate"), len(t.who)),
    "birth": lambda t: _chinese_date(t.about("birth_date")),
    "order": _order,
    "flow": lambda t: joined("0", _day(t, "flow"), _some(t, "flow", 0, 10**15, 15)),
    "ticket": lambda t: joined("GD", _day(t, "ticket"), _some(t, "ticket", 0, 10**5, 5)),
    "amount": _amount,
    "time": _clock,
    "date": _month,
    "count": lambda t: _some(t, "count", 2, 60),
    "tail": lambda t: _some(t, "tail", 0, 10**4, 4),
    "version": _version,
}
"""What each slot of a template is filled with."""


def _spaced(rng: np.random.Generator, values: Text, groups: tuple[int, ...]) -> Text:
    """Most as they are, some in groups set apart by spaces or hyphens."""
    style = picked(rng, (78, 12, 10), len(values))
    pattern = "^" + "".join(f"(.{{{g}}})" for g in groups[:-1]) + "(.+)$"
    for place, sign in ((1, " "), (2, "-")):
        rows = np.flatnonzero(style == place)
        apart = sign.join(f"\\{i + 1}" for i in range(len(groups)))
        values = put(values, rows, pc.replace_substring_regex(taken(values, rows), pattern, apart))
    return values


def _ids(rng: np.random.Generator, who: Ints, known: Mapping[str, Text]) -> Text:
    """Resident IDs; of those who have another document, another resident's; some with a wrong check digit."""
    is_resident = pc.equal(known["id_type"], "居民身份证").to_numpy(zero_copy_only=False)
    residents = np.flatnonzero(is_resident)
    of = np.where(is_resident[who], who, residents[rng.integers(0, len(residents), len(who))])
    said = taken(known["id_number"], of)
    wrong = np.flatnonzero(chance(rng, 0.04, len(who)))
    return put(said, wrong, resident_id_with_wrong_check(taken(said, wrong)))


def _addresses(rng: np.random.Generator, values: Text) -> Text:
    """Most whole, some without the province."""
    short = np.flatnonzero(chance(rng, 0.3, len(values)))
    cut = pc.replace_substring_regex(taken(values, short), "^.{2,8}?(省|自治区)", "")
    return put(values, short, cut)


def _plates(rng: np.random.Generator, rows: int) -> Text:
    letters = text(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))
    head = taken(
        text(list("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")),
        rng.integers(0, 31, rows),
    )
    ordinary = joined(
        taken(letters, rng.integers(0, 24, rows)), number(rng.integers(0, 1000, rows), 3)
    )
    return joined(
        head, taken(letters, rng.integers(0, 8, rows)), ordinary, number(rng.integers(0, 10, rows))
    )


def _chinese_date(values: Text) -> Text:
    return pc.replace_substring_regex(values, r"^(\d+)-0?(\d+)-0?(\d+)$", r"\1年\2月\3日")
