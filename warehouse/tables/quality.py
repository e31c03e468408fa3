"""Quality: what became of each batch, what was found, which rows fail which check, and the indicators.

Nothing here is a customer's value: names, counts, keys of rows.
"""

from sqlalchemy import BigInteger, Date, DateTime, Float, Numeric, Text

from masking.kinds import Kind
from warehouse.model import column, table

NOT_SHOWN = "(not shown)"
"""Stands for every name of a unit or column that may be somebody's, and is not told."""

batch = table(
    "quality", "batch", "批次", "What became of one channel's day. Rows read = accepted + quarantined + refused.", "一个渠道一日数据的处理结果。读取行数 = 接收行数 + 隔离行数 + 拒读行数。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", "所指渠道。", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", "批次所属的日期。", primary_key=True),
    column("outcome", Text, Kind.PLAIN, "结果", "done, stopped, outage, running, late (looked for in vain) or missing.", "完成（done）、停止（stopped）、故障（outage）、运行中（running）、迟到（late，多次查找未到）或缺失（missing）。"),
    column("step", Text, Kind.PLAIN, "步骤", "The last step that ran.", "最后执行的步骤。"),
    column("rows_read", BigInteger, Kind.PLAIN, "读取行数", "Rows in the source.", "来源中的行数。"),
    column("rows_accepted", BigInteger, Kind.PLAIN, "接收行数", "Rows that went on.", "进入后续步骤的行数。"),
    column("rows_quarantined", BigInteger, Kind.PLAIN, "隔离行数", "Rows set aside by a check.", "因未通过检查而隔离的行数。"),
    column("rows_refused", BigInteger, Kind.PLAIN, "拒读行数", "Rows the reader could not read.", "读取时无法识别的行数。"),
    column("rows_before", BigInteger, Kind.PLAIN, "更正前读取行数", "Rows in the delivery that this one replaced; empty if it replaced none.", "被本次更正取代的那次数据的行数；没有取代则为空。"),
    column("replaced_at", DateTime, Kind.PLAIN, "更正时间", "When it was replaced, UTC.", "更正发生的时间，UTC。"),
    column("message_en", Text, Kind.PLAIN, "英文说明", "Why it stopped and what to do.", "停止的原因与处理办法，英文。"),
    column("message_zh", Text, Kind.PLAIN, "中文说明", "The same in Chinese.", "停止的原因与处理办法，中文。"),
)  # fmt: skip

step_run = table(
    "quality", "step_run", "步骤运行", "One step of one batch: when, and how long, what now stands was made. Run again with the same result, it stays.", "一个批次的一个步骤：现有结果于何时生成、耗时多久。重新运行而结果相同时不变。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for the flow over all.", "所指渠道；跨渠道流程为 `customers`。", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", "批次所属的日期。", primary_key=True),
    column("step", Text, Kind.PLAIN, "步骤", "The step.", "所指步骤。", primary_key=True),
    column("outcome", Text, Kind.PLAIN, "结果", "done, stopped or outage.", "完成（done）、停止（stopped）或故障（outage）。"),
    column("started_at", DateTime, Kind.PLAIN, "开始时间", "When it began, UTC.", "开始的时间，UTC。"),
    column("seconds", Float, Kind.PLAIN, "耗时", "How long it took, seconds.", "所用时间，单位为秒。"),
)  # fmt: skip

finding = table(
    "quality", "finding", "发现", "Something noticed in a batch, as a count.", "在一个批次中发现的情况，以计数表示。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", "所指渠道。", primary_key=True),
    column("day", Date, Kind.PLAIN, "批次日", "The day.", "批次所属的日期。", primary_key=True),
    column("step", Text, Kind.PLAIN, "步骤", "The step that noticed.", "发现该情况的步骤。", primary_key=True),
    column("what", Text, Kind.PLAIN, "发现", "What was noticed.", "发现的情况。", primary_key=True),
    column("table_name", Text, Kind.PLAIN, "表", "In which table; empty if in the batch.", "所在的表；针对整个批次则为空。", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "In which column; empty if in the row.", "所在的列；针对整行则为空。", primary_key=True),
    column("rows", BigInteger, Kind.PLAIN, "行数", "In how many rows.", "涉及的行数。"),
)  # fmt: skip

