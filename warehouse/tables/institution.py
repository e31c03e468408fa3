"""Institution: a public body, school or association as one channel knows it."""

from sqlalchemy import Date, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

institution = record(
    "institution", "机构客户记录", "One public body or association as one channel knows it.", "一家机关、事业单位或社会团体在一个渠道的登记信息。",
    column("company_name", Text, Kind.COMPANY_NAME, "机构名称", "Registered name.", "登记注册的名称。", clean="company"),
    column("institution_type", Text, Kind.CODE, "机构类型",
           "Government, public institution, association and so on.", "政府机关、事业单位、社会团体等。", clean="text", codes=codes.INSTITUTION_TYPE),
    column("uscc", Text, Kind.USCC, "统一社会信用代码", "Unified social credit code: 18 characters, upper case.", "统一社会信用代码：18 位，字母大写。", clean="document"),
    column("address", Text, Kind.ADDRESS, "地址", "Where it is.", "机构所在的地址。", clean="address"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", "邮政编码。", clean="text"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", "内地号码为 11 位数字，其他以 + 和国家或地区代码开头。", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", "区号-号码，有分机的再加“-分机号”。", clean="landline"),
    column("fax", Text, Kind.LANDLINE, "传真", "Fax number.", "传真号码。", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", "电子邮箱地址，字母小写。", clean="email"),
    column("website", Text, Kind.CODE, "网站", "Web address.", "网址。", clean="text"),
    column("contact_name", Text, Kind.PERSON_NAME, "负责人", "The responsible person.", "负责人的姓名。", clean="name"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", "负责该行数据的网点或部门。", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", "客户在渠道首次登记的日期。", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", "渠道最近一次更新该行的日期。", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the institution.", "关于该机构的自由文本。", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("company_name",), ("address",), ("landline", "mobile", "email")),
)  # fmt: skip
