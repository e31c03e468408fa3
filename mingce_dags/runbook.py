"""What a DAG's page says: what it does, which day it takes, and what to do about each error it can raise."""

from pipelines.channels.channel import Channel
from pipelines.core.errors import say

ERRORS = (
    ("lands", "late", "迟到",
     "ask the owner for the file; it is taken when it comes", "向责任部门催交；到达后自动处理"),
    ("ingest", "there is no such file", "文件不存在",
     "ask the owner for it, then clear `ingest`", "向责任部门索取，再清除 `ingest`"),
    ("ingest", "delivered twice", "重复交付",
     "ask the owner for that day's file, then clear `ingest`", "向责任部门索取当日文件，再清除 `ingest`"),
    ("ingest", "agreement … expired", "协议到期",
     "renew it in the channel's YAML, then clear `ingest`", "续签协议并更新渠道 YAML，再清除 `ingest`"),
    ("ingest", "still being written", "文件仍在写入", "nothing: it is retried", "无需处理，自动重试"),
    ("standardise", "missing […], unknown […]", "缺少列、未知列",
     "ask the owner for the right file, or declare the column; then clear `ingest`",
     "向责任部门索取正确文件，或声明该列；再清除 `ingest`"),
    ("detect", "columns hold identifiers", "列中出现未声明的标识符",
     "have the source mended, or say in the channel's YAML what the column is; then clear `detect`",
     "更正来源，或在渠道 YAML 中声明该列；再清除 `detect`"),
    ("validate", "fails in … rows", "检查未通过",
     "the quarantine has the rows with their reasons; when a corrected file has landed, clear `ingest`",
     "隔离区有各行及原因；更正文件到达后清除 `ingest`"),
    ("", "is gone, locked, away", "暂时不可用", "nothing: it is retried three times; then clear the task",
     "自动重试三次；仍失败则清除该任务"),
    ("", "file, line …", "文件 … 第 … 行", "mend that file of the pack, then clear the task",
     "更正配置包中的该文件，再清除该任务"),
    ("", "a fault in Mingce", "程序内部错误", "report the line: it holds no data", "上报该行，其中不含数据"),
)  # fmt: skip
"""Step, what one reads, what one does; in both languages."""


def of_channel(channel: Channel, zone: str) -> str:
    """The page of a channel's DAG."""
    lands = channel.lands
    owner = channel.owner if channel.is_owned else say("not named yet", "尚未指定")
    said = say(
        f"Owner: **{owner}**. From landing to checked. Runs at `{channel.schedule}` ({zone}) and takes the file of "
        f"{_before(lands.day_offset)}: `{channel.lands_at}`, waiting up to {lands.within_hours:g} hours before it is late. "
        "A manual run takes the day its form names. Nothing of a failed day is published; the other channels go on. "
        "For a corrected file, clear `ingest` of its day: that day and all later ones of `customers` follow by themselves.",
        f"责任部门：**{owner}**。从到达到检查通过。按 `{channel.schedule}`（{zone}）运行，处理"
        f"{_before(lands.day_offset)}的文件 `{channel.lands_at}`，最多等待 {lands.within_hours:g} 小时，之后记为迟到。"
        "手动运行时处理表单中的日期。失败的日期不会发布，其他渠道不受影响。"
        "更正文件到达后清除该日的 `ingest`，客户归并会自动重做该日及之后各日。",
    )
    return f"{said}\n\n{_table()}"


def of_customers() -> str:
    """The page of the DAG of all customers."""
    said = say(
        "All customers of one day, whenever a channel's day has been checked; also again when something of that day or an "
        "earlier one came late or was corrected, each later day in order. `publish` shows only the newest day. `measure` "
        "runs whatever happened, so that the warehouse says what stopped and what is missing. `published` is green only "
        "if everything was. If a step fails, mend what its last line names and clear it: every step replaces its own result.",
        "任一渠道的某日检查通过后，归并该日全部客户；若该日或更早的数据迟到或更正，则依次重做之后各日。"
        "`publish` 只发布最新一日。`measure` 无论如何都会运行，写明停止的原因与缺失的渠道。全部成功时 `published` 为绿色。"
        "步骤失败时，按其日志最后一行更正并清除该任务：每一步都会替换自己的结果。",
    )
    return f"{said}\n\n{_table(channel=False)}"


def _before(days: int) -> str:
    if not days:
        return say("the same day", "当日")
    return say(f"{days} day(s) before", f"{days} 天前")


def _table(channel: bool = True) -> str:
    """What one may read, and what to do."""
    head = say("| step | you read | do |", "| 步骤 | 日志写道 | 处理 |")
    rows = [
        f"| {step} | {say(read_en, read_zh)} | {say(en, zh)} |"
        for step, read_en, read_zh, en, zh in ERRORS
        if channel or not step
    ]
    return "\n".join([head, "|---|---|---|", *rows])
