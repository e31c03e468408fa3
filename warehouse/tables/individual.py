"""Individual: a person as one channel knows them. The nine elements of REQUIREMENTS C1 are required."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

individual = record(
    "individual", "个人客户记录", "One person as one channel knows them.",
    column("full_name", Text, Kind.PERSON_NAME, "姓名", "The name as the person gave it.", clean="name"),
    column("former_name", Text, Kind.PERSON_NAME, "曾用名", "A name the person used before.", clean="name"),
    column("sex", Text, Kind.SEX, "性别", "男, 女 or 未说明.", clean="sex", codes=codes.SEX),
    column("nationality", Text, Kind.NATIONALITY, "国籍", "Country of citizenship, as written.", clean="text"),
    column("ethnicity", Text, Kind.ETHNICITY, "民族", "Ethnic group, as written.", clean="text"),
    column("birth_date", Date, Kind.BIRTH_DATE, "出生日期", "Day of birth.", clean="date"),
    column("id_type", Text, Kind.CODE, "证件类型", "The kind of identity document.", clean="text", codes=codes.ID_TYPE),
    column("id_number", Text, Kind.RESIDENT_ID, "证件号码", "Its number: upper case, no separators.", clean="document"),
    column("id_expires_on", Date, Kind.EVENT_DATE, "证件有效期", "The last day it is valid; 9999-12-31 if for ever.", clean="expiry"),
    column("occupation", Text, Kind.OCCUPATION, "职业", "Occupation, as written.", clean="text"),
    column("employer", Text, Kind.EMPLOYER, "工作单位", "Employer, as written.", clean="text"),
    column("education", Text, Kind.EDUCATION, "学历", "Highest education, as written.", clean="text"),
    column("marital_status", Text, Kind.MARITAL_STATUS, "婚姻状况", "Marital status, as written.", clean="text"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", clean="email"),
    column("home_address", Text, Kind.ADDRESS, "家庭住址", "Where the person lives.", clean="address"),
    column("work_address", Text, Kind.ADDRESS, "单位地址", "Where the person works.", clean="address"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", clean="text"),
    column("wechat", Text, Kind.WECHAT, "微信", "WeChat id.", clean="text"),
    column("qq", Text, Kind.QQ, "QQ", "QQ number.", clean="text"),
    column("annual_income", Numeric(18, 2), Kind.INCOME, "年收入", "Yearly income, in yuan.", clean="amount"),
    column("bank_card", Text, Kind.BANK_CARD, "银行卡号", "Card number, digits only.", clean="card"),
    column("credit_grade", Text, Kind.CREDIT, "信用等级",
           "优秀, 良好, 一般 or 较差, as the channel says.", clean="text", codes=codes.CREDIT_GRADE),
    column("risk_grade", Text, Kind.CREDIT, "风险等级", "Risk grade, as the channel says.", clean="text"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the person.", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("full_name",), ("sex",), ("nationality",), ("occupation",), ("home_address", "work_address"),
    ("mobile", "landline", "email"), ("id_type",), ("id_number",), ("id_expires_on",)),
)  # fmt: skip
