"""Every check says the same on DuckDB and on Spark, of every row that another test judges."""

import pyarrow as pa
import pytest

from expectations.flags import passed
from expectations.kpi.service import Service
from expectations.suites import SUITES, suite
from pipelines.engine.protocol import Engine
from tests.unit.expectations.made import AS_OF, rows, verdicts
from tests.unit.expectations.test_suites import CASES

pytestmark = pytest.mark.spark


@pytest.mark.parametrize("record", sorted(SUITES))
def test_engines_agree_on_every_check(
    duckdb_engine: Engine, spark_engine: Engine, record: str
) -> None:
    differs = [
        {"source_id": f"K{n:03}"} | dict(d) for n, (r, _, d, _) in enumerate(CASES) if r == record
    ]
    given = [{"source_id": "K999"}, {"source_id": "K999", "unreadable": ",x,"}, *differs]
    checks = [*suite(record), *Service.model_validate({}).checks(record)]
    said, kept = [], []
    for engine in (duckdb_engine, spark_engine):
        with engine.scope():
            relation = rows(engine, record, *given, resolved=True)
            found = verdicts(engine, checks, relation)
            said.append(sorted(map(str, found)))
            good, aside = passed(engine, relation, checks, AS_OF)
            kept.append([_keys(engine.fetch(good)), _keys(engine.fetch(aside))])
    assert said[0] == said[1]
    assert kept[0] == kept[1]


def _keys(table: pa.Table) -> list[tuple[str, str]]:
    because = table.column_names[-1]
    return sorted((str(row["source_id"]), str(row[because])) for row in table.to_pylist())
