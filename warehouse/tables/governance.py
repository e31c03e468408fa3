"""Governance: what is held, why, for whom; who looked at it. Never the data themselves."""

from sqlalchemy import BigInteger, Date, DateTime, Text

from masking.kinds import Kind
from warehouse.model import column, table

channel = table(
    "governance", "channel", "渠道收集计划", "One channel's collection plan.", "一个渠道的信息收集计划。",
    column("channel", Text, Kind.PLAIN, "渠道", "The channel.", "所指渠道。", primary_key=True),
    column("title", Text, Kind.PLAIN, "名称", "The channel's name for people.", "渠道的显示名称。"),
    column("owner", Text, Kind.PLAIN, "责任部门", "Who is responsible.", "负责的部门。"),
    column("records", Text, Kind.PLAIN, "记录类型", "What its rows are, comma-separated.", "该渠道提供的记录类型，以逗号分隔。"),
    column("purpose", Text, Kind.PLAIN, "目的", "For what it may be collected, comma-separated.", "允许收集的目的，以逗号分隔。"),
    column("purpose_labels", Text, Kind.PLAIN, "目的名称", "What each purpose is called in Chinese and English, as JSON.", "各目的的中英文名称，JSON 格式。"),
    column("manner", Text, Kind.PLAIN, "方式", "How it is collected.", "收集信息的方式。"),
    column("rules", Text, Kind.PLAIN, "规则", "Under which rules: what customers were told, or a law.", "收集所依据的规则：向客户告知的内容或法律法规。"),
    column("retention", Text, Kind.PLAIN, "保存期限", "How long it is kept.", "信息保存的期限。"),
    column("agreement", Text, Kind.PLAIN, "协议", "A third party's agreement; empty for our own channels.", "与第三方签订的协议；自有渠道为空。"),
    column("agreement_expires_on", Date, Kind.PLAIN, "协议到期日", "Its last day.", "协议有效期的最后一日。"),
)  # fmt: skip

asset_register = table(
    "governance", "asset_register", "资产清单", "One column that is held.", "所持有的一列信息。",
    column("table_name", Text, Kind.PLAIN, "表", "The table, with its schema.", "表名，含模式名。", primary_key=True),
    column("column_name", Text, Kind.PLAIN, "列", "The column.", "列名。", primary_key=True),
    column("label_zh", Text, Kind.PLAIN, "中文名", "Its Chinese name.", "中文名称。"),
    column("meaning", Text, Kind.PLAIN, "含义（英文）", "What it holds, in English.", "所存内容，英文。"),
    column("meaning_zh", Text, Kind.PLAIN, "含义", "What it holds, in Chinese.", "所存内容，中文。"),
    column("kind", Text, Kind.PLAIN, "类型", "What it reveals.", "所反映的信息类型。"),
    column("labels", Text, Kind.PLAIN, "分类分级", "Labels by rule pack, as JSON.", "各规则包给出的分类分级，JSON 格式。"),
    column("lifted", Text, Kind.PLAIN, "并存提级", "What it would be called alone, and which kinds beside it lift it, as JSON.", "单独存在时的级别，以及因哪些类型并存而提级，JSON 格式。"),
    column("channels", Text, Kind.PLAIN, "来源渠道", "Channels that fill it, comma-separated.", "提供该列数据的渠道，以逗号分隔。"),
    column("owners", Text, Kind.PLAIN, "责任部门", "Who answers for those channels.", "上述渠道的责任部门。"),
    column("purposes", Text, Kind.PLAIN, "目的", "For what those channels may collect it.", "上述渠道获准收集该信息的目的。"),
    column("retentions", Text, Kind.PLAIN, "保存期限", "How long those channels say it is kept; the longest holds.", "上述渠道声明的保存期限；以最长者为准。"),
    column("shown_to", Text, Kind.PLAIN, "明文可见层级", "Of a sensitive column, the tiers beside the steward's that see it clear, unless tiers.yaml says why, comma-separated.", "敏感列除数据管理员外可见明文的层级，以逗号分隔；tiers.yaml 已说明理由的除外。"),
)  # fmt: skip

access_log = table(
    "governance", "access_log", "访问日志", "One query. Literals are left out of the statement.", "一次查询。语句中的字面值已略去。",
    column("access_id", BigInteger, Kind.PLAIN, "序号", "Running number.", "流水号。", primary_key=True),
    column("accessed_at", DateTime, Kind.PLAIN, "时间", "When, UTC.", "访问的时间，UTC。"),
    column("accessed_by", Text, Kind.PLAIN, "用户", "The login name.", "登录用户名。"),
    column("tier", Text, Kind.PLAIN, "层级", "As which tier.", "访问时使用的层级。"),
    column("statement", Text, Kind.PLAIN, "语句", "The statement, its literals replaced.", "查询语句，其中的字面值已替换。"),
    column("rows", BigInteger, Kind.PLAIN, "行数", "Rows returned.", "返回的行数。"),
    column("outcome", Text, Kind.PLAIN, "结果", "answered, refused, failed or stopped.", "已答复（answered）、已拒绝（refused）、失败（failed）或已中止（stopped）。"),
    column("purpose", Text, Kind.PLAIN, "目的", "For what it was asked, as the person said; empty if not said.", "查询人说明的用途；未说明则为空。"),
    column("customer", Text, Kind.KEY, "客户", "Whose file was shown, as the analyst's token; empty for a query.", "被调阅档案的客户，以分析层级的令牌表示；查询则为空。"),
    is_clear=True,
)  # fmt: skip
