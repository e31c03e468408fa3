"""Walls: what PostgreSQL lets every login do by default, taken away in the warehouse's database.

Each wall is one query of the catalogue; its rows are the statements that close what still stands open, and
there are none once it is closed. So a publication closes what it may, and what it may not is told.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from masking.tiers import TIERS
from pipelines.core.errors import say
from pipelines.core.sql import literal
from warehouse.roles import OWNER, role

log = logging.getLogger(__name__)

LIMITS = {
    "statement_timeout": "10min",
    "idle_in_transaction_session_timeout": "5min",
    "lock_timeout": "1min",
    "temp_file_limit": "20GB",
}
"""How long, and how much disk, one session may take, where the database says nothing of its own."""
PATIENCE = "2s"
"""How long to wait for whoever holds locked what is to be closed."""
CONNECTIONS = 20
"""Sessions a tier's login may have at a time, where its role says nothing of its own."""

COUNTING = (
    "^pg_stat_get_(xact_)?(numscans|tuples|live|dead|mod_|ins_|blocks|vacuum|analyze|auto|last_|function|db_)"
    "|^pg_stat_get_(backend_)?(wal|io|slru|archiver|bgwriter|checkpoint|buf_)"
    "|^pg_(relation|total_relation|table|indexes|database|tablespace)_size$"
    "|^pg_(current|last)_wal_|^pg_control_(checkpoint|recovery)$|^pg_get_replication_slots$"
)
"""Functions that tell how much is in tables one may not read, or how much was written into them."""
LOCKING = "^pg_(try_)?advisory_|^pg_logical_emit_message$"
"""Functions by which anybody fills what all sessions share."""
WATCHING = (
    "pg_stat_statements",
    "pg_stat_kcache",
    "pg_qualstats",
    "pg_store_plans",
    "pg_wait_sampling",
)
"""Extensions that tell how many rows others' statements read and wrote, some with their values."""
ELSEWHERE = ("dblink",)
"""Extensions by which the server connects to where whoever asks says."""
LARGE_OBJECTS = "^lo_|^loread$|^lowrite$"

MONITORS = "pg_read_all_stats"
"""PostgreSQL's own role for those who watch the server: it goes on seeing counts and sizes."""


@dataclass(frozen=True)
class Wall:
    """One thing that no login needs, and the statements that take it away where it is still there."""

    en: str
    zh: str
    still: str
    """SQL: the statements that are still to be run, one a row; none if the wall stands."""


def _functions(which: str, keeps: str = "") -> str:
    """Take functions that every login may call from everybody, or everybody but one role."""
    kept = f"; GRANT EXECUTE ON FUNCTION %1$s TO {keeps}" if keeps else ""
    return (
        f"SELECT format('REVOKE EXECUTE ON FUNCTION %1$s FROM PUBLIC{kept}', p.oid::regprocedure)"
        f" FROM pg_proc p WHERE has_function_privilege('public', p.oid, 'EXECUTE') AND {which}"
    )


def _named(pattern: str) -> str:
    """PostgreSQL's own functions of such names."""
    return f"p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ {literal(pattern)}"


def _of_extensions(names: Iterable[str]) -> str:
    """The functions of these extensions, where an administrator installed them."""
    return (
        "EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.deptype = 'e'"
        " AND d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.objid = p.oid"
        f" AND e.extname IN ({', '.join(map(literal, names))}))"
    )


