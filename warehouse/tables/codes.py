"""Codes of the business: the words that the records' coded columns consist of, in Chinese and in English."""

from masking.codes import Codes, named, said

CUSTOMER_TYPE: Codes = named("""
    individual | 个人 | Individual
    enterprise | 企业 | Enterprise
    institution | 机构 | Institution
""")
SEX: Codes = said("男 Male\n女 Female\n未说明 Not stated")
ID_TYPE: Codes = said("""
    居民身份证 Resident identity card
    身份证 Resident identity card
    临时居民身份证 Temporary resident identity card
    临时身份证 Temporary resident identity card
    户口簿 Household register
    护照 Passport
    港澳居民来往内地通行证 Travel permit for Hong Kong and Macao residents
    台湾居民来往大陆通行证 Travel permit for Taiwan residents
    港澳台居民居住证 Residence permit for Hong Kong, Macao and Taiwan residents
    居住证 Residence permit
    外国人永久居留身份证 Foreign permanent resident card
    外国人永久居留证 Foreign permanent resident card
    军官证 Officer's card
    士兵证 Soldier's card
    文职干部证 Civil cadre's card
    武警警官证 Armed police officer's card
    警官证 Police officer's card
    驾驶证 Driving licence
    统一社会信用代码 Unified social credit code
    营业执照 Business licence
    组织机构代码证 Organisation code certificate
""")
CREDIT_GRADE: Codes = said("优秀 Excellent\n良好 Good\n一般 Fair\n较差 Poor")
SIZE: Codes = said("大型 Large\n中型 Medium\n小型 Small\n微型 Micro")
INDUSTRY: Codes = said("""
    农、林、牧、渔业 Agriculture, forestry, fishing
    农业 Agriculture
    采矿业 Mining
    制造业 Manufacturing
    电力、热力、燃气及水生产和供应业 Electricity, heat, gas and water
    能源业 Energy
    建筑业 Construction
    批发和零售业 Wholesale and retail
    批发零售业 Wholesale and retail
    交通运输、仓储和邮政业 Transport, storage and post
    交通运输业 Transport
    住宿和餐饮业 Accommodation and catering
    住宿餐饮业 Accommodation and catering
    信息传输、软件和信息技术服务业 Information technology
    信息技术业 Information technology
    金融业 Finance
    房地产业 Real estate
    租赁和商务服务业 Leasing and business services
    租赁商务业 Leasing and business services
    科学研究和技术服务业 Research and technical services
    水利、环境和公共设施管理业 Water, environment and public facilities
    环保业 Environmental protection
    居民服务、修理和其他服务业 Residents' services and repair
    居民服务业 Residents' services
    教育 Education
    教育业 Education
    卫生和社会工作 Health and social work
    医药业 Medicine
    文化、体育和娱乐业 Culture, sport and entertainment
    文化业 Culture
    公共管理、社会保障和社会组织 Public administration and social organisations
    国际组织 International organisations
""")
"""Sections of GB/T 4754-2017, and how they are shortened."""
INSTITUTION_TYPE: Codes = said("""
    政府机关 Government
    机关 Government
    事业单位 Public institution
    社会团体 Association
    基金会 Foundation
    民办非企业单位 Private non-enterprise unit
    社会服务机构 Social service organisation
    学校 School
    医院 Hospital
    协会 Association
""")
ACCOUNT_TYPE: Codes = said("""
    活期 Current
    定期 Time deposit
    贷款 Loan
    信用卡 Credit card
    借记卡 Debit card
    储蓄 Savings
    结算 Settlement
    理财 Wealth management
    基本户 Basic account
    一般户 General account
    专用户 Special account
    临时户 Temporary account
    保证金 Margin
""")
CURRENCY: Codes = named("""
    AED | 阿联酋迪拉姆 | UAE dirham
    AUD | 澳元 | Australian dollar
    BRL | 巴西雷亚尔 | Brazilian real
    CAD | 加元 | Canadian dollar
    CHF | 瑞士法郎 | Swiss franc
    CNY | 人民币 | Renminbi
    CZK | 捷克克朗 | Czech koruna
    DKK | 丹麦克朗 | Danish krone
    EUR | 欧元 | Euro
    GBP | 英镑 | Pound sterling
    HKD | 港元 | Hong Kong dollar
    HUF | 匈牙利福林 | Forint
    IDR | 印尼盾 | Rupiah
    ILS | 以色列新谢克尔 | Shekel
    INR | 印度卢比 | Indian rupee
    JPY | 日元 | Yen
    KRW | 韩元 | Won
    KZT | 哈萨克斯坦坚戈 | Tenge
    MNT | 蒙古图格里克 | Tugrik
    MOP | 澳门元 | Pataca
    MXN | 墨西哥比索 | Mexican peso
    MYR | 马来西亚林吉特 | Ringgit
    NOK | 挪威克朗 | Norwegian krone
    NZD | 新西兰元 | New Zealand dollar
    PHP | 菲律宾比索 | Philippine peso
    PKR | 巴基斯坦卢比 | Pakistan rupee
    PLN | 波兰兹罗提 | Zloty
    RUB | 俄罗斯卢布 | Rouble
    SAR | 沙特里亚尔 | Saudi riyal
    SEK | 瑞典克朗 | Swedish krona
    SGD | 新加坡元 | Singapore dollar
    THB | 泰铢 | Baht
    TRY | 土耳其里拉 | Turkish lira
    TWD | 新台币 | New Taiwan dollar
    USD | 美元 | US dollar
    VND | 越南盾 | Dong
    ZAR | 南非兰特 | Rand
""")
"""Of ISO 4217, those our banks deal in."""
ACCOUNT_STATUS: Codes = said("""
    正常 Active
    睡眠 Dormant
    冻结 Frozen
    止付 Stopped
    挂失 Reported lost
    销户 Closed
    已销户 Closed
    注销 Closed
    已注销 Closed
    关闭 Closed
""")
CONTRACT_STATUS: Codes = said("""
    履行中 In force
    正常 In force
    已到期 Expired
    逾期 Overdue
    已结清 Settled
    已终止 Terminated
    已解除 Rescinded
""")
PURPOSE: Codes = named("""
    service | 服务 | Service
    marketing | 营销 | Marketing
    sharing | 共享 | Sharing
    complaint | 投诉处理 | Complaints
    due_diligence | 尽职调查 | Due diligence
""")
SCOPE: Codes = said("""
    基本信息 Basic information
    基本信息、联系方式 Basic information, contact
    基本信息、联系方式、账户信息 Basic information, contact, accounts
    全部信息 All information
""")
MANNER: Codes = named("written|书面|Written\nelectronic|电子|Electronic")
INTERACTION_TYPE: Codes = named("""
    inquiry | 咨询 | Inquiry
    complaint | 投诉 | Complaint
    visit | 走访 | Visit
""")
COMPLAINT_CLASS: Codes = named("""
    business | 业务 | Business
    attitude | 态度 | Attitude
    product | 产品 | Product
""")
MEDIUM: Codes = named("""
    telephone | 电话 | Telephone
    online | 在线 | Online
    on site | 现场 | On site
    counter | 柜面 | Counter
    mobile | 手机银行 | Mobile banking
    machine | 自助设备 | Machine
    merchant | 商户 | Merchant
""")
SATISFACTION: Codes = named("""
    1 | 很不满意 | Very dissatisfied
    2 | 不满意 | Dissatisfied
    3 | 一般 | Neither
    4 | 满意 | Satisfied
    5 | 很满意 | Very satisfied
""")
DIRECTION: Codes = said("收 In\n付 Out")
RELATION_TYPE: Codes = named("""
    spouse | 配偶 | Spouse
    parent | 父母 | Parent
    child | 子女 | Child
    sibling | 兄弟姐妹 | Sibling
    guarantor | 担保人 | Guarantor
    employer | 雇主 | Employer
    shareholder | 股东 | Shareholder
    controller | 实际控制人 | Actual controller
    legal representative | 法定代表人 | Legal representative
    contact | 联系人 | Contact
""")
VERDICT: Codes = named("""
    same | 同一客户 | Same customer
    different | 不同客户 | Different customers
    undecided | 未定 | Undecided
""")
