"""Spark: for organisations that have a cluster. The session is the one the environment configures."""

import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import BinaryType, StructField, StructType
from sqlglot import exp

from pipelines.core import scratch
from pipelines.core.batch import Relation
from pipelines.engine.manifest import damaged
from pipelines.engine.protocol import MapBatches, Value, bound

CONFIGURATION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # A wide plan's code, such as that of a column profile, is more than Java compiles (64 KB a method): half the
    # usual number of columns is planned without it, a fifth quicker and with no failure in the log.
    "spark.sql.codegen.maxFields": "50",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

KEYS = "keys_of_this_query"
GONE = ("FileNotFoundException", "FILE_NOT_EXIST", "PATH_NOT_FOUND")
"""What Spark says of a file that is not there."""


class SparkEngine:
    """The active Spark session, or a local one; `spark.master` decides, as everywhere in Spark."""

    name = "spark"

    def __init__(self) -> None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        from splink.backends.spark import similarity_jar_location

        self._folder = scratch.new_folder()
        builder = SparkSession.builder.appName("mingce")
        for key, value in CONFIGURATION.items():
            builder = builder.config(key, value)
        self._spark = (
            builder.config("spark.jars", similarity_jar_location())
            .config("spark.sql.warehouse.dir", str(self._folder / "warehouse"))
            .getOrCreate()
        )
        self._spark.sparkContext.setLogLevel("ERROR")
        self._made: list[str] = []
        self._count = 0

    def read(self, paths: Sequence[str]) -> Relation:
        try:
            frame = self._spark.read.option("mergeSchema", "true").parquet(*paths)
        except PySparkException as error:
            if self.is_gone(error):
                raise
            raise damaged(paths) from None
        return self._known(frame)

    def arrow(self, rows: pa.Table | pa.RecordBatchReader) -> Relation:
        table = rows if isinstance(rows, pa.Table) else rows.read_all()
        self._count += 1
        path = self._folder / f"arrow_{self._count}.parquet"
        pq.write_table(table, path, coerce_timestamps="us")
        return self._known(self._spark.read.parquet(str(path)))

    def sql(
        self, query: str, params: Mapping[str, Value] | None = None, **relations: Relation
    ) -> Relation:
        given = dict(params or {})
        keys = {n: given.pop(n) for n in list(given) if isinstance(given[n], bytes)}
        if keys:
            query = _from_relation(query, keys)
            relations = {**relations, KEYS: self._held(keys)}
        text = bound(query, relations, "spark")
        return self._known(self._spark.sql(text, args=given) if given else self._spark.sql(text))

    def keep(self, rows: Relation) -> Relation:
        return self._known(self._spark.table(rows.name).localCheckpoint(eager=True))

    def map(self, rows: Relation, function: MapBatches, schema: pa.Schema) -> Relation:
        from pyspark.sql.pandas.types import from_arrow_schema

        frame = self._spark.table(rows.name).mapInArrow(function, from_arrow_schema(schema))
        return self._known(frame.localCheckpoint(eager=True))

    def write(self, rows: Relation, path: str, order_by: Sequence[str] = ()) -> int:
        frame = self._spark.table(rows.name)
        if order_by:
            frame = frame.orderBy(*(f"`{c}`" for c in order_by))
        frame.write.mode("overwrite").option("compression", "zstd").parquet(path)
        return int(self._spark.read.parquet(path).count())

    def fetch(self, rows: Relation) -> pa.Table:
        held: pa.Table = self._spark.table(rows.name).toArrow()
        return held

    def is_gone(self, error: Exception) -> bool:
        theirs = isinstance(error, PySparkException | Py4JError)
        return theirs and any(t in str(error) for t in GONE)

    def linker_api(self) -> Any:
        from splink import SparkAPI

        return SparkAPI(spark_session=self._spark, break_lineage_method="persist")

    @contextmanager
    def scope(self) -> Iterator[None]:
        start = len(self._made)
        try:
            yield
        finally:
            while len(self._made) > start:
                self._spark.catalog.dropTempView(self._made.pop())

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _held(self, keys: Mapping[str, Value]) -> Relation:
        """Keys as a relation of one row, which a plan names but does not print."""
        columns = StructType([StructField(name, BinaryType()) for name in keys])
        return self._known(self._spark.createDataFrame([tuple(keys.values())], columns))

    def _known(self, frame: DataFrame) -> Relation:
        self._count += 1
        name = f"relation_{self._count}"
        frame.createOrReplaceTempView(name)
        self._made.append(name)
        return Relation(name, lambda: tuple(frame.columns))


def _from_relation(query: str, keys: Collection[str]) -> str:
    """The query, its keys read from a relation.

    A value bound by Spark itself becomes a literal of the plan, which its UI and event log show.
    """
    tree = sqlglot.parse_one(query, read="duckdb")
    for parameter in list(tree.find_all(exp.Parameter, exp.Placeholder)):
        if parameter.name in keys:
            parameter.replace(exp.select(exp.column(parameter.name)).from_(KEYS).subquery())
    return tree.sql(dialect="duckdb")
