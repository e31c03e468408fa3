"""Detect: what every source column reveals, compared with what its channel declares; and in free text, where.

A column that nobody uses and that may be personal is a finding: it is staged nowhere, so nobody sees it.
A declared column that reveals another kind is a finding, and `mask` and `publish` withhold it where its rule
would not hide that; if it holds identifiers, it stops its channel. A kind that appears or goes away, compared
with the day before, is a finding too. Which findings stop the channel as well it says itself (`stops_on`).
What a steward dismissed in the channel's file is none of these, until the evidence changes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from masking.columns import profile
from masking.drift import Change, changes
from masking.kinds import Kind
from masking.recognisers import Span
from masking.text import Detect, detector
from pipelines.channels.channel import Channel
from pipelines.channels.reveals import Stranger, is_dismissed, is_hidden, kinds_declared, strangers
from pipelines.channels.run import Run
from pipelines.core.batch import Batch, Finding, Relation
from pipelines.core.errors import OutageError, SourceError
from pipelines.engine.protocol import Engine
from warehouse.model import kind
from warehouse.tables import RECORDS

OURS = ("line",)
"""Columns that `ingest` adds to the source's own."""


def detect(batch: Batch, channel: Channel, run: Run) -> Batch:
    """The evidence per source column and kind, and the spans in every free text.

    Raises SourceError if a declared column holds identifiers of a kind it is not declared to hold.
    """
    landed = batch.tables["rows"]
    evidence = profile(run.engine, landed, [c for c in landed.columns if c not in OURS])
    rows = evidence.to_pylist()
    found = list(strangers(rows, channel))
    _stop_at_identifiers(found, channel)
    findings = (
        *_undeclared(rows, channel),
        *(Finding(f"kind_unexpected:{s.kind}", "rows", s.column, s.cells) for s in found),
        *_drift(rows, batch, channel, run),
    )
    _stop_where_said(findings, channel)
    tables = {"profile": run.engine.arrow(evidence), "entity": _entities(batch, channel, run)}
    return batch.having(tables, *findings)


def _drift(
    rows: list[dict[str, Any]], batch: Batch, channel: Channel, run: Run
) -> Iterator[Finding]:
    """What the columns reveal that they did not on the channel's day before, or no longer do."""
    days = [day for day in run.lake.days("profile", channel.name) if day < batch.day]
    left = run.lake.read("profile", channel.name, days[-1]) if days else None
    if left is None:
        return
    before = run.engine.fetch(left.tables["profile"]).to_pylist()
    declared = kinds_declared(channel)
    current = {(r["column_name"], Kind(r["kind"])): r for r in rows}
    for change in changes(rows, before, declared):
        row = current.get((change.column, change.kind))
        hidden = change.appeared and is_hidden(change.kind, declared[change.column])
        if not hidden and not is_dismissed(row or _absent(change), channel):
            code = f"kind_{'new' if change.appeared else 'vanished'}:{change.kind}"
            yield Finding(code, "rows", change.column, change.cells)


def _absent(change: Change) -> dict[str, Any]:
    """The evidence of a kind of which there is none left."""
    return {
        "column_name": change.column,
        "kind": change.kind,
        "cells": 0,
        "matches": 0,
        "proven": 0,
    }


def _stop_at_identifiers(found: Sequence[Stranger], channel: Channel) -> None:
    if not (stops := [s for s in found if s.stops]):
        return
    said = ", ".join(f"{s.column} ({s.cells} x {s.kind})" for s in stops)
    raise SourceError(
        f"channel {channel.name}: columns hold identifiers they are not declared to hold: {said}. Ask "
        f"{channel.who[0]} to mend the source, or say in channels/{channel.name}.yaml what the column is: its "
        "kind:, kind: opinion for free text, under ignored:, or, if it is not so, under dismissed: with the share",
        f"渠道 {channel.name}：列中出现未声明的标识符：{said}。请{channel.who[1]}更正来源，或在 "
        f"channels/{channel.name}.yaml 中声明该列：kind: 写明类型，自由文本写 kind: opinion，"
        "列入 ignored:，误判则列入 dismissed: 并写明 share:",
    )


def _stop_where_said(findings: Sequence[Finding], channel: Channel) -> None:
    """Raise SourceError if the channel's file says that such findings stop it."""
    stops = [f for f in findings if f.what.partition(":")[0] in channel.stops_on]
    if not stops:
        return
    said = ", ".join(f"{f.column} ({f.rows} x {f.what})" for f in stops)
    raise SourceError(
        f"channel {channel.name}: stops_on: {said}. Ask {channel.who[0]} to mend the source, or confirm in "
        f"channels/{channel.name}.yaml what the columns are (kind:), or that it is not so (dismissed:)",
        f"渠道 {channel.name}：命中 stops_on：{said}。请{channel.who[1]}更正来源，或在 "
        f"channels/{channel.name}.yaml 中确认各列类型（kind:），误判则列入 dismissed:",
    )


def _undeclared(rows: Sequence[Mapping[str, Any]], channel: Channel) -> list[Finding]:
    """Columns used for nothing that may be personal, once each, with the cells that say so."""
    declared = kinds_declared(channel)
    cells: dict[str, int] = {}
    for row in rows:
        column = row["column_name"]
        says = row["verdict"] and row["kind"] not in (Kind.KEY, Kind.PLAIN)
        if says and column not in declared and not is_dismissed(row, channel):
            cells[column] = max(cells.get(column, 0), row["matches"])
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
