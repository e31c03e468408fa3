"""Masking what a person holds in hand: a pandas frame, or the rows of one file.

The same tiers and rules as everywhere. A column is hidden by its kind, given or found; one whose
kind is not known is withheld.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from masking.kinds import Kind
from masking.rules import RULES, FreeText, Key, Rule, Token, quoted
from masking.text import detect_batch
from masking.tiers import TIERS, Tier, tiers
from pipelines.core.batch import Relation
from pipelines.core.errors import ConfigError
from pipelines.core.secrets import secret
from pipelines.engine.protocol import Engine, Value

if TYPE_CHECKING:
    import pandas as pd

Rows = pa.Table | pa.RecordBatchReader


@dataclass(frozen=True)
class Plan:
    """How each column of some rows will be hidden."""

    rules: Mapping[str, Rule]
    kinds: Mapping[str, Kind | None]
    _parameters: Mapping[str, Value] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, kinds: Mapping[str, Kind | None], tier: Tier, key: str = "") -> "Plan":
        """The tier's rule for each column by its kind; `key` is a reference, needed for tokens only."""
        rules = {
            column: RULES["withhold"] if kind is None else tier.rule_for(kind, column)
            for column, kind in kinds.items()
        }
        held: Key | None = None
        parameters: dict[str, Value] = {}
        for column, rule in rules.items():
            if isinstance(rule, Token):
                held = held or Key.read(secret(_required(key)).get_secret_value())
                rules[column] = bound = rule.bound(held)
                parameters |= bound.parameters()
        return cls(rules, kinds, parameters)

    def hidden(self, rows: Rows, engine: Engine) -> Relation:
        """The rows, every column hidden, in their order."""
        texts = {c: r for c, r in self.rules.items() if isinstance(r, FreeText)}
        relation = engine.arrow(_searched(rows, texts) if texts else rows)
        columns = ", ".join(
            f"{quoted(c) if c in texts else rule.sql(quoted(c))} AS {quoted(c)}"
            for c, rule in self.rules.items()
        )
        return engine.sql(
            f"SELECT {columns} FROM rows", dict(self._parameters) or None, rows=relation
        )


def tier_named(name: str, path: Path | None = None) -> Tier:
    """The tier of that name. Raises ConfigError if there is none."""
    found = tiers(path)
    if name not in found:
        raise ConfigError(
            f"there is no tier {name!r}: one of {', '.join(TIERS)}",
            f"没有层级 {name!r}：可选 {'、'.join(TIERS)}",
        )
    return found[name]


def mask(
    frame: "pd.DataFrame",
    tier: str,
    kinds: Mapping[str, Kind | str] | None = None,
    key: str = "",
) -> "pd.DataFrame":
    """The frame as the tier may see it: same rows, same columns, same index.

    Columns without a kind in `kinds` are looked at, and withheld if they may be personal. `key`
    refers to the key of the tokens (env:NAME, file:PATH); only tiers that show tokens need it.
    """
    from pipelines.engine.duckdb import DuckDBEngine

    if not frame.columns.is_unique:
        raise ConfigError(
            "two columns of the frame have one name: rename them, then mask",
            "数据框中有重名的列：请先改名再脱敏",
        )
    engine = DuckDBEngine()
    try:
        rows = _arrow(frame)
        named = {str(c): Kind(k) for c, k in (kinds or {}).items()}
        plan = Plan.of(known(rows, named, engine), tier_named(tier), key)
        table = engine.fetch(plan.hidden(rows, engine))
    finally:
        engine.close()
    hidden = table.to_pandas()
    hidden.index = frame.index
    for column in frame.columns:
        if plan.rules[str(column)].name == "clear":
            hidden[str(column)] = frame[column]
    hidden.columns = frame.columns
    return hidden


def known(rows: pa.Table, named: Mapping[str, Kind], engine: Engine) -> dict[str, Kind | None]:
    """The kind of each column, given or found; None where nobody knows."""
    if unknown := sorted(set(named) - set(rows.column_names)):
        raise ConfigError(
            f"there is no column {', '.join(unknown)}: the columns are {', '.join(rows.column_names)}",
            f"没有列 {'、'.join(unknown)}：现有列为 {'、'.join(rows.column_names)}",
        )
    return {c: named.get(c) for c in rows.column_names}


def _required(key: str) -> str:
    if not key:
        raise ConfigError(
            "this tier shows tokens, which need a key: name where it is, as env:NAME or file:PATH",
            "该层级使用令牌，需要密钥：请以 env:NAME 或 file:PATH 指明其位置",
        )
    return key


def _searched(rows: Rows, texts: Mapping[str, FreeText]) -> pa.RecordBatchReader:
    """The rows, each free text searched and its spans hidden."""
    schema = rows.schema
    for column in texts:
        schema = schema.set(schema.get_field_index(column), pa.field(column, pa.string()))

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in rows.to_batches() if isinstance(rows, pa.Table) else rows:
            columns = [
                _hidden(column, texts[name]) if name in texts else column
                for name, column in zip(batch.schema.names, batch.columns, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _hidden(column: pa.Array[Any], rule: FreeText) -> pa.Array[Any]:
    texts = column.cast(pa.string()).to_pylist()
    spans = detect_batch(texts)
    return pa.array(
        [None if t is None else rule.spans_hidden(t, s) for t, s in zip(texts, spans, strict=True)],
        pa.string(),
    )


def _arrow(frame: "pd.DataFrame") -> pa.Table:
    """The frame's columns, whole numbers that pandas holds as floats written as whole numbers."""
    import pandas as pd

    columns: dict[str, pa.Array[Any]] = {}
    for name in frame.columns:
        values = frame[name]
        if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
            values = values.astype("Int64")
        elif pd.api.types.is_object_dtype(values):
            values = values.map(str, na_action="ignore").astype("string")
        columns[str(name)] = pa.Array.from_pandas(values)
    return pa.table(columns)
