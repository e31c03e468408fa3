"""Mask: what a view cannot compute is made here: keyed tokens, and free text with its spans hidden.

Every table keeps its columns and gains one named `<column>__<rule>` for each rule that must be
prepared in any tier. The key is bound to the query, never part of its text. No row is lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pyarrow as pa

from masking.exact import hidden_in
from masking.kinds import Kind
from masking.rules import FreeText, Key, Listed, Rule, Token, prepared_column
from masking.tiers import Tier
from pipelines.channels.coded import Coded
from pipelines.channels.reveals import tiers
from pipelines.channels.run import Run
from pipelines.core.batch import CUSTOMERS, Batch, Finding, Relation
from pipelines.core.errors import ConfigError
from pipelines.core.secrets import secret
from pipelines.core.sql import quoted
from pipelines.engine.protocol import Value
from warehouse.model import kind
from warehouse.tables import CORE
from warehouse.views import prepared_columns

MARK = "key"
"""The fact of a masked day that tells with which key."""
UNIONS = 50
"""Parts of one UNION ALL: a query of thousands nests too deep to be parsed."""


@dataclass(frozen=True)
class Prepared:
    """One column to be added to a table: what a rule makes of one of its columns."""

    column: str
    rule: Rule

    @property
    def name(self) -> str:
        """What the column is called."""
        return prepared_column(self.column, self.rule)


def mask(batch: Batch, run: Run) -> Batch:
    """The same tables, with every column that some tier shows and no view can compute.

    Raises ConfigError if the tiers are faulty, or the key is needed and not there, or not the one of the days before.
    """
    who = tiers(run, batch.day)
    wanted = {table: _wanted(table, who) for table in batch.tables}
    key = None
    if any(isinstance(p.rule, Token) for found in wanted.values() for p in found):
        key = Key.read(secret(run.pack.file.token_key).get_secret_value())
        _require_same(key, run)
    coded = _coded(batch, wanted, who)
    words = coded.words(batch.tables, run)
    tables: dict[str, Relation] = {}
    findings: list[Finding] = []
    for table, rows in batch.tables.items():
        texts = [p for p in wanted[table] if isinstance(p.rule, FreeText)]
        tokens = [p for p in wanted[table] if isinstance(p.rule, Token)]
        hidden = _hidden_texts(rows, table, texts, run) if texts else None
        made = _with_columns(rows, tokens, texts, hidden, key, run)
        tables[table] = coded.shown(table, made, words, run.engine)
        findings += _withheld(tables[table], table, texts, run)
        findings += coded.unlisted(table, tables[table], run.engine)
    return replace(batch.having(tables, *findings), facts={MARK: key.mark} if key else {})


def _require_same(key: Key, run: Run) -> None:
    """Raise ConfigError if the newest day was masked with another key of the same version."""
    days = run.lake.days("masked", CUSTOMERS)
    known = run.lake.manifest("masked", CUSTOMERS, days[-1]) if days else None
    mark = known.facts.get(MARK, "") if known else ""
    if mark.partition(" ")[0] == key.mark.partition(" ")[0] and mark != key.mark:
        raise ConfigError(
            f"{run.pack.file.token_key}: this is not the key with which {days[-1]} was masked; with it every token "
            "would be another and join nothing made before. Give that key, or, to change it, write the new one as "
            f"v{key.version + 1}:…",
            f"{run.pack.file.token_key}：与 {days[-1]} 脱敏所用的密钥不同，会使全部令牌改变，无法与此前的数据关联。"
            f"请使用原密钥；如需更换，请将新密钥写作 v{key.version + 1}:…",
        )


def _coded(
    batch: Batch, wanted: Mapping[str, Sequence[Prepared]], who: Mapping[str, Tier]
) -> Coded:
    """The columns of which the tiers see listed words only."""
    columns = {
        table: [
            p.column
            for p in found
            if isinstance(p.rule, Listed) and p.column in batch.tables[table].columns
        ]
        for table, found in wanted.items()
    }
    return Coded.of(columns, who.values())


def _wanted(table: str, who: Mapping[str, Tier]) -> list[Prepared]:
    """What the tiers' views of a table need prepared; each once."""
    needed = prepared_columns(CORE[table], who)
    found = {
        one.name: one
        for tier in who.values()
        for c in CORE[table].columns
        if (one := Prepared(c.name, tier.rule_for(kind(c), c.name))).name in needed
    }
    return [found[name] for name in sorted(needed)]


def _with_columns(  # noqa: PLR0913 - a table, what is added to it, and whereby
    rows: Relation,
    tokens: Sequence[Prepared],
    texts: Sequence[Prepared],
    hidden: Relation | None,
    key: Key | None,
    run: Run,
) -> Relation:
    """The rows with their tokens and hidden texts, in one pass; the rows themselves if there are none."""
    selected, joins = ["r.*"], ""
    bound: dict[str, Value] = {}
    for one in tokens:
        if isinstance(one.rule, Token) and key is not None:
            rule = one.rule.bound(key)
            selected.append(f"{rule.sql('r.' + quoted(one.column))} AS {quoted(one.name)}")
            bound |= rule.parameters()
    for number, column in enumerate(dict.fromkeys(one.column for one in texts)):
        joins += (
            f" LEFT JOIN hidden h{number} ON h{number}.channel = r.channel"
            f" AND h{number}.source_id = r.source_id AND h{number}.column_name = '{column}'"
        )
        selected += [
            f"h{number}.{quoted(one.rule.name)} AS {quoted(one.name)}"
            for one in texts
            if one.column == column
        ]
    if len(selected) == 1:
        return rows
    query = f"SELECT {', '.join(selected)} FROM rows r{joins}"
    relations = {"rows": rows} | ({"hidden": hidden} if hidden else {})
    return run.engine.sql(query, bound or None, **relations)


