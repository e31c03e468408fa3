"""A PostgreSQL as a source: all that the account may see is scanned; who may not enter is told what to do."""

import psycopg
import pytest
from typer.testing import CliRunner

from pipelines.channels.readers.tables import tables_in
from pipelines.cli import app
from pipelines.core.errors import ConfigError

pytestmark = pytest.mark.postgres


def test_every_schema_is_scanned_and_no_message_shows_the_password(postgres_url: str) -> None:
    plain = postgres_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as made:
        made.execute("CREATE DATABASE crm")
    url = postgres_url.rpartition("/")[0] + "/crm"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as made:
        made.execute("CREATE TABLE caller (phone text)")
        made.execute("INSERT INTO caller VALUES ('13900000001')")
        made.execute("CREATE SCHEMA old")
        made.execute("CREATE TABLE old.visit (seen_at date)")
        made.execute("CREATE VIEW who AS SELECT phone FROM caller")
        made.execute("CREATE MATERIALIZED VIEW kept AS SELECT phone FROM caller")
    assert tables_in(url) == ["caller", "kept", "who", "old.visit"]
    scanned = CliRunner().invoke(app, ["scan", url, "--table", "kept", "--json", "-"])
    assert (scanned.exit_code, '"mobile"' in scanned.output) == (0, True)
    nowhere = url.replace("postgres@", "postgres:canary-password@").replace("/crm", "/nowhere")
    with pytest.raises(ConfigError, match="refuses this login, or has no such database") as told:
        tables_in(nowhere)
    assert "canary" not in str(told.value)
