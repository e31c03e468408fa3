"""The guard before the warehouse: one SELECT over the tables a tier has, and nothing else.

Whoever asks is taken to be clever. The statement is parsed, its tables are replaced by full names from a
list, and what runs is the text rendered from the tree, in which every name before a parenthesis stands on
a second list. What neither list knows is refused.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from pipelines.core.errors import ConfigError
from warehouse.heads import entitle

Schemas = Mapping[str, Collection[str]]
"""The tables that may be asked, by schema. The first schema is meant where none is named."""

FORBIDDEN = (
    exp.DDL, exp.DML, exp.Command, exp.Into, exp.Lock, exp.Pragma, exp.Set, exp.Copy, exp.Attach,
    exp.Detach, exp.Describe, exp.Summarize, exp.Use, exp.Parameter, exp.SessionParameter,
)  # fmt: skip
LITERALS = (
    exp.Literal, exp.HexString, exp.BitString, exp.ByteString, exp.RawString, exp.UnicodeString,
    exp.National, exp.Heredoc,
)  # fmt: skip

FUNCTIONS = frozenset(
    """
    abs acos age any_value approx_count_distinct approx_quantile arg_max arg_min array array_agg
    array_contains array_length array_to_string ascii asin atan atan2 avg bit_and bit_length bit_or bool_and
    bool_or bit_xor btrim cardinality case cast cbrt ceil ceiling char_length character_length chr coalesce
    columns concat concat_ws contains corr cos count count_if covar_pop covar_samp cume_dist current_date
    current_timestamp damerau_levenshtein date date_add date_bin date_diff date_part date_sub date_trunc
    datediff datesub datetrunc day dayname dayofmonth dayofweek dayofyear decimal degrees dense_rank div
    ends_with epoch exists exp extract favg first first_value floor format fsum gcd generate_series greatest
    grouping grouping_id hash hour if ifnull initcap instr interval isfinite isnan isodow jaccard
    jaro_similarity jaro_winkler_similarity json_array_length json_extract json_extract_path_text
    json_extract_string kurtosis lag last last_day last_value lcase lcm lead least left len length
    levenshtein list list_aggregate list_contains list_count list_distinct list_element list_extract
    list_filter list_has_all list_has_any list_max list_min list_sort list_sum list_transform list_value
    listagg ln log log10 log2 lower lpad ltrim mad make_date make_timestamp max max_by md5 median min min_by
    minute mod mode month monthname now nth_value ntile nullif numeric octet_length ord overlay
    percent_rank percentile_cont percentile_disc pi position pow power product quantile quantile_cont
    quantile_disc quarter radians range rank regexp_count regexp_extract regexp_extract_all
    regexp_full_match regexp_instr regexp_like regexp_match regexp_matches regexp_replace
    regexp_split_to_array regr_count regr_intercept regr_r2 regr_slope repeat replace reverse right round
    row row_number rpad rtrim second sha256 sign sin skewness split split_part sqrt starts_with stddev
    stddev_pop stddev_samp str_split strftime string_agg string_split string_to_array strip_accents strlen
    strpos strptime struct_pack substr substring sum tan time timestamp timestamp_trunc to_char to_date
    to_days to_hours to_minutes to_months to_number to_seconds to_timestamp to_years translate trim
    trunc try_cast try_strptime typeof ucase unicode unnest upper var_pop var_samp varchar variance week
    weekday weekofyear width_bucket year
    """.split()  # noqa: SIM905 - words read better as words
)
"""Functions that read nothing but their arguments. (Types that take lengths stand here too.)"""

WORDS = frozenset(
    """
    all and any as asc between by cross cube desc distinct else end escape except exclude filter following
    from full group having ilike in inner intersect is join lateral left like limit natural not null
    offset on or order outer over partition preceding qualify recursive right rollup rows select semi anti
    sets similar then union using values when where window with within positional asof percent system
    bernoulli reservoir tablesample materialized
    """.split()  # noqa: SIM905
) | {"grouping sets"}
"""Words of the language after which a parenthesis may open."""

UNREADABLE, TOO_DEEP, TOO_LONG = "(not readable)", "(nested too deep)", "(too long)"
"""What is kept of a statement that is not told."""
LONGEST = 1_000_000
"""Characters of a statement: some twenty thousand tokens in a list; read in a second or two."""
PLAIN_NAME = re.compile(r"[A-Za-z_]{1,40}[0-9]{0,3}")
"""A name that is kept in the access log: every table and column of ours is one."""
NOT_KEPT = "name_not_kept"

CTE = "named_"
"""What a query's own WITH names are renamed to begin with; no table or function begins so."""


@dataclass(frozen=True)
class Question:
    """A statement that was looked at and may run."""

    tree: exp.Query

    def sql(self, dialect: str) -> str:
        """What runs: rendered from the tree."""
        text = self.tree.sql(dialect=dialect, comments=False)
        _known_functions(text, dialect)
        return text


class RefusalError(ConfigError):
    """A statement that may not run. Caught apart, because that it was tried is kept."""

    outcome = "refused"


class FailureError(RefusalError):
    """A statement that ran and came to nothing."""

    outcome = "failed"


class StoppedError(FailureError):
    """A statement that asked for more time or room than there is for one."""

    outcome = "stopped"


