"""Headers: what a column's name says its values are. A hint, never a proof."""

import re
from functools import cache

from masking.kinds import Kind
from masking.normalise import simplified

_DOCUMENT = (
    "证件号码",
    "证件号",
    "证件编号",
    "证照号码",
    "certno",
    "idnumber",
    "idno",
    "documentno",
    "documentnumber",
)
_DEEDS = (
    "下单", "交易", "派单", "出险", "就诊", "揽收", "签收", "创建", "更新", "修改", "开始", "结束", "登记", "办理",
    "受理", "注册", "开户", "缴费", "支付", "入住", "离店", "完成", "操作", "登录", "申请", "发生", "投诉", "来电",
    "入会", "入职", "发货",
)  # fmt: skip
"""Whose time is a day, where 等待时间 is how long."""
VAGUE = "contact"
"""Says telephone by itself, but nothing beside another word: contact.qq."""
_CONTACT = (
    "联系方式",
    "联络方式",
    "联系电话",
    "联络电话",
    "联系号码",
    "contact",
    "contactinfo",
    "contactno",
)
_PHONE = (
    "电话",
    "号码",
    "tel",
    "telephone",
    "phone",
    "phoneno",
    "phonenumber",
    "phonenum",
    "workphone",
)

HINTS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON_NAME: (
        "姓名", "客户姓名", "客户名称", "名字", "曾用名", "联系人", "来电人", "委托人", "法定代表人", "法人代表",
        "法人姓名", "经办人", "负责人",
        "户名", "持卡人", "投保人", "被保险人", "收件人", "收货人", "实际控制人", "控股股东", "受益人", "申请人",
        "拼音", "昵称", "网名",
        "nickname", "username", "fullname", "realname", "custname", "customername", "firstname", "lastname",
        "surname", "givenname", "contactname",
        "holdername", "cardholder", "personname", "formername", "legalperson", "name",
    ),
    Kind.RESIDENT_ID: (
        *_DOCUMENT, "身份证", "身份证号", "身份证号码", "身分证", "公民身份号码", "hkid", "idcard", "idcardno",
        "identity", "citizenid", "residentid", "nationalid", "sfz", "sfzh", "zjhm",
    ),
    Kind.PASSPORT: (*_DOCUMENT, "护照", "passport", "passportno"),
    Kind.HKMO_PERMIT: (*_DOCUMENT, "回乡证", "港澳通行证", "通行证", "港澳居民", "居住证"),
    Kind.TW_PERMIT: (*_DOCUMENT, "台胞证", "台湾通行证", "通行证", "居住证"),
    Kind.FOREIGN_PR_CARD: (*_DOCUMENT, "永久居留", "永居证", "prcard"),
    Kind.MILITARY_ID: (*_DOCUMENT, "军官证", "士兵证", "警官证", "军人证", "militaryid"),
    Kind.DRIVER_LICENCE: (
        "驾驶证", "驾照", "档案编号", "driverlicence", "driverlicense", "drivinglicence", "drivinglicense",
    ),
    Kind.USCC: (
        *_DOCUMENT, "信用代码", "社会信用", "组织机构代码", "税号", "纳税人识别号", "税务登记", "营业执照",
        "注册号", "uscc",
        "creditcode", "orgcode", "taxno", "taxid", "licenceno", "licenseno", "registrationno",
    ),
    Kind.COMPANY_NAME: (
        "企业名称", "公司名称", "单位名称", "机构名称", "企业名", "公司名", "客户名称", "户名", "company",
        "companyname",
        "enterprisename", "corpname", "orgname",
    ),
    Kind.MOBILE: (
        *_PHONE, *_CONTACT, "手机", "手机号", "手机号码", "移动电话", "预留手机", "mobile", "mobileno",
        "mobilephone", "cell",
        "cellphone", "sjh",
    ),
    Kind.LANDLINE: (
        *_PHONE, *_CONTACT, "固话", "座机", "固定电话", "办公电话", "家庭电话", "宅电", "传真", "landline", "fax",
        "homephone",
        "officephone",
    ),
    Kind.EMAIL: (*_CONTACT, "邮箱", "电子邮件", "邮件", "电邮", "email", "mail", "emailaddress"),
    Kind.ADDRESS: (
        "地址", "住址", "地点", "所在地",
        "住所", "居住地", "户籍地", "户籍", "籍贯", "通讯地址", "家庭住址", "注册地", "address", "addr",
        "homeaddress", "street", "residence", "dizhi",
    ),
    Kind.POSTCODE: ("邮编", "邮政编码", "postcode", "zip", "zipcode", "postalcode"),
    Kind.BANK_CARD: (
        "银行卡", "卡号", "信用卡", "借记卡", "储蓄卡", "bankcard", "cardno", "cardnumber", "creditcard", "pan",
    ),
    Kind.BANK_ACCOUNT: (
        "账号", "帐号", "账户号", "银行账户", "账户", "帐户", "accountno", "accountnumber", "bankaccount", "acctno",
        "acct", "account",
        "iban",
    ),
    Kind.PLATE: ("车牌", "车牌号", "号牌", "牌照", "plate", "plateno", "licenceplate", "licenseplate"),
    Kind.VIN: ("车架号", "车辆识别", "底盘号", "vin", "chassis"),
    Kind.WECHAT: ("微信", "微信号", "wechat", "weixin", "wx", "wxid"),
    Kind.QQ: ("qq", "qqnumber", "qq号"),
    Kind.IP: ("ip", "ip地址", "ipaddress", "ipaddr", "登录ip", "clientip", "loginip"),
    Kind.MAC: ("mac", "mac地址", "物理地址", "macaddress", "macaddr"),
    Kind.IMEI: ("imei", "串号", "设备号", "deviceid"),
    Kind.BIRTH_DATE: (
        "出生", "生日", "出生日期", "出生年月", "birth", "birthday", "birthdate", "dob", "dateofbirth", "csrq",
    ),
    Kind.AGE: ("年龄", "岁数", "age"),
    Kind.SEX: ("性别", "sex", "gender", "xb"),
    Kind.NATIONALITY: ("国籍", "nationality", "citizenship"),
    Kind.ETHNICITY: ("民族", "族别", "ethnicity", "ethnicgroup"),
    Kind.RELIGION: ("宗教", "信仰", "religion"),
    Kind.MARITAL_STATUS: ("婚姻", "婚否", "婚况", "marital", "maritalstatus"),
    Kind.OCCUPATION: (
        "职业", "职务", "职位", "岗位", "工种", "职称", "occupation", "job", "jobtitle", "profession", "position",
    ),
    Kind.EDUCATION: ("学历", "学位", "文化程度", "教育程度", "education", "degree"),
    Kind.EMPLOYER: (
        "工作单位", "就职单位", "任职单位", "所在单位", "雇主", "=单位", "employer", "workunit", "workplace",
    ),
    Kind.INCOME: (
        "收入", "年薪", "月薪", "工资", "薪资", "薪酬", "奖金", "津贴", "缴费基数", "缴存基数",
        "income", "annualincome", "salary", "wage",
    ),
    Kind.ASSET: (
        "资产", "房产", "不动产", "存款", "理财", "持仓", "市值", "公积金", "保额", "授信额度", "贷款金额",
        "合约金额", "注册资本",
        "asset", "assets", "deposit", "aum", "loanamount", "creditlimit",
    ),
    Kind.BALANCE: ("余额", "结余", "balance", "bal"),
    Kind.TRANSACTION: (
        "交易金额", "金额", "amount", "txnamount", "发生额", "转账", "消费金额", "支付金额", "交易额",
        "保费", "电费", "水费", "气费", "话费", "通话费", "租金", "房租", "物业费", "应缴", "实缴", "应付", "实付",
        "欠费", "premium",
        "transactionamount", "payment",
    ),
    Kind.CREDIT: (
        "信用等级", "信用评分", "征信", "信用分", "风险等级", "逾期", "creditscore", "creditgrade", "riskgrade",
        "risklevel",
    ),
    Kind.HEALTH: (
        "健康", "病史", "病历", "诊断", "疾病", "既往症", "血型", "过敏", "用药", "体检",
        "体重", "身高", "血压", "血糖", "体脂", "bmi", "health", "diagnosis",
        "disease",
        "bloodtype", "medical", "allergy",
    ),
    Kind.BIOMETRIC: (
        "指纹", "人脸", "虹膜", "声纹", "掌纹", "基因", "fingerprint", "face", "faceid", "iris", "voiceprint",
    ),
    Kind.PHOTO: ("照片", "头像", "影像", "photo", "avatar", "picture", "portrait"),
    Kind.PASSWORD: ("密码", "口令", "登录密码", "支付密码", "password", "passwd", "pwd", "pin"),
    Kind.OTP: ("验证码", "动态码", "动态口令", "otp", "smscode", "verificationcode", "verifycode"),
    Kind.CARD_SECURITY: ("cvv", "cvv2", "cvc", "cvn", "安全码", "有效期码"),
    Kind.LOCATION: (
        "经纬度", "坐标", "定位", "经度", "纬度", "位置", "latitude", "longitude", "lat", "lng", "lon", "gps",
        "location", "coordinates",
    ),
    Kind.EVENT_DATE: (
        "日期", "年月日", "有效期", "到期日", "起始日", "截止日", "终止日", "开户日", "销户日", "签约日", "生效日",
        "失效日", "交易日", "放款日", "还款日", "扣款日", "缴费日", "入职日",
        *(f"{deed}时间" for deed in _DEEDS),
        "issued", "issuedon", "createdat", "updatedat", "createtime", "updatetime", "updated", "modified",
        "checkin", "checkout", "timestamp",
        "date", "expiry", "expires", "expirydate",
    ),
    Kind.OPINION: (
        "备注", "摘要", "说明", "描述", "意见", "内容", "评价", "留言", "投诉", "诉求", "反馈", "通话", "工单内容",
        "走访记录", "回访记录", "拜访记录", "沟通记录", "跟进记录", "谈话记录", "服务记录",
        "remark",
        "remarks", "summary", "reason", "理由", "原因", "note", "notes", "comment", "comments", "memo",
        "description", "feedback", "content", "message",
    ),
}  # fmt: skip
"""Words of a header by kind: a Chinese one anywhere in it, a Latin one as a whole word or words.

With `=` before it, a word is the whole header: 单位 alone is an employer, 单位电话 is not. With `$` after it, it is its
end: 报案人 is a person, 报案人电话 is not.
"""

