"""Where relations live: the engines, and the lake they read and write."""

from pipelines.core.errors import ConfigError
from pipelines.engine.protocol import Engine

ENGINES = ("duckdb", "spark")


def engine(name: str) -> Engine:
    """The engine of that name. Spark's libraries are imported only when Spark is asked for."""
    if name == "duckdb":
        from pipelines.engine.duckdb import DuckDBEngine

        return DuckDBEngine()
    if name == "spark":
        from pipelines.engine.spark import SparkEngine

        return SparkEngine()
    raise ConfigError(
        f"there is no engine {name!r}: choose one of {', '.join(ENGINES)}",
        f"没有名为 {name!r} 的引擎：请选择 {'、'.join(ENGINES)}",
    )
