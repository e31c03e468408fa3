"""Detect: what every source column reveals, compared with what its channel declares; and in free text, where.

A column that nobody uses and that may be personal is a finding: it is staged nowhere, so nobody sees it.
A declared column that holds identifiers of another kind stops its channel: its rule would not hide them.
A kind that appears in a declared column or goes away, compared with the day before, is a finding too.
What a steward dismissed in the channel's file is none of these, until check digits prove it.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from masking.columns import profile
from masking.drift import Change, changes
from masking.evidence import SURE
from masking.kinds import Kind
from masking.recognisers import Span
from masking.text import Detect, detector
from pipelines.channels.channel import Channel
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import OutageError, SourceError
from pipelines.engine.protocol import Engine
from warehouse.model import kind
from warehouse.tables import RECORDS

OURS = ("line",)
"""Columns that `ingest` adds to the source's own."""

DOCUMENTS = frozenset({
    Kind.RESIDENT_ID, Kind.PASSPORT, Kind.HKMO_PERMIT, Kind.TW_PERMIT, Kind.FOREIGN_PR_CARD, Kind.MILITARY_ID,
    Kind.DRIVER_LICENCE, Kind.USCC,
})  # fmt: skip
"""Numbers of documents: one column may hold them all, and one rule hides them alike."""
PHONES = frozenset({Kind.MOBILE, Kind.LANDLINE})
CARDS = frozenset({Kind.BANK_CARD, Kind.BANK_ACCOUNT})
IDENTIFIERS = DOCUMENTS | PHONES | CARDS | {Kind.EMAIL}
"""Kinds that name one person and show by their shape."""
HIDES_ANYTHING = frozenset({
    Kind.KEY, Kind.OPINION, Kind.PASSWORD, Kind.OTP, Kind.CARD_SECURITY, Kind.HEALTH, Kind.BIOMETRIC, Kind.PHOTO,
})  # fmt: skip
"""Kinds whose rules hide whatever a cell holds: spans in free text, tokens, nothing at all."""

STOPS_AT = 0.05
"""Share of a column's cells that stops a channel where no check digit proves them: fewer are slips of
the pen, counted as a finding."""


