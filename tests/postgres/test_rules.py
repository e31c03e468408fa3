"""A rule says the same in Python and in PostgreSQL's SQL, whatever the value; so its live views do."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.rules import RULES, Token, render
from tests.unit.masking.rules.test_bounds import BANDS
from tests.unit.masking.rules.written import IN_SQL, TYPED, VALUES, as_text

pytestmark = pytest.mark.postgres

IN_VIEWS = {name: rule for name, rule in IN_SQL.items() if not isinstance(rule, Token)}
"""Tokens are prepared before, so that no key is near a view."""
SELECT = ", ".join(
    f'{render(rule.sql("value"), "postgres")} AS "{name}"' for name, rule in IN_VIEWS.items()
)


@pytest.fixture(scope="module")
def postgres(postgres_url):
    database = sa.create_engine(postgres_url)
    with database.connect() as connection:
        yield connection
    database.dispose()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(VALUES, min_size=60, max_size=120))
def test_every_rule_gives_the_same_text_in_python_and_in_postgres(postgres, values):
    query = f"SELECT {SELECT} FROM unnest(%s::text[]) WITH ORDINALITY AS t(value, n) ORDER BY n"
    found = postgres.exec_driver_sql(
        query.replace("%s", "\0").replace("%", "%%").replace("\0", "%s"), (values,)
    )
    rows = found.mappings().all()
    for name, rule in IN_VIEWS.items():
        assert [row[name] for row in rows] == [rule.mask(v) for v in values], name


@pytest.mark.parametrize(("name", "value", "ends"), BANDS)
def test_the_ends_of_a_band_are_the_same_in_postgresql(postgres, name, value, ends):
    rule = RULES[name]
    columns = ", ".join(
        f'{render(sql, "postgres")} AS "{end}"'
        for end, sql in rule.bounds(rule.sql('"value"')).items()
    )
    query = f"SELECT {columns} FROM (SELECT \0::text AS value) AS t"
    found = postgres.exec_driver_sql(query.replace("%", "%%").replace("\0", "%s"), (value,))
    assert [dict(row) for row in found.mappings()] == [ends]


@pytest.mark.parametrize(
    ("name", "type_"), [("day", "date"), ("money", "numeric(18, 2)"), ("number", "bigint")]
)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.data())
def test_a_column_of_another_type_is_hidden_as_it_is_written(postgres, name, type_, drawn):
    values = drawn.draw(st.lists(TYPED[name][1], min_size=20, max_size=40))
    query = f"SELECT {SELECT} FROM unnest(\0::{type_}[]) WITH ORDINALITY AS t(value, n) ORDER BY n"
    found = postgres.exec_driver_sql(query.replace("%", "%%").replace("\0", "%s"), (values,))
    rows = found.mappings().all()
    for rule in (r for r in IN_VIEWS.values() if r.name != "clear"):
        assert [row[rule.name] for row in rows] == [rule.mask(as_text(v)) for v in values], (
            rule.name
        )
