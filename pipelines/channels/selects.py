"""The SELECT that turns a channel's landed rows into one of its records. Derived from the declarations."""

from datetime import date
from typing import Any

from sqlalchemy import Column

from masking.cleaners import CLEANERS, Cleaner
from masking.kinds import Kind
from masking.marks import is_masked_sql
from masking.signs import AROUND
from pipelines.channels.channel import Rows, SourceColumn
from pipelines.core.errors import ConfigError
from pipelines.core.sql import literal, quoted
from warehouse.ddl import type_of
from warehouse.model import MASKED, columns_before_resolve, kind
from warehouse.tables import RECORDS

KEYS = ("source_id", "holder_channel", "holder_source_id", "other_channel", "other_source_id")
"""Columns that name rows: codes read and trimmed, without the signs by which a sheet keeps digits a text, and never
cleaned beyond that, so that both sides of a join stay equal."""


def standardised(rows: Rows, channel: str, day: date, is_further: bool = False) -> str:
    """SELECT over `landed`: the record's columns up to resolve, one row for each landed row.

    A further record that the same rows feed (`also`) has a row only where the source says something of it.
    Four layers: `marked` says of each cell whether somebody hid its value before it came (`<column>__m`), `spelt`
    has each value in one spelling, `read` adds `<column>__v`, the value as it was understood, and the last names
    what was hidden, and what was written but could not be read.
    """
    declared = columns_before_resolve(RECORDS[rows.record])
    source = {c.is_: (name, c) for name, c in rows.columns.items()}
    filled = [c for c in declared if c.name in source and c.name not in KEYS]
    read = {c.name: _cleaner(c, source[c.name][1]).value.replace("{c}", c.name) for c in filled}
    keys = {"source_id": _trimmed(*rows.keys)} | {
        k: _bare(_written(*source[k])) for k in KEYS if k in source
    }
    marks = {c.name: _marked(c, *source[c.name]) for c in filled} | {
        k: is_masked_sql(Kind.KEY, sql) for k, sql in keys.items()
    }
    marked = [f"{sql} AS {name}__m" for name, sql in marks.items()]
    spelt = [_unless_marked(name, sql) for name, sql in keys.items()]
    spelt += [_unless_marked(c.name, _spelt(c, *source[c.name])) for c in filled]
    spelt += [f"{name}__m" for name in marks]
    values = [f"{sql} AS {name}__v" for name, sql in read.items()]
    made = (
        _made(rows, channel, day, tuple(read), tuple(marks))
        | {name: f"{name}__v" for name in read}
        | {k: k for k in keys}
    )
    columns = [f"CAST({made.get(c.name, 'NULL')} AS {type_of(c)}) AS {c.name}" for c in declared]
    said = f" WHERE coalesce({', '.join(read)}) IS NOT NULL" if is_further and read else ""
    return (
        f"WITH marked AS (SELECT *, {', '.join(marked)} FROM landed), "
        f"spelt AS (SELECT {', '.join(spelt)} FROM marked), "
        f"read AS (SELECT {', '.join(['*', *values])} FROM spelt) "
        f"SELECT {', '.join(columns)} FROM read{said}"
    )


def _made(
    rows: Rows, channel: str, day: date, read: tuple[str, ...], marked: tuple[str, ...]
) -> dict[str, str]:
    """Columns that do not come from the source's own: the batch's, constants, the holder by default."""
    unread = [f"CASE WHEN {n} IS NOT NULL AND {n}__v IS NULL THEN ',{n}' ELSE '' END" for n in read]
    unread += [f"CASE WHEN {n}__m THEN ',{MASKED}{n}' ELSE '' END" for n in marked]
    names = f"concat({', '.join(unread)}, '')" if unread else "''"
    return {
        "channel": literal(channel),
        "day": literal(day.isoformat()),
        "holder_channel": literal(channel),
        "holder_source_id": "source_id",
        "unreadable": f"CASE WHEN {names} = '' THEN '' ELSE concat({names}, ',') END",
    } | {name: literal(value) for name, value in rows.constants.items()}


def _cleaner(column: Column[Any], source: SourceColumn) -> Cleaner:
    name = source.clean or column.info["clean"] or "text"
    if name not in CLEANERS:
        raise ConfigError(
            f"there is no cleaner {name!r}: one of {', '.join(CLEANERS)}",
            f"没有清洗规则 {name!r}：可选 {'、'.join(CLEANERS)}",
        )
    return CLEANERS[name]


def _marked(column: Column[Any], name: str, source: SourceColumn) -> str:
    """Whether the value was hidden before it came here."""
    return is_masked_sql(source.kind or kind(column), _written(name, source))


def _unless_marked(name: str, sql: str) -> str:
    return f"CASE WHEN NOT {name}__m THEN {sql} END AS {name}"


def _spelt(column: Column[Any], name: str, source: SourceColumn) -> str:
    return _cleaner(column, source).spelt.replace("{c}", _written(name, source))


def _written(name: str, source: SourceColumn) -> str:
    """What the source says, its codes replaced by what they mean."""
    written = quoted(name)
    if not source.values:
        return written
    cases = " ".join(f"WHEN {literal(k)} THEN {literal(v)}" for k, v in source.values.items())
    return f"CASE trim({written}) {cases} ELSE {written} END"


def _trimmed(*names: str) -> str:
    parts = [_bare(quoted(n)) for n in names]
    return parts[0] if len(parts) == 1 else " || '|' || ".join(parts)


def _bare(written: str) -> str:
    bare = f"regexp_replace({_edgeless(written)}, {literal(AROUND)}, '', 'g')"
    return f"nullif({_edgeless(bare)}, '')"


def _edgeless(written: str) -> str:
    """SQL: without blanks of any sort at its ends."""
    return f"regexp_replace({written}, '^[\\s\u3000\u00a0]+|[\\s\u3000\u00a0]+$', '', 'g')"
