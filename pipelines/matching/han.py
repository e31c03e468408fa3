"""Chinese characters of names: traditional to simplified, and how they are read."""

from collections.abc import Iterator
from functools import lru_cache

import pyarrow as pa
from pypinyin import Style, lazy_pinyin

_TRADITIONAL = (
    "張陳劉黃趙吳孫馬羅鄭謝許馮鄧蕭葉呂蘇盧蔣賈閻韓楊龍鄒陸鐘鍾譚萬錢嚴賴龔顧龐樊蘭齊倪嶽莊聶關"
    "歐陽諸葛單衛鄔藍喬賀邊遲魯駱閔閆強軍傑偉麗華國東紅梅蓮鳳飛勝興義學愛寶寧靜慶貴發財福壽榮"
    "遠達進運連邁過還鵬鶴鴻鷹鳴雞鴨鵝魚鯉鮑黨點齡齊麥黃龜綠紀純線練組細終結給絡絲經綱維緒緣縣"
    "總縱繼續纖羅聖聞聲職聰聯聽腦膽臉臨舊藝節芸蘆蒼蓋薩蘊虛虜號蟲術衝補裝製見規視覺覽觀訂計訊"
    "討訓記訪設許訴診註詩試話該詳語誠說課調談請論諒諾謀謙講謝證識譯議護讀變讓豐貝負貢貫責貨貞"
    "賓賞賢質賴贊贏趕趙車軒轉輪輝輯農適遷選遙邏鄉鄰醫釋針釣鈞鈴鉅銀銅銘銳鋒鋼錄錦鍵鎮鏡鐵鑫鑑"
    "長門閃開閒間閣閱闊隊階際險隱隨雲電霧靈頁頂項順須頌預領頭題額顏願顯風飲飯飽館驗驚體鬥鬧"
    "鄺鄭醜釗鈺鉉鋁鎧鏢鐸鑄閩闖隴雋韋韻頡頓頗頻顥顰騰騫驊驍魏鮮鯨鴛鴦鷗麒黌黽億僑儀優兒兩內冊"
    "凱劍動勁勛勞勢區協卻參雙員問啟喪喬單嗎嘆嘉圍園圓圖團執堅堯報場塊塗墊墳壇壓壞壯壽夢夥奧奪"
    "婦媽嬌孿寢實寧審寫寬專將尋對導屆屬岡島峽嶺巖帥師帶幣幫幹幾庫廠廣廳張彌彎彥後從復徵德憂懷"
    "應戀戰戲戶擁擇擴數斷時晉晝暈暉曉曆書會東條梁棄棟楊業極構槍樂樓標樣樹橋機橫檔檢權歡歲歷殘"
    "殺氣決沒況洩淚淵淺淨湯準溝溫滅滬滿漁漢漸潔潤澤濃濟濤灣為烏無煙煉煒熱燈燒燕營燦爐爭爺爾牆"
    "狀獨獲獻現瑋瑤環瑩璽瓊產畝畢畫異當療瘋發監盤眾睏礎禮禎禪離種稱積穎穩窮競筆筍節範築簡籃糧紹"
    "測貿銷網藥務傳詢創購碼層側濱郵輸轉連軟導飾顧塑計設裝慮勵陝潘遼寶瀋魯閩贛粵瓊渝滇黔隴寧"
)
_SIMPLIFIED = (
    "张陈刘黄赵吴孙马罗郑谢许冯邓萧叶吕苏卢蒋贾阎韩杨龙邹陆钟钟谭万钱严赖龚顾庞樊兰齐倪岳庄聂关"
    "欧阳诸葛单卫邬蓝乔贺边迟鲁骆闵闫强军杰伟丽华国东红梅莲凤飞胜兴义学爱宝宁静庆贵发财福寿荣"
    "远达进运连迈过还鹏鹤鸿鹰鸣鸡鸭鹅鱼鲤鲍党点龄齐麦黄龟绿纪纯线练组细终结给络丝经纲维绪缘县"
    "总纵继续纤罗圣闻声职聪联听脑胆脸临旧艺节芸芦苍盖萨蕴虚虏号虫术冲补装制见规视觉览观订计讯"
    "讨训记访设许诉诊注诗试话该详语诚说课调谈请论谅诺谋谦讲谢证识译议护读变让丰贝负贡贯责货贞"
    "宾赏贤质赖赞赢赶赵车轩转轮辉辑农适迁选遥逻乡邻医释针钓钧铃巨银铜铭锐锋钢录锦键镇镜铁鑫鉴"
    "长门闪开闲间阁阅阔队阶际险隐随云电雾灵页顶项顺须颂预领头题额颜愿显风饮饭饱馆验惊体斗闹"
    "邝郑丑钊钰铉铝铠镖铎铸闽闯陇隽韦韵颉顿颇频颢颦腾骞骅骁魏鲜鲸鸳鸯鸥麒黉黾亿侨仪优儿两内册"
    "凯剑动劲勋劳势区协却参双员问启丧乔单吗叹嘉围园圆图团执坚尧报场块涂垫坟坛压坏壮寿梦伙奥夺"
    "妇妈娇孪寝实宁审写宽专将寻对导届属冈岛峡岭岩帅师带币帮干几库厂广厅张弥弯彦后从复征德忧怀"
    "应恋战戏户拥择扩数断时晋昼晕晖晓历书会东条梁弃栋杨业极构枪乐楼标样树桥机横档检权欢岁历残"
    "杀气决没况泄泪渊浅净汤准沟温灭沪满渔汉渐洁润泽浓济涛湾为乌无烟炼炜热灯烧燕营灿炉争爷尔墙"
    "状独获献现玮瑶环莹玺琼产亩毕画异当疗疯发监盘众困础礼祯禅离种称积颖稳穷竞笔笋节范筑简篮粮绍"
    "测贸销网药务传询创购码层侧滨邮输转连软导饰顾塑计设装虑励陕潘辽宝沈鲁闽赣粤琼渝滇黔陇宁"
)
_PAIRS = {t: s for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if t != s}
TRADITIONAL, SIMPLIFIED = "".join(_PAIRS), "".join(_PAIRS.values())
"""At equal places: characters of names and addresses that are written otherwise today. Not a whole
conversion: characters that became several, such as 乾, are left alone."""

SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "任": "ren", "仇": "qiu", "查": "zha", "区": "ou", "朴": "piao",
    "翟": "zhai", "缪": "miao", "乐": "yue", "华": "hua", "员": "yun", "种": "chong", "冼": "xian", "召": "shao",
    "盖": "ge", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "尹": "yin", "么": "yao",
}  # fmt: skip
"""Surnames read otherwise than the character usually is."""

READ = pa.schema([("said", pa.string()), ("pinyin", pa.string()), ("pinyin_sorted", pa.string())])


def read_aloud(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pinyin of the names in the first column: syllables in order, and sorted."""
    for batch in batches:
        said = [str(name) for name in batch.column(0).to_pylist()]
        read = [_pinyin(name) for name in said]
        columns: list[list[str]] = [
            said,
            [" ".join(r) for r in read],
            [" ".join(sorted(r)) for r in read],
        ]
        yield pa.RecordBatch.from_arrays([pa.array(c, pa.string()) for c in columns], schema=READ)


@lru_cache(maxsize=50_000)
def _syllable(character: str) -> str:
    return lazy_pinyin(character, style=Style.NORMAL, errors="default")[0].lower()


def _pinyin(name: str) -> list[str]:
    if name.isascii():
        return name.lower().split()
    for length in (2, 1):
        surname, rest = name[:length], name[length:]
        if surname in SURNAMES and rest:
            return [*SURNAMES[surname].split(), *map(_syllable, rest)]
    return [_syllable(c) for c in name if not c.isspace()]
