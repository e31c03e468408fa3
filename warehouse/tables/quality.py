"""Quality: what became of each batch, what was found, which rows fail which check, and the indicators.

Nothing here is a customer's value: names, counts, keys of rows.
"""

from sqlalchemy import BigInteger, Date, DateTime, Float, Numeric, Text

from masking.kinds import Kind
from warehouse.model import column, table

NOT_SHOWN = "(not shown)"
"""Stands for every name of a unit or column that may be somebody's, and is not told."""

batch = table(
    "quality", "batch", "批次", "What became of one channel's day. Rows read = accepted + quarantined + refused.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", primary_key=True),
    column("outcome", Text, Kind.PLAIN, "结果", "done, stopped, outage, running, late (looked for in vain) or missing."),
    column("step", Text, Kind.PLAIN, "步骤", "The last step that ran."),
    column("rows_read", BigInteger, Kind.PLAIN, "读取行数", "Rows in the source."),
    column("rows_accepted", BigInteger, Kind.PLAIN, "接收行数", "Rows that went on."),
    column("rows_quarantined", BigInteger, Kind.PLAIN, "隔离行数", "Rows set aside by a check."),
    column("rows_refused", BigInteger, Kind.PLAIN, "拒读行数", "Rows the reader could not read."),
    column("rows_before", BigInteger, Kind.PLAIN, "更正前读取行数", "Rows in the delivery that this one replaced; empty if it replaced none."),
    column("replaced_at", DateTime, Kind.PLAIN, "更正时间", "When it was replaced, UTC."),
    column("message_en", Text, Kind.PLAIN, "英文说明", "Why it stopped and what to do."),
    column("message_zh", Text, Kind.PLAIN, "中文说明", "The same in Chinese."),
)  # fmt: skip

step_run = table(
    "quality", "step_run", "步骤运行", "One step of one batch: when, and how long, what now stands was made. Run again with the same result, it stays.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for the flow over all.", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", primary_key=True),
    column("step", Text, Kind.PLAIN, "步骤", "The step.", primary_key=True),
    column("outcome", Text, Kind.PLAIN, "结果", "done, stopped or outage."),
    column("started_at", DateTime, Kind.PLAIN, "开始时间", "When it began, UTC."),
    column("seconds", Float, Kind.PLAIN, "耗时", "How long it took, seconds."),
)  # fmt: skip

finding = table(
    "quality", "finding", "发现", "Something noticed in a batch, as a count.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", primary_key=True),
    column("step", Text, Kind.PLAIN, "步骤", "The step that noticed.", primary_key=True),
    column("what", Text, Kind.PLAIN, "发现", "What was noticed.", primary_key=True),
    column("table_name", Text, Kind.PLAIN, "表", "In which table; empty if in the batch.", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "In which column; empty if in the row.", primary_key=True),
    column("rows", BigInteger, Kind.PLAIN, "行数", "In how many rows."),
)  # fmt: skip

violation = table(
    "quality", "violation", "违规", "One row, as it now stands, that fails one check. Its key joins with the records'.",
    column("channel", Text, Kind.PLAIN, "渠道", "The row's channel: who must correct it.", primary_key=True),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel.", primary_key=True),
    column("check_name", Text, Kind.PLAIN, "检查", "The check it fails.", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row."),
    column("day", Date, Kind.EVENT_DATE, "批次日", "The day of the row's batch."),
    column("branch", Text, Kind.PLAIN, "网点", "The unit responsible."),
    column("owner", Text, Kind.PLAIN, "责任人", "The channel's owner."),
    column("source_token", Text, Kind.KEY, "来源键令牌", "The row's key as analysts see it."),
    is_clear=True,
)  # fmt: skip

check_result = table(
    "quality", "check_result", "检查结果",
    "How many rows of a channel one check speaks of, and how many fail it: the state as of one day. A row stands in "
    "every day's figures until it changes, so days are compared and never summed.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for the one view.", primary_key=True),
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", primary_key=True),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", primary_key=True),
    column("check_name", Text, Kind.PLAIN, "检查", "The check.", primary_key=True),
    column("branch", Text, Kind.PLAIN, "网点", "The unit responsible; empty if none is named.", primary_key=True),
    column("dimension", Text, Kind.PLAIN, "维度", "Dimension of GB/T 36344-2018, or uniqueness."),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row."),
    column("level", Text, Kind.PLAIN, "级别", "stop or warn."),
    column("checked", BigInteger, Kind.PLAIN, "检查行数", "Rows the check speaks of."),
    column("failed", BigInteger, Kind.PLAIN, "未通过行数", "Rows that fail."),
)  # fmt: skip

indicator = table(
    "quality", "indicator", "指标", "One indicator of one channel as of one day. Not measured is empty, never good.",
    column("indicator", Text, Kind.PLAIN, "指标", "Name in the pack's quality.yaml.", primary_key=True),
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for all together.", primary_key=True),
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", primary_key=True),
    column("numerator", BigInteger, Kind.PLAIN, "分子", "What is good."),
    column("denominator", BigInteger, Kind.PLAIN, "分母", "Of how many; 0 if not measured."),
    column("ratio", Numeric(9, 6), Kind.PLAIN, "比率", "Numerator over denominator, 0 to 1; empty if not measured."),
    column("ratio_before", Numeric(9, 6), Kind.PLAIN, "重算前比率", "What it was when this day was measured before; empty if it never changed."),
    column("changed_at", DateTime, Kind.PLAIN, "重算时间", "When it changed, UTC."),
    column("target", Numeric(9, 6), Kind.PLAIN, "目标", "What the organisation wants, 0 to 1."),
    column("weight", Numeric(9, 6), Kind.PLAIN, "权重", "Weight in the score."),
    column("title_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name."),
    column("title_en", Text, Kind.PLAIN, "英文名", "Its English name."),
    column("dimension", Text, Kind.PLAIN, "维度", "Dimension of GB/T 36344-2018, uniqueness, security or service."),
)  # fmt: skip

measurement = table(
    "quality", "measurement", "度量", "By which rules and program the figures of one day were measured.",
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", primary_key=True),
    column("organisation", Text, Kind.PLAIN, "机构", "Whose data they are."),
    column("rules", Text, Kind.PLAIN, "规则摘要", "SHA-256 of every check and indicator, as the pack has them."),
    column("code", Text, Kind.PLAIN, "程序版本", "Version of the program."),
    column("commendation", Text, Kind.PLAIN, "表彰规则", "By which rule channels are commended, as JSON."),
    column("is_measured", BigInteger, Kind.PLAIN, "已度量", "1 if the day's rows were there to be measured, else 0."),
)  # fmt: skip

grain = table(
    "quality", "grain", "粒度", "In what steps the statistics tier is told one figure of one channel.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for all together.", primary_key=True),
    column("figure", Text, Kind.PLAIN, "数字", "rows, or record:NAME, or indicator:NAME.", primary_key=True),
    column("grain", BigInteger, Kind.PLAIN, "步长",
           "The smallest group of customers, times the most that one customer adds; 0 if it tells of no customer."),
)  # fmt: skip
