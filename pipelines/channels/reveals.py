"""What a channel's columns are declared to reveal, and what they reveal beside that and nobody has confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from masking.evidence import SURE
from masking.kinds import Kind
from masking.tiers import Tier, guarded
from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core.errors import ConfigError
from pipelines.core.shares import is_broken
from warehouse.model import kind
from warehouse.tables import RECORDS

DOCUMENTS = frozenset({
    Kind.RESIDENT_ID, Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD, Kind.MILITARY_ID,
    Kind.DRIVER_LICENCE, Kind.USCC,
})  # fmt: skip
"""Numbers of documents: one column may hold them all, and one rule hides them alike."""
PHONES = frozenset({Kind.MOBILE, Kind.LANDLINE})
CARDS = frozenset({Kind.BANK_CARD, Kind.BANK_ACCOUNT})
AMOUNTS = frozenset({Kind.INCOME, Kind.ASSET, Kind.BALANCE, Kind.TRANSACTION})
COMPANIES = frozenset({Kind.EMPLOYER, Kind.COMPANY_NAME})
DATES = frozenset({Kind.BIRTH_DATE, Kind.EVENT_DATE})
ALIKE = (DOCUMENTS, PHONES, CARDS, AMOUNTS, COMPANIES, DATES)
"""Kinds whose values look alike, so that a column of one may seem to hold another."""
IDENTIFIERS = DOCUMENTS | PHONES | CARDS | {Kind.EMAIL}
"""Kinds that name one person and show by their shape."""
HIDES_ANYTHING = frozenset({
    Kind.KEY, Kind.OPINION, Kind.PASSWORD, Kind.OTP, Kind.CARD_SECURITY, Kind.HEALTH, Kind.BIOMETRIC, Kind.PHOTO,
})  # fmt: skip
"""Kinds whose rules hide whatever a cell holds: spans in free text, tokens, nothing at all."""

SLIPS = 0.05
"""Share of a column's cells below which what no check digit proves are slips of the pen."""


@dataclass(frozen=True)
class Stranger:
    """A kind that a column is not declared to hold, whose values its rule would not hide."""

    column: str
    kind: Kind
    cells: int
    """The cells that say so: those that are proven, else those of its shape."""
    is_slip: bool
    stops: bool
    """Whether the channel stops: identifiers, one that is proven or more than slips and chance explain."""


def kinds_declared(channel: Channel) -> dict[str, set[Kind]]:
    """The kinds each used source column is declared to hold: the channel's word, else the record's."""
    kinds: dict[str, set[Kind]] = {}
    for rows in channel.feeds:
        columns = RECORDS[rows.record].columns
        for name, c in rows.columns.items():
            kinds.setdefault(name, set()).add(c.kind or kind(columns[c.is_]))
        for name in rows.keys:
            kinds.setdefault(name, set()).add(Kind.KEY)
    return kinds


def is_dismissed(evidence: Mapping[str, Any], channel: Channel) -> bool:
    """Whether a steward said that it is not so, and the evidence is what it was: no more cells, none proven."""
    return any(
        d.column == evidence["column_name"]
        and d.kind == evidence["kind"]
        and (d.proven or not evidence["proven"])
        and not is_broken(evidence["matches"], evidence["cells"], d.share)
        for d in channel.dismissed
    )


def is_hidden(found: Kind, declared: set[Kind]) -> bool:
    """Whether what the column is declared to hold hides this kind as well."""
    if found in declared or declared & HIDES_ANYTHING:
        return True
    return any(found in alike and declared & alike for alike in ALIKE)


def strangers(evidence: Iterable[Mapping[str, Any]], channel: Channel) -> Iterator[Stranger]:
    """What the columns reveal, by some cell, that they are not declared to, and that is not dismissed."""
    declared, evidence = kinds_declared(channel), list(evidence)
    rows = max((row["cells"] for row in evidence), default=0)  # some column, the key's, is full
    for row in evidence:
        column, of = row["column_name"], Kind(row["kind"])
        shown = row["verdict"] and row["matches"] and of not in (Kind.KEY, Kind.PLAIN)
        if not shown or column not in declared or is_hidden(of, declared[column]):
            continue
        if not is_dismissed(row, channel):
            proven = of in SURE and row["proven"] > 0
            is_slip = not proven and row["matches"] < SLIPS * row["cells"]
            many = proven or is_broken(row["matches"], row["cells"], SLIPS, rows)
            yield Stranger(
                column, of, row["proven"] or row["matches"], is_slip, of in IDENTIFIERS and many
            )


def tiers(run: Run, day: date) -> dict[str, Tier]:
    """Who sees what: as the pack says, and less where a column held, up to `day`, what nobody has confirmed."""
    return guarded(run.pack.tiers, list(_unconfirmed(run, day)))


def _unconfirmed(run: Run, day: date) -> Iterator[tuple[str, Kind, Kind, bool]]:
    """The record's columns, what they are declared to hold, what they hold beside it, whether as slips."""
    for name in run.pack.names:
        try:
            channel = run.pack.channel(name)
        except ConfigError:
            continue  # it brings no rows
        filled = _filled(channel)
        for stranger in _kept(run, channel, day):
            for column, declared in filled[stranger.column]:
                yield column, declared, stranger.kind, stranger.is_slip


def _filled(channel: Channel) -> dict[str, list[tuple[str, Kind]]]:
    """By source column, the records' columns it fills, and what those are declared to hold."""
    found: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
    for rows in channel.feeds:
        for source, column in rows.columns.items():
            found[source].append((column.is_, kind(RECORDS[rows.record].columns[column.is_])))
    return found


def _kept(run: Run, channel: Channel, day: date) -> Iterator[Stranger]:
    """What the profiles of the channel's days tell, as the channel's file now has it."""
    for on in run.lake.days("profile", channel.name):
        said = run.lake.manifest("profile", channel.name, on)
        if on <= day and said and any(f.what.startswith("kind_unexpected:") for f in said.findings):
            left = run.lake.read("profile", channel.name, on)
            if left is not None:
                yield from strangers(run.engine.fetch(left.tables["profile"]).to_pylist(), channel)
