"""What went wrong with a file of the warehouse, as a sentence that says what to do. DuckDB's own may quote a value."""

import re
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

WRONG_NAMES = (
    (r'Referenced column "(.+?)" (?:was )?not found', r'没有列 "\1"'),
    (r'does not have a column named "(.+?)"', r'没有列 "\1"'),
    (r'Referenced table "(.+?)" not found', r'没有表 "\1"'),
    (r"Table with name (\S+) does not exist", r"没有表 \1"),
    (r"Function with name (\S+) does not exist", r"没有函数 \1"),
    (r'column "(.+?)" must appear in', r'列 "\1" 须列入 GROUP BY，或用于汇总函数'),
    (r'Ambiguous reference to column name "(.+?)"', r'列名 "\1" 不止一处，请写明所属的表'),
    (r"given name and argument types '(.+?)\(", r"函数 \1 不接受这些类型的参数，请用 CAST 转换"),
    (r"for the function call \"(.+?)\(", r"函数 \1 的参数类型不明确，请用 CAST 转换"),
    (r"Cannot concatenate types (.+?) and (.+?) -", r"类型 \1 与 \2 不能连接，请用 CAST 转换"),
    (r'Cannot extract field .+ from expression "(.+?)"', r'列 "\1" 不含字段'),
    (r"Cannot (?:compare|mix) values of type (.+?) and (?:values )?of type (.+?)(?: |$)", r"类型 \1 与 \2 不能比较"),
    (r"(\w+) clause cannot contain (?:aggregates|window)", r"\1 子句中不能使用汇总或窗口函数"),
    (r"syntax error at or near \"(.+?)\"", r'"\1" 附近语法不正确'),
)  # fmt: skip
"""What DuckDB says of names in a statement, and the same in Chinese; the rest is told by its class."""
TOLD_APART = re.compile(r"\n\nLINE |\s+Candidate functions:")
"""Where DuckDB goes on to quote the statement, or lists the types, dozens of them, that a function would take."""
CLASSES = (
    (duckdb.CatalogException, "所写的名称不存在"),
    (duckdb.ParserException, "语法不正确"),
    (duckdb.BinderException, "列、函数或类型无法对应"),
)


def wrong_name(error: duckdb.Error) -> tuple[str, str]:
    """What a statement's names fail at, in both languages: DuckDB speaks of names and types there, of no value."""
    said = " ".join(TOLD_APART.split(str(error))[0].split())
    for english, chinese in WRONG_NAMES:
        if found := re.search(english, said):
            why = found.expand(chinese) + _alike(said)
            break
    else:
        is_a = next((zh for kind, zh in CLASSES if isinstance(error, kind)), "语句不正确")
        why = f"{is_a}（DuckDB 原文：{said}）"
    return f"the statement fails: {said}", f"语句有误：{why}"


def _alike(said: str) -> str:
    """The names that DuckDB would have known, in Chinese."""
    _, is_told, names = said.partition("Candidate bindings: ")
    found = re.findall(r'"[^"]+"', names) if is_told else []
    return f"；相近的有 {'、'.join(found)}" if found else ""


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


SOMEBODY = "a program", "其他程序"


def holder(message: str) -> tuple[str, str]:
    """Who holds a file, as far as DuckDB's message tells, in both languages."""
    found = re.search(r"\(PID (\d+)\)", message)
    return (f"process {found[1]}", f"进程 {found[1]}") if found else SOMEBODY


def unusable(path: Path, why: str, by: tuple[str, str] = SOMEBODY) -> PlatformError:
    """What became of a file, who holds it, and what to do."""
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
        BUSY: (f"{by[0]} holds it open for writing; have it close the file, or open it read-only, and run again",
               f"被{by[1]} 以写方式占用；请关闭该程序或改为只读打开后重试"),
        FULL: ("there is no room left, nothing was replaced; free some disk and run again",
               "磁盘空间不足，原有内容未被替换；请清理磁盘后重试"),
    }.get(why, ("it could not be read or written, nothing was replaced; look at the disk and run again",
                "读写失败，原有内容未被替换；请检查磁盘后重试"))  # fmt: skip
    return OutageError(f"{path}: {en}", f"{path}：{zh}")


def not_there(path: Path) -> ConfigError:
    """Nothing was ever published there, or it was published elsewhere."""
    return ConfigError(
        f"{path}: there is no warehouse; name another with --warehouse, or run the flow first (mingce run)",
        f"{path}：此处没有数据仓库；请以 --warehouse 指定其他位置，或先运行流程（mingce run）",
    )


def publishing(folder: Path) -> OutageError:
    """Two publications at once are never mixed."""
    return OutageError(
        f"{folder}: another publication into this warehouse is running: wait for it, then run again",
        f"{folder}：另一个发布任务正在写入该数据仓库：请等其结束后重试",
    )