def detect(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The evidence per source column and kind, and the spans in every free text.

    Raises SourceError if a declared column holds identifiers of a kind it is not declared to hold.
    """
    landed = batch.tables["rows"]
    evidence = profile(run.engine, landed, [c for c in landed.columns if c not in OURS])
    rows = evidence.to_pylist()
    found = [row for row in rows if row["verdict"] and not _dismissed(row, channel)]
    declared = _declared(channel)
    _stop_at_strangers(found, declared, channel)
    tables = {"profile": run.engine.arrow(evidence), "entity": _entities(batch, channel, run)}
    drift = _drift(rows, batch, channel, run)
    return batch.having(tables, *_undeclared(found, declared), *_slips(found, declared), *drift)


def _declared(channel: Channel) -> dict[str, set[Kind]]:
    """The kinds each used source column is declared to hold: the channel's word, else the record's."""
    kinds: dict[str, set[Kind]] = {}
    for rows in channel.feeds:
        columns = RECORDS[rows.record].columns
        for name, c in rows.columns.items():
            kinds.setdefault(name, set()).add(c.kind or kind(columns[c.is_]))
        for name in rows.keys:
            kinds.setdefault(name, set()).add(Kind.KEY)
    return kinds


def _dismissed(row: dict[str, Any], channel: Channel) -> bool:
    """Whether a steward said that it is not so, and nothing has been proven since."""
    return any(
        d.column == row["column_name"] and d.kind == row["kind"] and (d.proven or not row["proven"])
        for d in channel.dismissed
    )


def _drift(
    rows: list[dict[str, Any]], batch: Batch, channel: Channel, run: Run
) -> Iterator[Finding]:
    """What the columns reveal that they did not on the channel's day before, or no longer do."""
    days = [day for day in run.lake.days("profile", channel.name) if day < batch.day]
    left = run.lake.read("profile", channel.name, days[-1]) if days else None
    if left is None:
        return
    before = run.engine.fetch(left.tables["profile"]).to_pylist()
    declared = _declared(channel)
    current = {(r["column_name"], Kind(r["kind"])): r for r in rows}
    for change in changes(rows, before, declared):
        row = current.get((change.column, change.kind))
        hidden = change.appeared and _hidden(change.kind, declared[change.column])
        if not hidden and not _dismissed(row or _absent(change), channel):
            code = f"kind_{'new' if change.appeared else 'vanished'}:{change.kind}"
            yield Finding(code, "rows", change.column, change.cells)


def _absent(change: Change) -> dict[str, Any]:
    """The evidence of a kind of which there is none left."""
    return {"column_name": change.column, "kind": change.kind, "proven": 0}


def _hidden(found: Kind, declared: set[Kind]) -> bool:
    """Whether what the column is declared to hold hides this kind as well."""
    if found in declared or declared & HIDES_ANYTHING:
        return True
    return any(found in alike and declared & alike for alike in (DOCUMENTS, PHONES, CARDS))


def _strangers(
    found: list[dict[str, object]], declared: dict[str, set[Kind]]
) -> Iterator[tuple[str, Kind, int, bool]]:
    """Identifiers in columns that do not hide them: column, kind, cells, whether they stop the channel."""
    for row in found:
        column, of = str(row["column_name"]), Kind(str(row["kind"]))
        if column not in declared or of not in IDENTIFIERS or _hidden(of, declared[column]):
            continue
        proven, matches, cells = (int(str(row[n])) for n in ("proven", "matches", "cells"))
        stops = (of in SURE and proven > 0) or matches >= STOPS_AT * cells
        yield column, of, proven or matches, stops


def _stop_at_strangers(
    found: list[dict[str, object]], declared: dict[str, set[Kind]], channel: Channel
) -> None:
    stops = [(column, of, n) for column, of, n, stop in _strangers(found, declared) if stop]
    if not stops:
        return
    said = ", ".join(f"{column} ({n} x {of})" for column, of, n in stops)
    raise SourceError(
        f"channel {channel.name}: columns hold identifiers they are not declared to hold: {said}. Ask "
        f"{channel.owner} to mend the source, or say in channels/{channel.name}.yaml what the column is: "
        "its kind:, kind: opinion for free text, under ignored:, or, if it is not so, under dismissed:",
        f"渠道 {channel.name}：列中出现未声明的标识符：{said}。请{channel.owner}更正来源，或在 "
        f"channels/{channel.name}.yaml 中声明该列：kind: 写明类型，自由文本写 kind: opinion，"
        "列入 ignored:，误判则列入 dismissed:",
    )


def _slips(found: list[dict[str, object]], declared: dict[str, set[Kind]]) -> list[Finding]:
    return [
        Finding(f"kind_unexpected:{of}", "rows", column, n)
        for column, of, n, stops in _strangers(found, declared)
        if not stops
    ]


def _undeclared(found: list[dict[str, object]], declared: dict[str, set[Kind]]) -> list[Finding]:
    """Columns used for nothing that may be personal, once each, with the cells that say so."""
    cells: dict[str, int] = {}
    for row in found:
        column = str(row["column_name"])
        if column not in declared and row["kind"] not in (Kind.KEY, Kind.PLAIN):
            cells[column] = max(cells.get(column, 0), int(str(row["matches"])))
    return [Finding("personal_undeclared", "rows", column, n) for column, n in cells.items()]


ENTITIES = pa.schema([
    ("record", pa.string()), ("source_id", pa.string()), ("column_name", pa.string()), ("entities", pa.string()),
])  # fmt: skip


def _entities(batch: Batch, channel: Channel, run: Run) -> Relation:
    """One row per free text, also where nothing was found: `mask` withholds what nobody has searched."""
    staged = run.lake.read("staged", channel.name, batch.day)
    if staged is None:
        raise OutageError(
            f"{channel.name} {batch.day}: detect finds nothing in staged; run standardise first",
            f"{channel.name} {batch.day}：detect 在 staged 层没有可读的批次，请先运行 standardise",
        )
    texts = [
        run.engine.sql(
            f"SELECT '{rows.record}' AS record, source_id, '{c}' AS column_name, \"{c}\" AS text "
            f'FROM staged WHERE "{c}" IS NOT NULL',
            staged=staged.tables[rows.record],
        )
        for rows in channel.feeds
        for c in _free_text(rows.record, {s.is_: s.kind for s in rows.columns.values()})
    ]
    if not texts:
        return run.engine.arrow(ENTITIES.empty_table())
    find = partial(find_entities, detect_texts=detector(run.pack.models))
    found = [run.engine.map(t, find, ENTITIES) for t in texts]
    return _together(found, run.engine)


def _free_text(record: str, said: dict[str, Kind | None]) -> list[str]:
    """The record's columns that the channel fills with free text."""
    columns = RECORDS[record].columns
    return [name for name, of in said.items() if (of or kind(columns[name])) is Kind.OPINION]


def _together(parts: list[Relation], engine: Engine) -> Relation:
    named = {f"part_{i}": part for i, part in enumerate(parts)}
    return engine.sql(" UNION ALL ".join(f"SELECT * FROM {name}" for name in named), None, **named)


def find_entities(
    batches: Iterator[pa.RecordBatch], detect_texts: Detect
) -> Iterator[pa.RecordBatch]:
    """Arrow batches of (record, source_id, column_name, text) turned into entities."""
    for batch in batches:
        found = detect_texts(batch.column("text").to_pylist())
        entities = pa.array([_written(spans) for spans in found], pa.string())
        columns = [batch.column(name).cast(pa.string()) for name in ENTITIES.names[:-1]]
        yield pa.RecordBatch.from_arrays([*columns, entities], schema=ENTITIES)


def _written(spans: Sequence[Span]) -> str:
    fields = ("kind", "start", "end", "score")
    return json.dumps(
        [{f: getattr(span, f) for f in fields} for span in spans], separators=(",", ":")
    )