_LONGEST_FIRST = {kind: sorted(said, key=len, reverse=True) for kind, said in HINTS.items()}

NOT_ABOUT_A_PERSON = (
    "产品", "商品", "网点", "支行", "分行", "渠道", "系统", "文件", "模块", "部门", "品牌", "型号", "币种", "科目",
    "表名",
    "字段", "类型", "类别", "分类", "种类", "状态", "标志", "是否", "有效期", "到期", "有效", "次数", "数量",
    "笔数", "日期", "时间", "关系$",
    "product", "branch", "file", "table", "column", "system", "channel", "brand", "type", "status", "flag", "count",
    "expiry", "expires", "expire", "date", "time", "category", "model", "item", "event",
)  # fmt: skip
"""Words that turn a hint into something about something else: 证件类型 is no document's number."""
_EVEN_SO = (Kind.BIRTH_DATE, Kind.EVENT_DATE, Kind.OPINION, Kind.MARITAL_STATUS)
"""Kinds whose own headers speak of dates and states without meaning something else."""
_CLASSES = ("类型", "类别", "分类", "种类", "标志", "是否", "type", "category", "flag")
"""Of those words, the ones that turn a text into one of a few classes: 投诉分类 is no complaint."""

PLACES_AND_GOODS = (
    "城市", "省份", "地区", "区域", "国家", "品类", "品种", "车型", "户型", "险种", "线路", "货币", "行业",
    "等级", "级别", "方式", "途径", "来源",
    "city", "town", "county", "province", "state", "region", "country", "suburb", "neighborhood", "neighbourhood",
    "district", "currency", "industry", "language", "color", "colour", "species", "level", "grade",
)  # fmt: skip
"""Words of headers under which a rare word is the name of a place or a thing."""

