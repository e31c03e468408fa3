"""Masking what a person holds in hand: a pandas frame, or the rows of one file.

The same tiers and rules as everywhere. A column is hidden by its kind, given or found; where
that leaves doubt it is withheld.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from masking.cleaners import canonical
from masking.columns import profile
from masking.exact import hidden_in
from masking.headers import hints, is_person
from masking.house_numbers import house_numbers
from masking.kinds import Kind
from masking.rules import RULES, FreeText, Key, Rule, Token
from masking.rules.withhold import Withhold
from masking.slips import MANY, Shown, Slips, slips
from masking.somebody import everywhere
from masking.tiers import STEWARD, TIERS, Tier, tiers
from pipelines.core.batch import Relation
from pipelines.core.errors import ConfigError
from pipelines.core.secrets import secret
from pipelines.core.sql import quoted
from pipelines.engine.protocol import Engine, Value

if TYPE_CHECKING:
    import pandas as pd


KEY = "env:MINGCE_TOKEN_KEY"
"""Where the key of the tokens usually is."""

FEW = 20
"""Fewer cells than this are too few to clear a column most of whose cells look personal."""
ORDER = "mingce_row_number"
"""The column that keeps a frame's rows where they were."""


@dataclass(frozen=True)
class Plan:
    """How each column of some rows will be hidden."""

    rules: Mapping[str, Rule]
    kinds: Mapping[str, Sequence[Kind]]
    key: str = ""
    """A reference to the key of the tokens."""
    slips: Mapping[str, Slips] = field(default_factory=dict, repr=False)
    _parameters: Mapping[str, Value] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, kinds: Mapping[str, Sequence[Kind]], tier: Tier, key: str = "") -> "Plan":
        """The tier's rule for each column by its kinds; `key` is a reference, needed for tokens only.

        A column of several kinds that the tier hides in different ways is withheld, and, from all but the
        steward, one of which nobody knows what it is; unless its header says what, and the tier shows tokens of that.
        """
        rules: dict[str, Rule] = {}
        for column, of in kinds.items():
            ways = {rule.name: rule for rule in (tier.rule_for(k, column) for k in reversed(of))}
            unknown = RULES["clear"] if not of and tier.name == STEWARD else _unknown(column, tier)
            rules[column] = ways.popitem()[1] if len(ways) == 1 else unknown
        held: Key | None = None
        parameters: dict[str, Value] = {}
        for column, rule in rules.items():
            if isinstance(rule, Token):
                held = held or Key.read(secret(_required(key)).get_secret_value())
                rules[column] = bound = rule.bound(held)
                parameters |= bound.parameters()
        return cls(rules, kinds, key, {}, parameters)

    def checked(self, rows: Relation, tier: Tier, of: "Known", engine: Engine) -> "Plan":
        """The plan, with the cells that its rules would show though they speak of somebody.

        A column whose kind somebody named is what he says it is.
        """
        if tier.name == STEWARD:
            return self
        found = {
            c: slips(rows, Shown(c, rule, self.kinds[c], of.suspected.get(c, 0)), tier, engine)
            for c, rule in self.rules.items()
            if c not in of.named
        }
        kinds = {c: (f.kind,) for c, f in found.items() if f.kind}
        told = Plan.of(kinds, tier, self.key)
        withheld = {c: RULES["withhold"] for c, f in found.items() if f.is_withheld}
        return replace(
            self,
            rules={**self.rules, **withheld, **told.rules},
            kinds={**self.kinds, **kinds},
            slips={c: f for c, f in found.items() if f.instead},
            _parameters={**self._parameters, **told._parameters},
        )

    def hidden(self, rows: Relation, order: str, engine: Engine) -> pa.Table:
        """The rows, every column hidden, in the order of the column `order`, which is left out.

        An engine promises no order, and a masked row beside another's index would be another person's.
        """
        texts = {c: r for c, r in self.rules.items() if isinstance(r, FreeText)}
        if texts:
            schema = engine.fetch(engine.sql("SELECT * FROM rows LIMIT 0", rows=rows)).schema
            for column in texts:
                place = schema.get_field_index(column)
                schema = schema.set(place, pa.field(column, pa.string()))
            rows = engine.map(rows, partial(_searched, texts=texts), schema)
        slipped = {c: s for c, s in self.slips.items() if not isinstance(self.rules[c], Withhold)}
        joins = {c: engine.arrow(_instead(s)) for c, s in slipped.items()}
        named = {c: f"slips_{i}" for i, c in enumerate(joins)}
        columns = ", ".join(
            f"{self._shown(c, named.get(c, ''))} AS {quoted(c)}" for c in self.rules
        )
        query = f"SELECT rows.{quoted(order)}, {columns} FROM rows" + "".join(
            f" LEFT JOIN {alias} ON {alias}.cell = CAST(rows.{quoted(c)} AS VARCHAR)"
            for c, alias in named.items()
        )
        others = {alias: joins[c] for c, alias in named.items()}
        table = engine.fetch(engine.sql(query, dict(self._parameters) or None, rows=rows, **others))
        return table.sort_by(order).drop_columns([order])

    def _shown(self, column: str, slips: str) -> str:
        """The SELECT's expression for a column; where its slips are joined, what is shown instead of them."""
        rule, written = self.rules[column], f"rows.{quoted(column)}"
        if isinstance(rule, FreeText):
            return written
        if isinstance(rule, Token):
            return rule.sql(canonical(rule.kind, f"CAST({written} AS VARCHAR)"))
        if not slips:
            return rule.sql(written)
        shown = f"CAST({rule.sql(written)} AS VARCHAR)"
        return f"CASE WHEN {slips}.cell IS NULL THEN {shown} ELSE {slips}.instead END"