def _hidden_texts(rows: Relation, table: str, texts: Sequence[Prepared], run: Run) -> Relation:
    """Every searched text of the table, hidden by every rule that is wanted, by the row's key."""
    columns = list(dict.fromkeys(one.column for one in texts))
    rules = {one.rule.name: one.rule for one in texts if isinstance(one.rule, FreeText)}
    written = " UNION ALL ".join(
        f"SELECT channel, source_id, day, '{c}' AS column_name, {quoted(c)} AS text"
        f" FROM rows WHERE {quoted(c)} IS NOT NULL"
        for c in columns
    )
    texts_of = run.engine.sql(written, rows=rows)
    spans = _spans(texts_of, table, run)
    found = run.engine.sql(
        "SELECT t.channel, t.source_id, t.column_name, t.text, s.entities FROM texts t"
        " JOIN spans s ON s.channel = t.channel AND s.day = t.day AND s.source_id = t.source_id"
        " AND s.column_name = t.column_name",
        texts=texts_of,
        spans=spans,
    )
    return run.engine.map(found, partial(_hide, rules=rules), _schema(list(rules)))


def _spans(texts: Relation, table: str, run: Run) -> Relation:
    """What was found in the table's texts, by channel, day, key and column.

    A key that came twice in a batch with different finds is left out: which of them is the row's
    own nobody knows, so its text stays withheld.
    """
    days = run.engine.fetch(run.engine.sql("SELECT DISTINCT channel, day FROM texts", texts=texts))
    parts: list[Relation] = []
    for row in sorted(days.to_pylist(), key=lambda r: (r["channel"], r["day"])):
        left = run.lake.read("profile", row["channel"], row["day"])
        if left is not None and "entity" in left.tables:
            parts.append(_of_table(left.tables["entity"], table, row["channel"], row["day"], run))
    if not parts:
        return run.engine.arrow(pa.schema(_SPANS).empty_table())
    while len(parts) > 1:
        parts = [_union(parts[at : at + UNIONS], run) for at in range(0, len(parts), UNIONS)]
    return run.engine.sql(
        "SELECT channel, day, source_id, column_name, min(entities) AS entities FROM spans"
        " GROUP BY channel, day, source_id, column_name HAVING min(entities) = max(entities)",
        spans=parts[0],
    )


def _of_table(entities: Relation, table: str, channel: str, day: date, run: Run) -> Relation:
    return run.engine.sql(
        f"SELECT '{channel}' AS channel, CAST('{day}' AS DATE) AS day, source_id, column_name, entities"
        f" FROM entity WHERE record = '{table}'",
        entity=entities,
    )


def _union(parts: Sequence[Relation], run: Run) -> Relation:
    named = {f"part_{i}": part for i, part in enumerate(parts)}
    return run.engine.sql(
        " UNION ALL ".join(f"SELECT * FROM {name}" for name in named), None, **named
    )


@dataclass(frozen=True)
class _Span:
    """A stretch of a text, and what it reveals."""

    kind: Kind
    start: int
    end: int


_KEY = ("channel", "source_id", "column_name")
_SPANS: dict[str, pa.DataType] = {
    "channel": pa.string(),
    "day": pa.date32(),
    "source_id": pa.string(),
    "column_name": pa.string(),
    "entities": pa.string(),
}


def _schema(rules: Sequence[str]) -> pa.Schema:
    return pa.schema([pa.field(name, pa.string()) for name in (*_KEY, *rules)])


def _hide(
    batches: Iterator[pa.RecordBatch], rules: Mapping[str, FreeText]
) -> Iterator[pa.RecordBatch]:
    """Texts and the spans found in them, as what each rule leaves of them."""
    for batch in batches:
        texts: list[str] = batch.column("text").to_pylist()  # type: ignore[assignment] # none is null
        found = [_read(str(entities)) for entities in batch.column("entities").to_pylist()]
        hidden = {
            name: [
                None if spans is None else rule.spans_hidden(text, hidden_in(text, spans, rule))
                for text, spans in zip(texts, found, strict=True)
            ]
            for name, rule in rules.items()
        }
        columns = [batch.column(name).cast(pa.string()) for name in _KEY]
        columns += [pa.array(values, pa.string()) for values in hidden.values()]
        yield pa.RecordBatch.from_arrays(columns, schema=_schema(list(rules)))


def _read(entities: str) -> list[_Span] | None:
    """The spans as they were left; None if one is of a kind nobody knows, so cannot be hidden aright."""
    if entities == "[]":
        return []
    try:
        return [_Span(Kind(one["kind"]), one["start"], one["end"]) for one in json.loads(entities)]
    except ValueError:
        return None


def _withheld(rows: Relation, table: str, texts: Sequence[Prepared], run: Run) -> list[Finding]:
    """How many texts nobody may read, because what is in them is not known."""
    if not texts:
        return []
    counts = ", ".join(
        f"count(*) FILTER (WHERE {quoted(one.column)} IS NOT NULL AND {quoted(one.name)} IS NULL)"
        f" AS {quoted(one.name)}"
        for one in texts
    )
    counted = run.engine.fetch(run.engine.sql(f"SELECT {counts} FROM rows", rows=rows)).to_pylist()[
        0
    ]
    most = {
        one.column: max(counted[o.name] for o in texts if o.column == one.column) for one in texts
    }
    return [Finding("text_withheld", table, column, n) for column, n in most.items() if n]
