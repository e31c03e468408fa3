"""Institution: a public body, school or association as one channel knows it."""

from sqlalchemy import Date, Text

from masking.kinds import Kind
from warehouse.model import Section, column, record
from warehouse.tables import codes

institution = record(
    "institution", "机构客户记录", "One public body or association as one channel knows it.",
    column("company_name", Text, Kind.COMPANY_NAME, "机构名称", "Registered name.", clean="company"),
    column("institution_type", Text, Kind.CODE, "机构类型",
           "Government, public institution, association and so on.", clean="text", codes=codes.INSTITUTION_TYPE),
    column("uscc", Text, Kind.USCC, "统一社会信用代码", "Unified social credit code: 18 characters, upper case.", clean="document"),
    column("address", Text, Kind.ADDRESS, "地址", "Where it is.", clean="address"),
    column("postcode", Text, Kind.POSTCODE, "邮编", "Postcode.", clean="text"),
    column("mobile", Text, Kind.MOBILE, "手机", "Mainland: 11 digits; elsewhere + and country code.", clean="mobile"),
    column("landline", Text, Kind.LANDLINE, "固定电话", "Area code, hyphen, number, hyphen and extension if any.", clean="landline"),
    column("fax", Text, Kind.LANDLINE, "传真", "Fax number.", clean="landline"),
    column("email", Text, Kind.EMAIL, "电子邮箱", "E-mail address, lower case.", clean="email"),
    column("website", Text, Kind.CODE, "网站", "Web address.", clean="text"),
    column("contact_name", Text, Kind.PERSON_NAME, "负责人", "The responsible person.", clean="name"),
    column("branch", Text, Kind.CODE, "网点", "Branch or unit responsible for the row.", clean="text"),
    column("registered_on", Date, Kind.EVENT_DATE, "登记日期", "When the channel first had the customer.", clean="date"),
    column("updated_on", Date, Kind.EVENT_DATE, "更新日期", "When the channel last changed the row.", clean="date"),
    column("remark", Text, Kind.OPINION, "备注", "Free text about the institution.", clean="text"),
    section=Section.BASIC,
    is_customer=True,
    required=(("company_name",), ("address",), ("landline", "mobile", "email")),
)  # fmt: skip
