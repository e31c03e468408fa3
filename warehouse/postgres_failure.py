"""What PostgreSQL's errors come down to, and what to do. Its own words may quote a row, or the login."""

import psycopg

from pipelines.core.errors import ConfigError, DataError, InternalError, OutageError, PlatformError
from warehouse.roles import OWNER


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
    errors, name = psycopg.errors, type(error).__name__
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
