"""Slashes: a path in a URL stands behind three of them."""

from pipelines.core.errors import ConfigError
from pipelines.core.location import shown


def require_path(location: str) -> None:
    """Raise ConfigError if a DuckDB file stands behind two slashes, where its first folder would be a host."""
    path = shown(location).removeprefix("duckdb://")
    if location.startswith("duckdb://") and path and not path.startswith("/"):
        raise ConfigError(
            f"duckdb://{path}: a path stands behind three slashes; you probably mean duckdb:///{path}",
            f"duckdb://{path}：路径须写在三个斜杠之后，应为 duckdb:///{path}",
        )
