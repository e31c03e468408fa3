"""Free text with names, numbers and addresses in it, and where in it they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masking.kinds import Kind
from pipelines.sample.checksums import compact, resident_id_with_wrong_check
from pipelines.sample.vector import (
    Ints,
    Text,
    chance,
    constant,
    drawer,
    joined,
    money,
    number,
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
        said, found = _filled(template, rows, facts)
        texts.append(said)
        spans += found
    whole = pa.concat_arrays(texts).take(pa.array(np.argsort(np.concatenate(at), kind="stable")))
    columns = [
        np.concatenate([s[i] for s in spans] or [np.zeros(0, dtype=np.int64)]) for i in range(4)
    ]
    return whole, Spans(*columns)


def _filled(
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


def facts_about(
    seed: int, name: str, who: Ints, known: Mapping[str, Text], today: np.datetime64
) -> dict[str, Text]:
    """What may be said about each of these people: what is true, what is another's, and what only looks personal."""
    rng = drawer(seed, name, "facts")
    rows = len(who)
    people = len(known["full_name"])
    chinese = taken(known["full_name"], who)
    facts = {
        "name": chinese,
        "other": taken(known["full_name"], rng.integers(0, people, rows)),
        "staff": taken(known["full_name"], rng.integers(0, people, rows) // 50 * 7 % people),
        "mobile": _spaced(rng, taken(known["mobile"], who), (3, 4, 4)),
        "id": _ids(rng, who, known),
        "card": _spaced(rng, taken(known["bank_card"], who), (4, 4, 4, 4, 3)),
        "email": taken(known["email"], who),
        "address": _addresses(rng, taken(known["home_address"], who)),
        "landline": taken(known["landline"], who),
        "wechat": taken(known["wechat"], who),
        "qq": taken(known["qq"], who),
        "company": taken(known["employer"], _filled_places(rng, known["employer"], rows)),
        "plate": _plates(rng, rows),
        "birth": _chinese_date(taken(known["birth_date"], who)),
    }
    return facts | _alike(rng, rows, today)


def _alike(rng: np.random.Generator, rows: int, today: np.datetime64) -> dict[str, Text]:
    """What only looks personal: numbers of orders and tickets, amounts, times, versions."""
    day = number(compact(today - rng.integers(0, 60, rows)))
    clock = joined(number(rng.integers(8, 21, rows), 2), ":", number(rng.integers(0, 60, rows), 2))
    count = number(rng.integers(2, 60, rows))
    many = number(rng.integers(0, 10**8, rows), 8)
    shape = rng.integers(0, 3, rows)
    sums = money(np.round(np.exp(rng.normal(9, 1.8, rows))).astype(np.int64) * 100)
    whole = number(rng.integers(1, 500, rows) * 1000)
    version = joined(
        *(number(rng.integers(1, 12, rows)) if p != "." else "." for p in ("a", ".", "b", ".", "c"))
    )
    month = joined(number(rng.integers(1, 13, rows)), "月", number(rng.integers(1, 29, rows)), "日")
    return {
        "order": where(
            shape == 0,
            joined("DD", day, many),
            where(shape == 1, joined(day, many, "00"), joined("NO.", many)),
        ),
        "flow": joined("0", day, many, many),
        "ticket": joined("GD", day, number(rng.integers(0, 10**5, rows), 5)),
        "amount": where(chance(rng, 0.5, rows), sums, whole),
        "time": clock,
        "date": month,
        "count": count,
        "tail": number(rng.integers(0, 10**4, rows), 4),
        "version": joined("V", version),
    }


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


def _filled_places(rng: np.random.Generator, values: Text, rows: int) -> Ints:
    at = np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))
    return at[rng.integers(0, len(at), rows)]
