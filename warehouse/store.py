"""The store: what the steps and the commands may ask of a warehouse, whichever database it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow as pa
from sqlalchemy import Table
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from masking.tiers import Tier
from pipelines.core.errors import ConfigError
from pipelines.core.slashes import require_path

Value = str | int | float | bool | date | None


@dataclass(frozen=True)
class Change:
    """Those rows of a quality or governance table that `where` holds of give way to these."""

    table: Table
    rows: pa.Table
    where: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Access:
    """One question, for the access log: who and when are known where it is kept."""

    tier: str
    statement: str
    rows: int | None
    """None if it was not answered."""
    outcome: str = "answered"
    purpose: str = ""
    customer: str = ""
    """Whose file was shown, by the id the tier knows."""


class Store(Protocol):
    """A warehouse: the vault's clear values, each tier's tables, quality and governance."""

    def publish(
        self, day: date, tables: Mapping[str, str], tiers: Mapping[str, Tier]
    ) -> dict[str, int]:
        """Replace `core` with the masked layer's tables (Parquet, by name) and refresh every tier.

        A declared table or column that is not among them is there and empty. The rows of each table.
        """

    def replace(self, changes: Iterable[Change]) -> None:
        """Replace rows of quality and governance, all at once and in this order; refresh what tiers see of them."""

    def read(self, sql: str, tier: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        """The rows of one SELECT over the tier's schema; the steward's are `core`, quality, governance."""

    def note_access(self, access: Access) -> None:
        """Keep who asked what."""


ANSWERED_WITHIN = 300.0
"""Seconds that one question may take, unless whoever asks says otherwise."""


def open_store(url: str, seconds: float = ANSWERED_WITHIN) -> Store:
    """The warehouse at a SQLAlchemy URL, each question to it answered within so long. Nothing is connected yet."""
    where = _url(url)
    require_path(url)
    if where.get_backend_name() == "duckdb" and where.database:
        from warehouse.duckdb import DuckDBStore

        return DuckDBStore(where.database, seconds)
    if where.get_backend_name() == "postgresql" and where.database:
        from warehouse.postgres import PostgresStore

        return PostgresStore(where, seconds)
    raise ConfigError(
        "the warehouse is a URL such as duckdb:///DIR/warehouse.duckdb or "
        "postgresql+psycopg://USER@HOST/DATABASE",
        "数据仓库以 URL 指定，例如 duckdb:///目录/warehouse.duckdb 或 "
        "postgresql+psycopg://用户@主机/数据库",
    )


def _url(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(
            "the warehouse's URL cannot be read: write duckdb:///DIR/warehouse.duckdb or "
            "postgresql+psycopg://USER@HOST/DATABASE",
            "无法解析数据仓库 URL：请写作 duckdb:///目录/warehouse.duckdb 或 "
            "postgresql+psycopg://用户@主机/数据库",
        ) from None