PERSONS = (
    "人$", "员$", "者$", "师$", "师傅$", "户主$", "业主$", "车主$", "货主$", "客户$", "顾客$", "租户$", "住户$",
    "用户$", "骑手$", "司机$", "乘客$", "旅客$", "学生$", "老师$", "医生$", "护士$", "主任$", "家长$", "经办$",
    "经理$",
    "insured", "agent", "tenant", "guest", "patient", "driver", "student", "teacher", "contact", "person",
)  # fmt: skip
"""Ends of headers under which somebody is named, or numbered: 报案人, 业务员, 查勘师傅."""
NUMBERED = (
    "号", "编码", "代码", "条码", "id", "no", "number", "code", "key", "uuid", "guid", "sn", "ref", "reference", "cust",
)  # fmt: skip
"""Words of headers of an organisation's own numbers, of a customer, a paper or a parcel: 客户编号, 户号, policy_no …"""
_COUNTED = (
    "序号", "行号", "型号", "版本号", "批号", "期号", "班号", "信号", "rowno", "lineno", "seqno", "versionno",
)  # fmt: skip
"""… and of numbers that many share, or that only count lines."""
_MEASURED = (
    "额", "数", "量", "率", "价", "费", "元", "分", "值", "款", "金", "息", "税", "比例", "面积",
    "amount", "qty", "quantity", "price", "fee", "total", "count", "reading",
    "value", "score", "rate", "size", "area", "weight", "year", "month",
)  # fmt: skip
"""Words of headers of what is measured or counted."""

