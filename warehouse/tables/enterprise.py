"""Enterprise: a company as one channel knows it. What legal persons must have is REQUIREMENTS C1."""

from sqlalchemy import Date, Numeric, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

enterprise = record(
    "enterprise", "企业客户记录", "One company as one channel knows it.", "一家企业在一个渠道的登记信息。",
    column("company_name", Text, Kind.COMPANY_NAME, "企业名称", "Registered name.", "登记注册的名称。", clean="company"),
    column("uscc", Text, Kind.USCC, "统一社会信用代码", "Unified social credit code: 18 characters, upper case.", "统一社会信用代码：18 位，字母大写。", clean="document"),
    column("uscc_expires_on", Date, Kind.EVENT_DATE, "执照有效期", "The last day the licence is valid; 9999-12-31 if for ever.", "营业执照有效期的最后一日；长期有效为 9999-12-31。", clean="expiry"),
    column("address", Text, Kind.ADDRESS, "注册地址", "Registered address.", "登记注册的地址。", clean="address"),
    column("business_scope", Text, Kind.CODE, "经营范围", "Business scope.", "经营范围。", clean="text"),
    column("industry", Text, Kind.CODE, "行业", "Industry, as written.", "所属行业，按来源原文。", clean="text", codes=codes.INDUSTRY),
    column("size", Text, Kind.CODE, "企业规模", "大型, 中型, 小型 or 微型.", "大型、中型、小型或微型。", clean="text", codes=codes.SIZE),
    column("registered_capital", Numeric(18, 2), Kind.ASSET, "注册资本", "Registered capital, in yuan.", "注册资本，单位为元。", clean="amount"),
    column("legal_representative", Text, Kind.PERSON_NAME, "法定代表人", "Legal representative.", "法定代表人的姓名。", clean="name"),
    column("legal_id_type", Text, Kind.CODE, "法人证件类型",
           "Kind of the legal representative's document.", "法定代表人身份证件的种类。", clean="text", codes=codes.ID_TYPE),
    column("legal_id_number", Text, Kind.RESIDENT_ID, "法人证件号码", "Its number.", "法定代表人身份证件的号码。", clean="document"),
    column("legal_id_expires_on", Date, Kind.EVENT_DATE, "法人证件有效期", "The last day it is valid.", "法定代表人身份证件有效期的最后一日。", clean="expiry"),
    column("controller", Text, Kind.PERSON_NAME, "控股股东或实际控制人", "Controlling shareholder or actual controller.", "控股股东或实际控制人。", clean="name"),
    column("controller_id_number", Text, Kind.RESIDENT_ID, "实际控制人证件号码", "The controller's document number.", "控股股东或实际控制人的证件号码。", clean="document"),
    column("contact_name", Text, Kind.PERSON_NAME, "授权经办人", "The authorised person.", "授权办理业务人员的姓名。", clean="name"),
    column("contact_id_number", Text, Kind.RESIDENT_ID, "经办人证件号码", "The authorised person's document number.", "授权办理业务人员的证件号码。", clean="document"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", "内地号码为 11 位数字，其他以 + 和国家或地区代码开头。", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", "区号-号码，有分机的再加“-分机号”。", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", "电子邮箱地址，字母小写。", clean="email"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", "邮政编码。", clean="text"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", "负责该行数据的网点或部门。", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", "客户在渠道首次登记的日期。", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", "渠道最近一次更新该行的日期。", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the company.", "关于该企业的自由文本。", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("company_name",), ("address",), ("business_scope",), ("uscc",), ("uscc_expires_on",),
    ("legal_representative",), ("legal_id_type",), ("legal_id_number",), ("legal_id_expires_on",),
    ("controller",), ("controller_id_number",), ("contact_name",), ("contact_id_number",)),
)  # fmt: skip
