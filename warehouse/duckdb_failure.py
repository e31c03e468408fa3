"""What went wrong with a file of the warehouse, as a sentence that says what to do. DuckDB's own may quote a value."""

from pathlib import Path

import duckdb

from pipelines.core.errors import ConfigError, DataError, InternalError, OutageError, PlatformError

BUSY, FULL, CLOSED, ALIEN, OTHER = "busy", "full", "closed", "alien", "other"
CAUSES = {
    "lock on file": BUSY, "file handle conflict": BUSY,
    "no space left": FULL, "file too large": FULL, "quota": FULL, "out of disk": FULL,
    "permission denied": CLOSED, "read-only file system": CLOSED, "not a directory": CLOSED,
    "not a valid duckdb": ALIEN, "serialization error": ALIEN,
}  # fmt: skip
"""What DuckDB's, or the system's, message about a file comes down to."""


def cause(message: str) -> str:
    """The cause that a message names."""
    low = message.lower()
    return next((found for words, found in CAUSES.items() if words in low), OTHER)


def failed(path: Path, error: duckdb.Error) -> PlatformError:
    """What an error while writing comes down to. What was there stands."""
    found = FULL if isinstance(error, duckdb.OutOfMemoryException) else cause(str(error))
    if found != OTHER or isinstance(error, duckdb.IOException):
        return unusable(path, found)
    if isinstance(error, duckdb.DataError):
        name = type(error).__name__
        return DataError(
            f"{path}: a value does not fit its column ({name}); nothing was replaced, run resolve again",
            f"{path}：有取值与列声明不符（{name}）；内容未被替换，请重新运行 resolve",
        )
    return InternalError.at(error)


def unusable(path: Path, why: str) -> PlatformError:
    """What became of a file, and what to do."""
    if why == CLOSED:
        return ConfigError(
            f"{path}: this account may not use it; the vault is the stewards', a tier's file is its group's",
            f"{path}：当前账户无权使用；金库仅限数据管理员，各层级文件须授予其用户组读取权限",
        )
    if why == ALIEN:
        return ConfigError(
            f"{path}: this is not a DuckDB file of a version that can be read; give another --warehouse",
            f"{path}：不是可读版本的 DuckDB 文件；请另行指定 --warehouse",
        )
    en, zh = {
        BUSY: ("a program holds it open for writing; have it close the file, or open it read-only, and run again",
               "被其他程序以写方式占用；请关闭该程序或改为只读打开后重试"),
        FULL: ("there is no room left, nothing was replaced; free some disk and run again",
               "磁盘空间不足，原有内容未被替换；请清理磁盘后重试"),
    }.get(why, ("it could not be read or written, nothing was replaced; look at the disk and run again",
                "读写失败，原有内容未被替换；请检查磁盘后重试"))  # fmt: skip
    return OutageError(f"{path}: {en}", f"{path}：{zh}")


def publishing(folder: Path) -> OutageError:
    """Two publications at once are never mixed."""
    return OutageError(
        f"{folder}: another publication into this warehouse is running: wait for it, then run again",
        f"{folder}：另一个发布任务正在写入该数据仓库：请等其结束后重试",
    )
