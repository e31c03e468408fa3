"""What PostgreSQL's errors come down to, and what to do. Its own words may quote a row, or the login."""

import psycopg

from pipelines.core.errors import ConfigError, DataError, InternalError, OutageError, PlatformError
from warehouse.guard import TOO_MUCH, FailureError, StoppedError
from warehouse.roles import OWNER

errors = psycopg.errors
OF_THE_STATEMENT = ("0A", "21", "22", "42")
"""Classes of SQLSTATE that speak of the statement: not supported, cardinality, data, syntax and names."""
OUT_OF_ROOM = ("53100", "53200")
TOO_LONG = ("57014", "53400")
"""SQLSTATE of a full disk or memory; of a limit of time, or of temporary files."""

NOT_CAST = "a value cannot be read as the type it is cast to", "有取值无法转换为所写的类型"
NO_SUCH_FORM = (
    "PostgreSQL does not know this form: write it more plainly",
    "PostgreSQL 不支持此写法：请改用更简单的写法",
)
TYPES = "types do not fit one another: cast one of them", "类型不一致：请用 CAST 转换"
BY_CLASS: tuple[tuple[type[psycopg.Error], tuple[str, str]], ...] = (
    (errors.UndefinedColumn,
     ("it names a column that is not there: see mingce describe", "所写的列不存在：可用 mingce describe 查看")),
    (errors.UndefinedTable, ("it names a table or an alias that is not there", "所写的表或别名不存在")),
    (errors.UndefinedFunction,
     ("no function or operator of that name takes these types", "没有接受这些类型的同名函数或运算符")),
    (errors.UndefinedObject, ("it names a type that PostgreSQL does not have", "PostgreSQL 没有所写的类型")),
    (errors.AmbiguousColumn,
     ("a column stands in several of its tables: write of which", "有列名不止一处，请写明所属的表")),
    (errors.GroupingError,
     ("a column must stand in GROUP BY or in an aggregate; no aggregate in WHERE or in another",
      "列须列入 GROUP BY 或用于汇总函数；汇总函数不能写在 WHERE 或另一汇总函数中")),
    (errors.InvalidColumnReference,
     ("ORDER BY or GROUP BY names what SELECT does not give", "ORDER BY 或 GROUP BY 所指的列不在 SELECT 中")),
    (errors.DatatypeMismatch, TYPES),
    (errors.CannotCoerce, TYPES),
    (errors.CardinalityViolation,
     ("a subquery that stands for one value gives several rows", "用作单个值的子查询返回了多行")),
    (errors.SyntaxError, NO_SUCH_FORM),
    (errors.FeatureNotSupported, NO_SUCH_FORM),
    (errors.DivisionByZero, ("it divides by zero: write nullif(divisor, 0)", "除数为零：请写作 nullif(除数, 0)")),
    (errors.NumericValueOutOfRange, ("a number is too large for its type", "数值超出其类型的范围")),
    (errors.InvalidTextRepresentation, NOT_CAST),
    (errors.InvalidDatetimeFormat, NOT_CAST),
    (errors.DatetimeFieldOverflow, NOT_CAST),
    (errors.InvalidRegularExpression, ("a regular expression cannot be read", "正则表达式无法解析")),
    (psycopg.DataError, ("a function is given a value that it does not take", "函数收到其不接受的取值")),
)  # fmt: skip
"""What PostgreSQL says of a statement, by the class of its error; its own words may quote a value."""
OTHERWISE = "look at its columns, functions and types", "请检查列名、函数与类型"


def question_failed(error: psycopg.Error) -> FailureError | None:
    """What a question fails at, if it is the statement's own doing; nothing if it is the server's."""
    state = error.sqlstate or ""
    if state in TOO_LONG:
        return StoppedError(
            "the statement takes more time or disk than this database allows: ask for less "
            "(docs/runbook.md says how the limits are raised)",
            "语句所需时间或磁盘超出本数据库的限制：请缩小查询范围（上限的调整见 docs/runbook.md）",
        )
    if state in OUT_OF_ROOM or state.startswith("54"):
        return StoppedError(*TOO_MUCH)
    if not state.startswith(OF_THE_STATEMENT):
        return None
    name = type(error).__name__
    en, zh = next((said for kind, said in BY_CLASS if isinstance(error, kind)), OTHERWISE)
    return FailureError(f"the statement fails ({name}): {en}", f"语句执行失败（{name}）：{zh}")


def no_connection(where: str, message: str) -> PlatformError:
    if (
        "authentication failed" in message
        or "no password" in message
        or "does not exist" in message
    ):
        return ConfigError(
            f"{where}: the server refuses this login, or has no such database; look at the URL",
            f"{where}：服务器拒绝登录，或数据库不存在；请核对 URL",
        )
    return OutageError(
        f"{where}: the server does not answer; see that it runs and can be reached, then run again",
        f"{where}：服务器无响应；请确认其正在运行且可访问后重试",
    )


def failed(where: str, error: psycopg.Error) -> PlatformError:
    """What an error of the server comes down to, and what to do."""
    name = type(error).__name__
    if isinstance(error, errors.InsufficientPrivilege):
        return ConfigError(
            f"{where}: this login may not do that; to publish it must create roles and schemas "
            f"(CREATEROLE, CREATE on the database) and belong to {OWNER}",
            f"{where}：当前账户权限不足；发布需要 CREATEROLE、数据库的 CREATE 权限，并属于 {OWNER}",
        )
    if isinstance(error, errors.LockNotAvailable):
        return OutageError(
            f"{where}: somebody read the old tables for too long; nothing was replaced, run again",
            f"{where}：旧表长时间被读取；内容未被替换，请重试",
        )
    if isinstance(error, (errors.DiskFull, errors.OutOfMemory)):
        return OutageError(
            f"{where}: the server has no room left ({name}); nothing was replaced, free some and run again",
            f"{where}：服务器空间不足（{name}）；内容未被替换，请清理后重试",
        )
    if isinstance(error, (psycopg.IntegrityError, psycopg.DataError)):
        table = error.diag.table_name or "a table"
        return DataError(
            f"{where}: {table} does not fit its declaration ({name}); nothing was replaced, run resolve again",
            f"{where}：{table} 与声明不符（{name}）；内容未被替换，请重新运行 resolve",
        )
    if isinstance(error, psycopg.OperationalError):
        return OutageError(
            f"{where}: the server broke off ({name}); nothing was replaced, run again",
            f"{where}：服务器中断（{name}）；内容未被替换，请重试",
        )
    return InternalError.at(error)
