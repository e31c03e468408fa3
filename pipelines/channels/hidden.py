"""Hidden before they came: values that a delivery holds masked. They count as missing, and a masked list is refused."""

from dataclasses import dataclass

from masking.kinds import Kind
from masking.marks import MISTAKABLE
from pipelines.channels.channel import Channel, Rows
from pipelines.core.batch import Finding, Relation
from pipelines.core.errors import SourceError
from pipelines.engine.protocol import Engine
from warehouse.model import MASKED, columns_before_resolve, kind
from warehouse.tables import RECORDS

MOST = 0.5
"""A column of which more is masked was masked on purpose, and so was a list of whose rows more have such a value."""
FEW = 5
"""Fewer masked values than this are told, and stop nobody."""


@dataclass(frozen=True)
class Hidden:
    """How much of a record's rows came masked."""

    findings: tuple[Finding, ...]
    columns: tuple[str, ...]
    """The columns most of whose values came so."""
    rows: int
    """The rows that hold such a value, of a kind that is not written like a mask by itself …"""
    of: int
    """… of so many."""

    @property
    def is_a_masked_list(self) -> bool:
        """Whether somebody masked the list, and not a clerk here and there a cell."""
        return self.rows >= FEW and (bool(self.columns) or self.rows > MOST * self.of)


def masked(fed: Rows, rows: Relation, engine: Engine) -> Hidden:
    """What came masked in a record's standardised rows."""
    names = [c.name for c in columns_before_resolve(RECORDS[fed.record]) if c.name != "unreadable"]
    told = [n for n in names if _kind(fed, n) not in MISTAKABLE]
    anywhere = " OR ".join(_is(n) for n in told)
    counts = [f"count(*) FILTER (WHERE {_is(n)}) AS m_{n}, count({n}) AS c_{n}" for n in names]
    (row,) = engine.fetch(
        engine.sql(
            f"SELECT count(*) AS n, count(*) FILTER (WHERE {anywhere}) AS hidden, {', '.join(counts)} FROM r",
            r=rows,
        )
    ).to_pylist()
    findings = [Finding("masked", fed.record, n, row[f"m_{n}"]) for n in names if row[f"m_{n}"]]
    most = [n for n in told if row[f"m_{n}"] >= FEW and row[f"m_{n}"] > row[f"c_{n}"]]
    return Hidden(tuple(findings), tuple(most), row["hidden"], row["n"])


def require_unmasked(channel: Channel, fed: Rows, hidden: Hidden) -> None:
    """Raise SourceError if the list came masked: it would be taken for what is known of customers."""
    if not hidden.is_a_masked_list:
        return
    wrong = hidden.columns or tuple(f.column for f in hidden.findings)
    source = {c.is_: name for name, c in fed.columns.items()}
    columns = [source.get(name, name) for name in wrong]
    raise SourceError(
        f"channel {channel.name}: a masked list: {hidden.rows} of {hidden.of} rows hold stars, tokens or bands instead "
        f"of values, in {columns}. Ask {channel.who[0]} for the list as the source has it; a column that always comes "
        "masked belongs under ignored:",
        f"渠道 {channel.name}：收到的是脱敏后的名单：{hidden.of} 行中有 {hidden.rows} 行以星号、令牌或区间代替原值，"
        f"涉及列 {columns}。请向{channel.who[1]}索取未脱敏的原始名单；始终以脱敏形式交付的列请列入 ignored:",
    )


def _is(name: str) -> str:
    return f"unreadable LIKE '%,{MASKED}{name},%'"


def _kind(fed: Rows, name: str) -> Kind:
    said = {c.is_: c.kind for c in fed.columns.values()}.get(name)
    return said or kind(RECORDS[fed.record].columns[name])
