"""Units that rows name, such as branches: by which names they may be told outside the vault.

Such a cell is typed by hand, and a customer's name or number stands in it now and then.
"""

import re
from collections.abc import Collection
from datetime import date

import pyarrow as pa

from masking.kinds import Kind
from masking.recognisers import Span
from masking.text import Detect
from pipelines.channels.reveals import tiers
from pipelines.channels.run import Run
from pipelines.core.batch import Relation
from pipelines.core.sql import literal, quoted
from pipelines.engine.protocol import Engine
from warehouse.model import kind
from warehouse.tables import RECORDS
from warehouse.tables.quality import NOT_SHOWN

UNIT = "branch"
"""The column of a record that names the unit responsible."""
FEW = 5
"""A name that fewer rows of a record share may be one customer's, and is nobody's unit."""
OF_UNITS = frozenset({Kind.ADDRESS, Kind.COMPANY_NAME, Kind.EMPLOYER, Kind.OCCUPATION})
"""What the name of a unit holds by itself."""
IS_PLACE = re.compile("支行|分行|网点|营业[部厅所室]|分理处|储蓄所|办事处|分公司|门店|分店")
"""Follows what only looks like a person's name: 马家堡支行 is called after a place."""


def names_units(record: str) -> bool:
    """Whether rows of the record name a unit."""
    return UNIT in RECORDS[record].columns


def may_be_told(run: Run, day: date) -> bool:
    """Whether the tier that quality is counted for shows units; it does not where one held what nobody confirmed."""
    of = kind(RECORDS["individual"].columns[UNIT])
    return tiers(run, day)["statistics"].rule_for(of, UNIT).shows


def told(engine: Engine, rows: Relation, names: Collection[str]) -> Relation:
    """The rows, their units by these names, all others by one."""
    known = engine.arrow(pa.table({"unit": pa.array(sorted(names), pa.string())}))
    columns = ", ".join(f"rows.{quoted(c)}" for c in rows.columns if c != UNIT)
    unit = f"CASE WHEN rows.{UNIT} IS NOT NULL THEN coalesce(known.unit, {literal(NOT_SHOWN)}) END"
    query = (
        f"SELECT {columns}, {unit} AS {UNIT} FROM rows LEFT JOIN known ON known.unit = rows.{UNIT}"
    )
    return engine.sql(query, rows=rows, known=known)


def names_told(engine: Engine, rows: Relation, detect: Detect) -> set[str]:
    """The names of units that many rows share and that hold nothing personal."""
    counted = (
        f"SELECT {UNIT} FROM rows WHERE {UNIT} IS NOT NULL GROUP BY {UNIT} HAVING count(*) >= {FEW}"
    )
    names = [str(row[UNIT]) for row in engine.fetch(engine.sql(counted, rows=rows)).to_pylist()]
    found = zip(names, detect(names), strict=True)
    return {name for name, spans in found if not any(is_personal(name, span) for span in spans)}


def is_personal(name: str, span: Span) -> bool:
    """Whether what was found in a name that many rows share tells of somebody."""
    is_called_after = span.kind == Kind.PERSON_NAME and IS_PLACE.match(name, span.end)
    return span.kind not in OF_UNITS and not is_called_after