_ROW_COUNTS = (
    "SELECT format('REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC; GRANT SELECT (%s) ON pg_catalog.pg_class"
    f" TO PUBLIC; GRANT SELECT ON pg_catalog.pg_class TO {MONITORS}', string_agg(quote_ident(attname), ', '))"
    " FROM pg_attribute WHERE attrelid = 'pg_catalog.pg_class'::regclass AND attnum > 0 AND NOT attisdropped"
    " AND attname NOT IN ('relpages', 'reltuples', 'relallvisible', 'relallfrozen')"
    " AND has_column_privilege('public', 'pg_catalog.pg_class', 'reltuples', 'SELECT')"
    " HAVING count(*) > 0"
)
_TEMPORARY = (
    "SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database())"
    " WHERE has_database_privilege('public', current_database(), 'TEMPORARY')"
)
_IN_PUBLIC = (
    "SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' FROM pg_namespace"
    " WHERE nspname = 'public' AND has_schema_privilege('public', oid, 'CREATE')"
)
_PROGRAMS = (
    f"SELECT format('REVOKE USAGE ON LANGUAGE %1$I FROM PUBLIC; GRANT USAGE ON LANGUAGE %1$I TO {OWNER}', lanname)"
    " FROM pg_language WHERE lanpltrusted AND lanname <> 'sql' AND has_language_privilege('public', oid, 'USAGE')"
)
_TIER_ROLES = ", ".join(literal(role(t)) for t in TIERS)
_LOGINS = (
    f"SELECT format('ALTER ROLE %I CONNECTION LIMIT {CONNECTIONS}', l.rolname) FROM pg_roles l"
    " WHERE l.rolcanlogin AND NOT l.rolsuper AND l.rolconnlimit = -1 AND l.rolname <> session_user"
    f" AND NOT pg_has_role(l.oid, {literal(OWNER)}, 'MEMBER') AND EXISTS (SELECT FROM pg_roles t"
    f" WHERE t.rolname IN ({_TIER_ROLES}) AND pg_has_role(l.oid, t.oid, 'MEMBER'))"
)


def _limit(name: str, value: str) -> str:
    """Where the database says nothing of its own, it says this; whoever raised it is left alone."""
    return (
        f"SELECT format('ALTER DATABASE %I SET {name} = %L', current_database(), {literal(value)})"
        " WHERE NOT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase,"
        " unnest(s.setconfig) c(line) WHERE s.setrole = 0 AND d.datname = current_database()"
        f" AND c.line LIKE {literal(name + '=%')})"
    )


WALLS = (
    Wall("temporary tables, and functions in them", "临时表及其中的函数", _TEMPORARY),
    Wall("objects in schema public", "在 public 模式中建对象", _IN_PUBLIC),
    Wall("programs in a procedural language (DO)", "过程语言程序（DO）", _PROGRAMS),
    Wall("row counts in pg_class", "pg_class 中的行数", _ROW_COUNTS),
    Wall("row counts and sizes by function", "以函数取得的行数与大小", _functions(_named(COUNTING), MONITORS)),
    Wall("what others asked, by an extension", "以扩展查看他人的语句", _functions(_of_extensions(WATCHING), MONITORS)),
    Wall("connections to elsewhere, by an extension", "以扩展连接他处", _functions(_of_extensions(ELSEWHERE))),
    Wall("large objects", "大对象", _functions(_named(LARGE_OBJECTS))),
    Wall("advisory locks and messages in the log", "咨询锁与日志消息", _functions(_named(LOCKING))),
    Wall("any number of sessions for a tier's login", "层级登录账户的会话数不限", _LOGINS),
    *(Wall(f"no {name}", f"未设 {name}", _limit(name, value)) for name, value in LIMITS.items()),
)  # fmt: skip


def close(session: "psycopg.Connection[Any]") -> None:
    """Close what still stands open, and tell what only an administrator may close."""
    before = session.execute("SELECT current_setting('lock_timeout')").fetchone()
    session.execute("SELECT set_config('lock_timeout', %s, true)", (PATIENCE,))
    left = [wall for wall in WALLS if not _closed(session, wall)]
    session.execute("SELECT set_config('lock_timeout', %s, true)", before)
    if left:
        en, zh = ", ".join(w.en for w in left), "、".join(w.zh for w in left)
        log.warning(
            say(
                f"this database still gives every login: {en}. This login may not take it away: publish "
                "once as a superuser, or run what docs/runbook.md lists (PostgreSQL)",
                f"该数据库仍向所有登录账户开放：{zh}。当前账户无权收回：请以超级用户发布一次，"
                "或执行 docs/runbook.md 中 PostgreSQL 一节所列语句",
            )
        )


def _closed(session: "psycopg.Connection[Any]", wall: Wall) -> bool:
    """Whether the wall stands now. A login that holds its own role locked (it may) holds up nothing else."""
    still = wall.still.encode()
    for (statement,) in session.execute(still).fetchall():
        try:
            with session.transaction():
                session.execute(statement.encode())
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
            return False
    return not session.execute(still).fetchall()
