"""Governance: what is held, why, for whom; who looked at it. Never the data themselves."""

from sqlalchemy import BigInteger, Date, DateTime, Text

from masking.kinds import Kind
from warehouse.model import column, table

channel = table(
    "governance", "channel", "渠道收集计划", "One channel's collection plan.",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", primary_key=True),
    column("title", Text, Kind.PLAIN, "名称", "The channel's name for people."),
    column("owner", Text, Kind.PLAIN, "责任部门", "Who is responsible."),
    column("records", Text, Kind.PLAIN, "记录类型", "What its rows are, comma-separated."),
    column("purpose", Text, Kind.PLAIN, "目的", "For what it may be collected, comma-separated."),
    column("purpose_labels", Text, Kind.PLAIN, "目的名称", "What each purpose is called in Chinese and English, as JSON."),
    column("manner", Text, Kind.PLAIN, "方式", "How it is collected."),
    column("rules", Text, Kind.PLAIN, "规则", "Under which rules: what customers were told, or a law."),
    column("retention", Text, Kind.PLAIN, "保存期限", "How long it is kept."),
    column("agreement", Text, Kind.PLAIN, "协议", "A third party's agreement; empty for our own channels."),
    column("agreement_expires_on", Date, Kind.PLAIN, "协议到期日", "Its last day."),
)  # fmt: skip

asset_register = table(
    "governance", "asset_register", "资产清单", "One column that is held.",
    column("table_name", Text, Kind.PLAIN, "表", "The table, with its schema.", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "The column.", primary_key=True),
    column("label_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name."),
    column("meaning", Text, Kind.PLAIN, "含义", "What it holds."),
    column("kind", Text, Kind.PLAIN, "类型", "What it reveals."),
    column("labels", Text, Kind.PLAIN, "分类分级", "Labels by rule pack, as JSON."),
    column("lifted", Text, Kind.PLAIN, "并存提级", "What it would be called alone, and which kinds beside it lift it, as JSON."),
    column("channels", Text, Kind.PLAIN, "来源渠道", "Channels that fill it, comma-separated."),
    column("owners", Text, Kind.PLAIN, "责任部门", "Who answers for those channels."),
    column("purposes", Text, Kind.PLAIN, "目的", "For what those channels may collect it."),
    column("retentions", Text, Kind.PLAIN, "保存期限", "How long those channels say it is kept; the longest holds."),
    column("shown_to", Text, Kind.PLAIN, "明文可见层级", "Of a sensitive column, the tiers beside the steward's that see it clear, unless tiers.yaml says why, comma-separated."),
)  # fmt: skip

access_log = table(
    "governance", "access_log", "访问日志", "One query. Literals are left out of the statement.",
    column("access_id", BigInteger, Kind.PLAIN, "序号", "Running number.", primary_key=True),
    column("accessed_at", DateTime, Kind.PLAIN, "时间", "When, UTC."),
    column("accessed_by", Text, Kind.PLAIN, "用户", "The login name."),
    column("tier", Text, Kind.PLAIN, "层级", "As which tier."),
    column("statement", Text, Kind.PLAIN, "语句", "The statement, its literals replaced."),
    column("rows", BigInteger, Kind.PLAIN, "行数", "Rows returned."),
    column("outcome", Text, Kind.PLAIN, "结果", "answered, refused, failed or stopped."),
    column("purpose", Text, Kind.PLAIN, "目的", "For what it was asked, as the person said; empty if not said."),
    column("customer", Text, Kind.KEY, "客户", "Whose file was shown, as the analyst's token; empty for a query."),
    is_clear=True,
)  # fmt: skip
