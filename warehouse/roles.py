"""Roles and grants in PostgreSQL: least privilege, said in one place.

`mingce_owner`, which nobody logs in as, owns everything. A login is made a member of one tier's role.
A tier's role may use its schema, read its views and leave a line in the access log; nothing else.
"""

from collections.abc import Iterable

from masking.tiers import TIERS
from pipelines.core.sql import literal, quoted
from warehouse.views import STEWARD

OWNER = "mingce_owner"
STEWARDS_OWN = ("core", "quality", "governance")


def role(tier: str) -> str:
    """The role of those who belong to a tier."""
    return f"mingce_{tier}"


ROLES = (OWNER, *(role(tier) for tier in TIERS))


def create_roles(missing: Iterable[str]) -> list[str]:
    """Roles without login. Whoever publishes may act as each, as it writes what they read."""
    return [f"CREATE ROLE {quoted(name)} NOLOGIN ROLE CURRENT_USER" for name in missing]


def schemas_of(tier: str) -> tuple[str, ...]:
    """The schemas a tier's role may use."""
    return STEWARDS_OWN if tier == STEWARD else (tier,)


def grants(tier: str, schemas: Iterable[str]) -> list[str]:
    """What a tier's role may do in these schemas, and that PUBLIC may do nothing. Run as the owner."""
    found = []
    for schema in map(quoted, schemas):
        found += [
            f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC",
            f"GRANT USAGE ON SCHEMA {schema} TO {quoted(role(tier))}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {quoted(role(tier))}",
        ]
    return [*found, *_access_log(tier)]


def logs_access(tier: str) -> str:
    """The function by which a tier's role leaves its line in the access log."""
    return f"{quoted(schemas_of(tier)[-1])}.note_access"


def _access_log(tier: str) -> list[str]:
    """Who asks cannot choose who it was, nor as which tier, nor when; and cannot read the log."""
    name = f"{logs_access(tier)}(text, bigint)"
    return [
        f"""CREATE OR REPLACE FUNCTION {logs_access(tier)}(said text, row_count bigint) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('governance.access_log'));
        INSERT INTO governance.access_log (access_id, accessed_at, accessed_by, tier, statement, "rows")
        SELECT coalesce(max(access_id), 0) + 1, timezone('UTC', clock_timestamp()), session_user,
        {literal(tier)}, said, row_count FROM governance.access_log; END $body$""",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO {quoted(role(tier))}",
    ]
