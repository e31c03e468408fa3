"""Enterprise: a company as one channel knows it. What legal persons must have is REQUIREMENTS C1."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

enterprise = record(
    "enterprise", "企业客户记录", "One company as one channel knows it.",
    column("company_name", Text, Kind.COMPANY_NAME, "企业名称", "Registered name.", clean="company"),
    column("uscc", Text, Kind.USCC, "统一社会信用代码", "Unified social credit code: 18 characters, upper case.", clean="document"),
    column("uscc_expires_on", Date, Kind.EVENT_DATE, "执照有效期", "The last day the licence is valid; 9999-12-31 if for ever.", clean="expiry"),
    column("address", Text, Kind.ADDRESS, "注册地址", "Registered address.", clean="address"),
    column("business_scope", Text, Kind.CODE, "经营范围", "Business scope.", clean="text"),
    column("industry", Text, Kind.CODE, "行业", "Industry, as written.", clean="text", codes=codes.INDUSTRY),
    column("size", Text, Kind.CODE, "企业规模", "大型, 中型, 小型 or 微型.", clean="text", codes=codes.SIZE),
    column("registered_capital", Numeric(18, 2), Kind.ASSET, "注册资本", "Registered capital, in yuan.", clean="amount"),
    column("legal_representative", Text, Kind.PERSON_NAME, "法定代表人", "Legal representative.", clean="name"),
    column("legal_id_type", Text, Kind.CODE, "法人证件类型",
           "Kind of the legal representative's document.", clean="text", codes=codes.ID_TYPE),
    column("legal_id_number", Text, Kind.RESIDENT_ID, "法人证件号码", "Its number.", clean="document"),
    column("legal_id_expires_on", Date, Kind.EVENT_DATE, "法人证件有效期", "The last day it is valid.", clean="expiry"),
    column("controller", Text, Kind.PERSON_NAME, "控股股东或实际控制人", "Controlling shareholder or actual controller.", clean="name"),
    column("controller_id_number", Text, Kind.RESIDENT_ID, "实际控制人证件号码", "The controller's document number.", clean="document"),
    column("contact_name", Text, Kind.PERSON_NAME, "授权经办人", "The authorised person.", clean="name"),
    column("contact_id_number", Text, Kind.RESIDENT_ID, "经办人证件号码", "The authorised person's document number.", clean="document"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", clean="email"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", clean="text"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the company.", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("company_name",), ("address",), ("business_scope",), ("uscc",), ("uscc_expires_on",),
    ("legal_representative",), ("legal_id_type",), ("legal_id_number",), ("legal_id_expires_on",),
    ("controller",), ("controller_id_number",), ("contact_name",), ("contact_id_number",)),
)  # fmt: skip