TOO_MUCH = (
    "the statement needs more memory or disk than one question may have: ask for less",
    "语句所需内存或磁盘超出单次查询的上限：请缩小查询范围",
)


def question(sql: str, schemas: Schemas) -> Question:
    """The statement, if it may run over `schemas`. Raises RefusalError that says why it may not."""
    try:
        return _question(sql, schemas)
    except RecursionError:
        raise _refused("it is nested too deep", "嵌套层数过多") from None


def _question(sql: str, schemas: Schemas) -> Question:
    tree = _parsed(sql)
    for node in tree.find_all(*FORBIDDEN):
        raise _refused(
            f"it holds {type(node).__name__.upper()}; ask one plain SELECT",
            f"语句包含 {type(node).__name__.upper()}；只允许一条普通 SELECT",
        )
    entitle(tree, sql)
    _named(tree)
    for table in list(tree.find_all(exp.Table)):
        _placed(table, schemas)
    found = Question(tree)
    found.sql("duckdb")
    return found


def logged(sql: str) -> str:
    """The statement without its literals and remarks: what was asked, not about whom. What it was, if unreadable.

    A name that no table has and that is no plain word may be a value between the wrong quotes: it is left out too.
    """
    try:
        return _parsed(sql).transform(_bare).sql(dialect="duckdb", comments=False)
    except RecursionError:
        return TOO_DEEP
    except RefusalError:
        return TOO_LONG if len(sql) > LONGEST else UNREADABLE


def _bare(node: exp.Expr) -> exp.Expr:
    if isinstance(node, LITERALS):
        return exp.Placeholder()
    is_name = isinstance(node, (exp.Identifier, exp.Anonymous))
    if is_name and not PLAIN_NAME.fullmatch(node.name):
        node.set("this", NOT_KEPT)
    return node


def _parsed(sql: str) -> exp.Query:
    if len(sql) > LONGEST:
        raise _refused(f"it has more than {LONGEST:,} characters", f"语句超过 {LONGEST:,} 个字符")
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    except SqlglotError as error:
        where = (getattr(error, "errors", None) or [{}])[0]
        line, col = where.get("line") or 1, where.get("col") or 1
        raise RefusalError(
            f"the statement cannot be read at line {line}, column {col}: write one SELECT in DuckDB's dialect",
            f"语句在第 {line} 行第 {col} 列无法解析：请用 DuckDB 方言书写一条 SELECT",
        ) from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise _refused("it is not one SELECT", "不是一条 SELECT")
    return trees[0]


def _named(tree: exp.Query) -> None:
    """Rename the query's own WITH names, so that none can stand for a table outside its reach."""
    for table in list(tree.find_all(exp.Table)):
        if (
            isinstance(table.this, exp.Identifier)
            and not table.db
            and table.name.lower() in _within(table)
        ):
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name, quoted=True)))
            table.set("this", exp.to_identifier(CTE + table.name.lower(), quoted=True))
    for cte in tree.find_all(exp.CTE):
        cte.args["alias"].set("this", exp.to_identifier(CTE + cte.alias.lower(), quoted=True))


def _within(table: exp.Table) -> set[str]:
    """The WITH names of the queries around `table`."""
    names: set[str] = set()
    node: exp.Expr | None = table.parent
    while node is not None:
        if isinstance(node, exp.Query):
            names |= {cte.alias.lower() for cte in node.ctes}
        node = node.parent
    return names


def _placed(table: exp.Table, schemas: Schemas) -> None:
    """Give a table its full name, or refuse it."""
    if not isinstance(table.this, exp.Identifier):
        if isinstance(table.this, (exp.GenerateSeries, exp.Unnest)):
            return
        raise _refused("it reads from a function", "语句从函数读取数据")
    name = table.name.lower()
    if name.startswith(CTE) and not table.db:
        return
    schema = table.db.lower() or next((s for s, tables in schemas.items() if name in tables), "")
    if table.catalog or name not in schemas.get(schema, ()):
        may = [f"{s}.{t}" for s, tables in schemas.items() for t in sorted(tables)]
        raise _refused(
            f"it asks a table that this tier does not have; it has {', '.join(may) or 'none'}",
            f"语句涉及本层级没有的表；可查询：{'、'.join(may) or '无'}",
        )
    table.set("this", exp.to_identifier(name, quoted=True))
    table.set("db", exp.to_identifier(schema, quoted=True))


def _known_functions(text: str, dialect: str) -> None:
    """Refuse the text if a name that is on neither list stands before a parenthesis."""
    tokens = sqlglot.tokenize(text, read=dialect)
    for before, token, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        is_name = (
            token.token_type == TokenType.IDENTIFIER
            or token.text[:1].isalpha()
            or token.text[:1] == "_"
        )
        is_alias = before is not None and before.token_type == TokenType.ALIAS
        name = token.text.lower()
        if after.token_type != TokenType.L_PAREN or not is_name or is_alias or name.startswith(CTE):
            continue
        if name not in FUNCTIONS | WORDS:
            raise _refused(
                f"the function {name[:40]!r} is not allowed", f"不允许使用函数 {name[:40]!r}"
            )


def _refused(en: str, zh: str) -> RefusalError:
    return RefusalError(f"the statement is refused: {en}", f"语句被拒绝：{zh}")