def _unknown(column: str, tier: Tier) -> Rule:
    kinds = hints(column) or ({Kind.PERSON_NAME} if is_person(column) else {})
    said = {tier.rule_for(kind, column) for kind in kinds}
    rule = said.pop() if len(said) == 1 else None
    return rule if isinstance(rule, Token) else RULES["withhold"]


def _instead(found: Slips) -> pa.Table:
    cells: dict[str, Any] = {"cell": list(found.instead), "instead": list(found.instead.values())}
    return pa.table(cells, pa.schema([("cell", pa.string()), ("instead", pa.string())]))


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
    key: str = KEY,
) -> "pd.DataFrame":
    """The frame as the tier may see it: same rows, same columns, same index.

    Columns without a kind in `kinds` are looked at, and withheld if they may be personal. `key`
    refers to the key of the tokens (env:NAME, file:PATH); only tiers that show tokens need it.
    """
    from pipelines.engine.duckdb import DuckDBEngine

    whom = tier_named(tier)
    if len({str(c).lower() for c in frame.columns}) < len(frame.columns):
        raise ConfigError(
            "two columns of the frame have one name, but for capitals: rename them, then mask",
            "数据框中有重名的列（不区分大小写）：请先改名再脱敏",
        )
    if frame.columns.empty:
        return frame.copy()
    engine = DuckDBEngine()
    try:
        rows = engine.arrow(_arrow(frame))
        asked = tuple(c for c in rows.columns if c != ORDER)
        named = {str(c): Kind(k) for c, k in (kinds or {}).items()}
        plan = planned(rows, asked, named, whom, key, engine)
        hidden = plan.hidden(rows, ORDER, engine).to_pandas()
    finally:
        engine.close()
    hidden.index = frame.index
    for column in frame.columns:
        if plan.rules[str(column)].name == "clear" and str(column) not in plan.slips:
            hidden[str(column)] = frame[column]
    hidden.columns = frame.columns
    return hidden


@dataclass(frozen=True)
class Known:
    """What columns are: as somebody named them, else by what most of their cells show."""

    kinds: Mapping[str, tuple[Kind, ...]]
    named: Collection[str]
    suspected: Mapping[str, int]
    """Columns a few of whose cells show something else, and at least how many do."""


def planned(  # noqa: PLR0913 - rows, what is known of them, and for whom they are hidden
    rows: Relation,
    columns: Sequence[str],
    named: Mapping[str, Kind],
    tier: Tier,
    key: str,
    engine: Engine,
) -> Plan:
    """How the tier may see each of these columns of some rows, down to their single cells."""
    found = known(rows, columns, named, engine)
    return Plan.of(found.kinds, tier, key).checked(rows, tier, found, engine)


