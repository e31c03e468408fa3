"""Individual: a person as one channel knows them. The nine elements of REQUIREMENTS C1 are required."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

individual = record(
    "individual", "个人客户记录", "One person as one channel knows them.", "一名个人客户在一个渠道的登记信息。",
    column("full_name", Text, Kind.PERSON_NAME, "姓名", "The name as the person gave it.", "客户本人填报的姓名。", clean="name"),
    column("former_name", Text, Kind.PERSON_NAME, "曾用名", "A name the person used before.", "客户曾经使用的姓名。", clean="name"),
    column("sex", Text, Kind.SEX, "性别", "男, 女 or 未说明.", "男、女或未说明。", clean="sex", codes=codes.SEX),
    column("nationality", Text, Kind.NATIONALITY, "国籍", "Country of citizenship, as written.", "国籍，按来源原文。", clean="text"),
    column("ethnicity", Text, Kind.ETHNICITY, "民族", "Ethnic group, as written.", "民族，按来源原文。", clean="text"),
    column("birth_date", Date, Kind.BIRTH_DATE, "出生日期", "Day of birth.", "出生的日期。", clean="date"),
    column("id_type", Text, Kind.CODE, "证件类型", "The kind of identity document.", "身份证件的种类。", clean="text", codes=codes.ID_TYPE),
    column("id_number", Text, Kind.RESIDENT_ID, "证件号码", "Its number: upper case, no separators.", "身份证件的号码：字母大写，不含分隔符。", clean="document"),
    column("id_expires_on", Date, Kind.EVENT_DATE, "证件有效期", "The last day it is valid; 9999-12-31 if for ever.", "证件有效期的最后一日；长期有效为 9999-12-31。", clean="expiry"),
    column("occupation", Text, Kind.OCCUPATION, "职业", "Occupation, as written.", "职业，按来源原文。", clean="text"),
    column("employer", Text, Kind.EMPLOYER, "工作单位", "Employer, as written.", "工作单位，按来源原文。", clean="text"),
    column("education", Text, Kind.EDUCATION, "学历", "Highest education, as written.", "最高学历，按来源原文。", clean="text"),
    column("marital_status", Text, Kind.MARITAL_STATUS, "婚姻状况", "Marital status, as written.", "婚姻状况，按来源原文。", clean="text"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", "内地号码为 11 位数字，其他以 + 和国家或地区代码开头。", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", "区号-号码，有分机的再加“-分机号”。", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", "电子邮箱地址，字母小写。", clean="email"),
    column("home_address", Text, Kind.ADDRESS, "家庭住址", "Where the person lives.", "客户居住的地址。", clean="address"),
    column("work_address", Text, Kind.ADDRESS, "单位地址", "Where the person works.", "客户工作单位的地址。", clean="address"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", "邮政编码。", clean="text"),
    column("wechat", Text, Kind.WECHAT, "微信", "WeChat id.", "微信号。", clean="text"),
    column("qq", Text, Kind.QQ, "QQ", "QQ number.", "QQ 号码。", clean="text"),
    column("annual_income", Numeric(18, 2), Kind.INCOME, "年收入", "Yearly income, in yuan.", "年收入，单位为元。", clean="amount"),
    column("bank_card", Text, Kind.BANK_CARD, "银行卡号", "Card number, digits only.", "卡号，仅含数字。", clean="card"),
    column("credit_grade", Text, Kind.CREDIT, "信用等级",
           "优秀, 良好, 一般 or 较差, as the channel says.", "优秀、良好、一般或较差，以渠道所报为准。", clean="text", codes=codes.CREDIT_GRADE),
    column("risk_grade", Text, Kind.CREDIT, "风险等级", "Risk grade, as the channel says.", "风险等级，以渠道所报为准。", clean="text"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", "负责该行数据的网点或部门。", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", "客户在渠道首次登记的日期。", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", "渠道最近一次更新该行的日期。", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the person.", "关于该客户的自由文本。", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("full_name",), ("sex",), ("nationality",), ("occupation",), ("home_address", "work_address"),
    ("mobile", "landline", "email"), ("id_type",), ("id_number",), ("id_expires_on",)),
)  # fmt: skip