PUBLIC_TEXT = (
    "经营范围", "业务范围", "许可项目", "经营项目", "businessscope", "scopeofbusiness", "scopeofoperation",
)  # fmt: skip
"""Long texts that are registered and published (企业信息公示暂行条例 art. 6), and speak of no person."""
WORKPLACE = (
    "company",
    "companyname",
    "organisation",
    "organization",
    "公司",
    "公司名称",
    "单位名称",
)
"""Headers that are an employer's among a person's data, and the customer's own name elsewhere."""

_NO_HEADER = re.compile("column_?[0-9]*")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@cache
def hints(header: str) -> dict[Kind, str]:
    """The kinds that a header speaks of, each with the word that says so.

    A word that is part of a longer one says nothing: 金额 in 合约金额, `name` in `companyName`.
    """
    latin, lower, runs = _read(header)
    elsewhere = any(_says(w, lower, runs) for w in NOT_ABOUT_A_PERSON)
    classes = any(_says(w, lower, runs) for w in _CLASSES)
    found: dict[Kind, str] = {}
    for kind, said in _LONGEST_FIRST.items():
        word = next((w for w in said if _says(w, lower, runs)), "")
        if kind is Kind.OPINION and classes:
            continue
        if word and (not elsewhere or kind in _EVEN_SO):
            found[kind] = word.strip("=$")
    if set(found.values()) != {VAGUE}:
        found = {k: w for k, w in found.items() if w != VAGUE}
    longer = [w for w in found.values() if w not in latin]
    return {k: w for k, w in found.items() if not any(w != o and w in o for o in longer)}


def is_about_else(header: str) -> bool:
    """Whether the header speaks of places, goods or classes, whose cells are no names for not being known words.

    What a reader calls a column that has no header speaks of nothing.
    """
    if _NO_HEADER.fullmatch(header):
        return False
    _, lower, runs = _read(header)
    return any(_says(word, lower, runs) for word in (*NOT_ABOUT_A_PERSON, *PLACES_AND_GOODS))


def is_numbered(header: str) -> bool:
    """Whether the header speaks of an organisation's own numbers."""
    _, lower, runs = _read(header)
    return any(_says(w, lower, runs) for w in NUMBERED) and not any(
        _says(w, lower, runs) for w in _COUNTED
    )


def is_person(header: str) -> bool:
    """Whether the header, as a whole, speaks of somebody: 报案人 does, 报案人数 and 报案人电话 do not."""
    latin, lower, _ = _read(header)
    return any(
        "".join(latin).endswith(word) if word.isascii() else _says(word, lower, set())
        for word in PERSONS
    )


def is_measured(header: str) -> bool:
    """Whether the header speaks of what is measured or counted, and of no number that names something."""
    _, lower, runs = _read(header)
    return any(_says(word, lower, runs) for word in _MEASURED) and not is_numbered(header)


def is_public_text(header: str) -> bool:
    """Whether the header names a text that is public by law."""
    _, lower, runs = _read(header)
    return any(_says(word, lower, runs) for word in PUBLIC_TEXT)


def may_be_workplace(header: str) -> bool:
    """Whether the header, beside a person's data, says where the person works."""
    latin, lower, _ = _read(header)
    return lower in WORKPLACE or "".join(latin) in WORKPLACE


def _read(header: str) -> tuple[list[str], str, set[str]]:
    """A header's Latin words, all of it in lower case, and every run of its words."""
    header = simplified(header)
    latin = [w.lower() for w in _WORD.findall(header)]
    runs = {
        "".join(latin[i:j])
        for i in range(len(latin))
        for j in range(i + 1, min(len(latin), i + 4) + 1)
    }
    return latin, header.lower(), runs


def _says(word: str, header: str, runs: set[str]) -> bool:
    if word.startswith("="):
        return header == word[1:]
    if word.endswith("$"):
        return header.endswith(word[:-1])
    return word in runs if word.isascii() else word in header
