"""Roles and grants in PostgreSQL: least privilege, said in one place. (What every login may do: `walls.py`.)

`mingce_owner`, which nobody logs in as, owns everything. A login is made a member of one tier's role.
A tier's role may use its schema, read its views and leave a line in the access log; nothing else.
"""

from collections.abc import Iterable

from masking.tiers import TIERS
from pipelines.core.sql import literal, quoted
from warehouse.access_log import LONGEST, SHORT
from warehouse.views import STEWARD

OWNER = "mingce_owner"
ANALYST = "analyst"
STEWARDS_OWN = ("core", "quality", "governance")
ACCESS_ID = "governance.access_id"
"""The sequence that numbers the access log."""
AS_ANALYSTS_SEE = """IF whose <> '' THEN BEGIN
        SELECT coalesce(max(customer_id__token), '(not known)') INTO whose FROM core.customer WHERE customer_id = whose;
        EXCEPTION WHEN undefined_table OR undefined_column THEN whose := '(not known)'; END; END IF;"""
"""Whose file was shown is kept as the token that analysts see: who reads the log need not learn who it is."""
KNOW_EVERYBODY = (STEWARD, "service")
"""The tiers that see every customer, by the id that `core` has: for them alone a customer is looked up."""
LOOKED_UP_BY_NOBODY = "whose := CASE WHEN whose = '' THEN '' ELSE '(not known)' END;"
"""For others a look would tell who is a customer: EXPLAIN counts the pages that a function reads and writes."""


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


def _whose(tier: str) -> str:
    """How the function comes from the id it is given to the one it keeps; analysts give the token itself."""
    if tier == ANALYST:
        return ""
    return AS_ANALYSTS_SEE if tier in KNOW_EVERYBODY else LOOKED_UP_BY_NOBODY


def _access_log(tier: str) -> list[str]:
    """Who asks cannot choose who it was, nor as which tier, nor when; and cannot read the log.

    The number comes from a sequence: a lock would be held as long as whoever asks keeps its transaction open.
    """
    function = logs_access(tier)
    name = f"{function}(text, bigint, text, text, text)"
    return [
        f"CREATE SEQUENCE IF NOT EXISTS {ACCESS_ID}",
        f"SELECT setval('{ACCESS_ID}', max(access_id)) FROM governance.access_log"
        f" HAVING max(access_id) > (SELECT last_value FROM {ACCESS_ID})",
        f"DROP FUNCTION IF EXISTS {function}(text, bigint)",
        f"""CREATE OR REPLACE FUNCTION {function}
        (said text, row_count bigint, became text DEFAULT 'answered', why text DEFAULT '', whose text DEFAULT '')
        RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$ BEGIN
        {_whose(tier)}
        INSERT INTO governance.access_log
        (access_id, accessed_at, accessed_by, tier, statement, "rows", outcome, purpose, customer)
        SELECT nextval('{ACCESS_ID}'), timezone('UTC', clock_timestamp()), session_user, {literal(tier)},
        left(said, {LONGEST}), row_count, left(became, {SHORT}), left(why, {SHORT}), left(whose, {SHORT});
        END $body$""",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO {quoted(role(tier))}",
    ]
