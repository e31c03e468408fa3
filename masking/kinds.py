"""Kinds: what a value can reveal about a person or a company."""

from enum import StrEnum


class Kind(StrEnum):
    """What a column, or a span of text, reveals. Every kind has a rule in every tier."""

    PERSON_NAME = "person_name"
    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HKMO_PERMIT = "hkmo_permit"
    TW_PERMIT = "tw_permit"
    FOREIGN_PR_CARD = "foreign_pr_card"
    MILITARY_ID = "military_id"
    DRIVER_LICENCE = "driver_licence"
    USCC = "uscc"
    COMPANY_NAME = "company_name"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BANK_CARD = "bank_card"
    BANK_ACCOUNT = "bank_account"
    PLATE = "plate"
    VIN = "vin"
    WECHAT = "wechat"
    QQ = "qq"
    IP = "ip"
    MAC = "mac"
    IMEI = "imei"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    SEX = "sex"
    NATIONALITY = "nationality"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    MARITAL_STATUS = "marital_status"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    EMPLOYER = "employer"
    INCOME = "income"
    ASSET = "asset"
    BALANCE = "balance"
    TRANSACTION = "transaction"
    CREDIT = "credit"
    HEALTH = "health"
    BIOMETRIC = "biometric"
    PHOTO = "photo"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    OTP = "otp"
    CARD_SECURITY = "card_security"
    LOCATION = "location"
    EVENT_DATE = "event_date"
    CODE = "code"
    OPINION = "opinion"
    KEY = "key"
    PLAIN = "plain"


ZH: dict[Kind, str] = {
    Kind.PERSON_NAME: "姓名", Kind.RESIDENT_ID: "居民身份证号码", Kind.PASSPORT: "护照号码",
    Kind.HKMO_PERMIT: "港澳居民证件号码", Kind.TW_PERMIT: "台湾居民证件号码",
    Kind.FOREIGN_PR_CARD: "外国人永久居留身份证号码", Kind.MILITARY_ID: "军警证件号码",
    Kind.DRIVER_LICENCE: "驾驶证号码", Kind.USCC: "统一社会信用代码", Kind.COMPANY_NAME: "单位名称",
    Kind.MOBILE: "手机号码", Kind.LANDLINE: "固定电话", Kind.EMAIL: "电子邮箱", Kind.ADDRESS: "地址",
    Kind.POSTCODE: "邮政编码", Kind.BANK_CARD: "银行卡号", Kind.BANK_ACCOUNT: "银行账号", Kind.PLATE: "车牌号码",
    Kind.VIN: "车辆识别代号", Kind.WECHAT: "微信号", Kind.QQ: "QQ 号", Kind.IP: "IP 地址", Kind.MAC: "MAC 地址",
    Kind.IMEI: "IMEI", Kind.BIRTH_DATE: "出生日期", Kind.AGE: "年龄", Kind.SEX: "性别", Kind.NATIONALITY: "国籍",
    Kind.ETHNICITY: "民族", Kind.RELIGION: "宗教信仰", Kind.MARITAL_STATUS: "婚姻状况", Kind.OCCUPATION: "职业",
    Kind.EDUCATION: "学历", Kind.EMPLOYER: "工作单位", Kind.INCOME: "收入", Kind.ASSET: "资产", Kind.BALANCE: "余额",
    Kind.TRANSACTION: "交易", Kind.CREDIT: "信用", Kind.HEALTH: "健康", Kind.BIOMETRIC: "生物识别", Kind.PHOTO: "影像",
    Kind.PASSWORD: "密码", Kind.OTP: "验证码", Kind.CARD_SECURITY: "卡片安全码", Kind.LOCATION: "位置",
    Kind.EVENT_DATE: "业务日期", Kind.CODE: "业务代码", Kind.OPINION: "自由文本",
    Kind.KEY: "编号", Kind.PLAIN: "非个人信息",
}  # fmt: skip
"""What a kind is called in Chinese."""

SAY_LITTLE = frozenset({Kind.KEY, Kind.PLAIN, Kind.EVENT_DATE, Kind.CODE})
"""Kinds of which many columns are: such a value names nobody by itself, and its kind tells no column from another."""