violation = table(
    "quality", "violation", "违规", "One row, as it now stands, that fails one check. Its key joins with the records'.", "现有数据中未通过一项检查的一行。其主键可与各业务记录表关联。",
    column("channel", Text, Kind.PLAIN, "渠道", "The row's channel: who must correct it.", "该行所属渠道，由其负责更正。", primary_key=True),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", "所指记录类型。", primary_key=True),
    column("source_id", Text, Kind.KEY, "来源键", "The row's key in its channel.", "该行在其渠道中的主键。", primary_key=True),
    column("check_name", Text, Kind.PLAIN, "检查", "The check it fails.", "未通过的检查。", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row.", "检查所针对的列；针对整行则为空。"),
    column("day", Date, Kind.EVENT_DATE, "批次日", "The day of the row's batch.", "该行所属批次的日期。"),
    column("branch", Text, Kind.PLAIN, "网点", "The unit responsible.", "负责的网点或部门。"),
    column("owner", Text, Kind.PLAIN, "责任人", "The channel's owner.", "渠道的责任人。"),
    column("source_token", Text, Kind.KEY, "来源键令牌", "The row's key as analysts see it.", "分析层级所见的该行主键。"),
    is_clear=True,
)  # fmt: skip

check_result = table(
    "quality", "check_result", "检查结果",
    "How many rows of a channel one check speaks of, and how many fail it: the state as of one day. A row stands in "
    "every day's figures until it changes, so days are compared and never summed.", "一项检查涉及一个渠道的多少行、其中多少行未通过：为截至某日的状态。同一行在更改之前每日都计入，因此各日之间只可比较，不可相加。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for the one view.", "所指渠道；客户统一视图为 `customers`。", primary_key=True),
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", "数字所截至的日期。", primary_key=True),
    column("record", Text, Kind.PLAIN, "记录类型", "The record.", "所指记录类型。", primary_key=True),
    column("check_name", Text, Kind.PLAIN, "检查", "The check.", "所指检查。", primary_key=True),
    column("branch", Text, Kind.PLAIN, "网点", "The unit responsible; empty if none is named.", "负责的网点或部门；未注明则为空。", primary_key=True),
    column("dimension", Text, Kind.PLAIN, "维度", "Dimension of GB/T 36344-2018, or uniqueness.", "GB/T 36344-2018 的质量维度，或唯一性。"),
    column("column_name", Text, Kind.PLAIN, "列", "The column it is about; empty if about the row.", "检查所针对的列；针对整行则为空。"),
    column("level", Text, Kind.PLAIN, "级别", "stop or warn.", "停止（stop）或提醒（warn）。"),
    column("checked", BigInteger, Kind.PLAIN, "检查行数", "Rows the check speaks of.", "检查所涉及的行数。"),
    column("failed", BigInteger, Kind.PLAIN, "未通过行数", "Rows that fail.", "未通过检查的行数。"),
)  # fmt: skip

indicator = table(
    "quality", "indicator", "指标", "One indicator of one channel as of one day. Not measured is empty, never good.", "一个渠道的一项指标在某日的数值。未度量时为空，不视为达标。",
    column("indicator", Text, Kind.PLAIN, "指标", "Name in the pack's quality.yaml.", "配置包 quality.yaml 中的指标名。", primary_key=True),
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for all together.", "所指渠道；全部渠道合计为 `customers`。", primary_key=True),
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", "数字所截至的日期。", primary_key=True),
    column("numerator", BigInteger, Kind.PLAIN, "分子", "What is good.", "合格的数量。"),
    column("denominator", BigInteger, Kind.PLAIN, "分母", "Of how many; 0 if not measured.", "总数；未度量为 0。"),
    column("ratio", Numeric(9, 6), Kind.PLAIN, "比率", "Numerator over denominator, 0 to 1; empty if not measured.", "分子除以分母，0 至 1；未度量为空。"),
    column("ratio_before", Numeric(9, 6), Kind.PLAIN, "重算前比率", "What it was when this day was measured before; empty if it never changed.", "该日上次度量所得的比率；从未变化则为空。"),
    column("changed_at", DateTime, Kind.PLAIN, "重算时间", "When it changed, UTC.", "比率变化的时间，UTC。"),
    column("target", Numeric(9, 6), Kind.PLAIN, "目标", "What the organisation wants, 0 to 1.", "本单位设定的目标，0 至 1。"),
    column("weight", Numeric(9, 6), Kind.PLAIN, "权重", "Weight in the score.", "在评分中的权重。"),
    column("title_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name.", "中文名称。"),
    column("title_en", Text, Kind.PLAIN, "英文名", "Its English name.", "英文名称。"),
    column("dimension", Text, Kind.PLAIN, "维度", "Dimension of GB/T 36344-2018, uniqueness, security or service.", "GB/T 36344-2018 的质量维度，或唯一性、安全性、服务。"),
)  # fmt: skip

measurement = table(
    "quality", "measurement", "度量", "By which rules and program the figures of one day were measured.", "某日的数字是按哪些规则、由哪个版本的程序度量的。",
    column("day", Date, Kind.PLAIN, "截至日", "As of which day.", "数字所截至的日期。", primary_key=True),
    column("organisation", Text, Kind.PLAIN, "机构", "Whose data they are.", "数据所属的单位。"),
    column("rules", Text, Kind.PLAIN, "规则摘要", "SHA-256 of every check and indicator, as the pack has them.", "配置包中全部检查与指标的 SHA-256 摘要。"),
    column("code", Text, Kind.PLAIN, "程序版本", "Version of the program.", "程序的版本。"),
    column("commendation", Text, Kind.PLAIN, "表彰规则", "By which rule channels are commended, as JSON.", "表彰渠道所依据的规则，JSON 格式。"),
    column("is_measured", BigInteger, Kind.PLAIN, "已度量", "1 if the day's rows were there to be measured, else 0.", "该日数据齐备、已予度量为 1，否则为 0。"),
)  # fmt: skip

grain = table(
    "quality", "grain", "粒度", "In what steps the statistics tier is told one figure of one channel.", "统计层级看到某渠道某项数字时所用的步长。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel; `customers` for all together.", "所指渠道；全部渠道合计为 `customers`。", primary_key=True),
    column("figure", Text, Kind.PLAIN, "数字", "rows, or record:NAME, or indicator:NAME.", "rows（行数）、record:记录类型 或 indicator:指标名。", primary_key=True),
    column("grain", BigInteger, Kind.PLAIN, "步长",
           "The smallest group of customers, times the most that one customer adds; 0 if it tells of no customer.", "最小客户组规模乘以单个客户的最大贡献；不涉及客户则为 0。"),
)  # fmt: skip