def known(
    rows: Relation, columns: Sequence[str], named: Mapping[str, Kind], engine: Engine
) -> Known:
    """The kinds of each of these columns: as given, else all that its cells show."""
    if absent := sorted(set(named) - set(columns)):
        raise ConfigError(
            f"there is no column {', '.join(absent)} among the {len(columns)}; write it as the header does",
            f"共 {len(columns)} 列，没有 {'、'.join(absent)}；请与表头写法一致",
        )
    found: dict[str, tuple[Kind, ...]] = {column: (kind,) for column, kind in named.items()}
    asked = [c for c in columns if c not in named]
    shown: dict[str, list[Kind]] = {column: [] for column in asked}
    doubtful: set[str] = set()
    suspected: dict[str, int] = {}
    for evidence in profile(engine, rows, asked).to_pylist() if asked else []:
        column, matches = evidence["column_name"], evidence["matches"]
        if evidence["kind"] == Kind.EVENT_DATE and not evidence["header_hint"]:
            doubtful |= {column} if evidence["verdict"] else set()
            continue
        if evidence["verdict"] and (evidence["header_hint"] or matches >= MANY * evidence["cells"]):
            shown[column].append(Kind(evidence["kind"]))
        elif evidence["verdict"]:
            suspected[column] = max(suspected.get(column, 0), matches)
        elif evidence["cells"] < FEW and matches * 2 > evidence["cells"]:
            doubtful.add(column)
    found |= {c: _as_told(c, kinds, c in doubtful) for c, kinds in shown.items()}
    unknown = [c for c in asked if found[c] == (Kind.PLAIN,)]
    found |= dict.fromkeys(filter(is_person, unknown), (Kind.PERSON_NAME,))
    found |= dict.fromkeys(house_numbers(rows, unknown, engine), (Kind.KEY,))
    return Known({column: found[column] for column in columns}, frozenset(named), suspected)


def _as_told(column: str, kinds: Sequence[Kind], is_doubtful: bool) -> tuple[Kind, ...]:
    """What a column is taken to be, by what its cells show.

    Free text is searched for whatever else it holds. Where no cell shows anything, but the header
    speaks of a person, or most of too few cells look personal, nobody knows.
    """
    if Kind.OPINION in kinds:
        return (Kind.OPINION,)
    return tuple(kinds) if kinds or is_doubtful or hints(column) else (Kind.PLAIN,)


def _required(key: str) -> str:
    if not key:
        raise ConfigError(
            "this tier shows tokens, which need a key: name where it is, as env:NAME or file:PATH",
            "该层级使用令牌，需要密钥：请以 env:NAME 或 file:PATH 指明其位置",
        )
    return key


def _searched(
    batches: Iterator[pa.RecordBatch], texts: Mapping[str, FreeText]
) -> Iterator[pa.RecordBatch]:
    """The rows, each free text searched and its spans hidden."""
    for batch in batches:
        columns = {
            name: _hidden(column, texts[name]) if name in texts else column
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        }
        yield pa.RecordBatch.from_pydict(columns)


def _hidden(column: "pa.Array[Any]", rule: FreeText) -> "pa.Array[Any]":
    texts = column.cast(pa.string()).to_pylist()
    return pa.array(
        [
            None if t is None else rule.spans_hidden(t, hidden_in(t, everywhere(t), rule))
            for t in texts
        ],
        pa.string(),
    )


def _arrow(frame: "pd.DataFrame") -> pa.Table:
    """The frame's columns: whole numbers that pandas holds as floats, and days, written as such."""
    import pandas as pd

    columns: dict[str, pa.Array[Any]] = {}
    for name in frame.columns:
        values = frame[name]
        if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
            values = values.astype("Int64")
        elif pd.api.types.is_object_dtype(values):
            values = values.map(_text, na_action="ignore").astype("string")
        elif (
            pd.api.types.is_datetime64_dtype(values)
            and (values.dropna() == values.dropna().dt.normalize()).all()
        ):
            values = values.dt.date
        columns[str(name)] = pa.Array.from_pandas(values)
    columns[ORDER] = pa.array(range(len(frame)), pa.int64())
    return pa.table(columns)


def _text(value: object) -> str:
    """What a cell says; what is no text in it is a question mark."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text.encode("utf-8", "replace").decode("utf-8")
