"""Address: down to the city, the district or the road. 广东省深圳市南山区科技路***."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from masking.rules.rule import Rule
from pipelines.core.sql import literal

HOUSE = "号栋幢座楼室厦园苑花庄小社队0-9０-９A-Za-zＡ-Ｚａ-ｚ#＃*()（）,，;； 　"
"""Characters of an estate, a house or a flat: no area and no road is named with what they stand in."""

ROAD = "路街道镇乡村巷弄"
"""Characters that end the name of a road or of what is smaller than a district."""

_NAMED_LIKE_HOUSES = """
    市北区 市南区 市中区 市辖区 新市区 沙市区 津市市 红旗区 西市区 梅县区 沙县区 赣县区
    辉县市 厦门市 石家庄市 台儿庄区 枣庄市 庄河市 庄浪县 罗庄区 小店区 小金县 社旗县 榆社县
    花溪区 花都区 花山区 花垣县 雨花区 雨花台区 望花区 杏花岭区 莲花县 红花岗区 攀枝花市
    清苑区 梁园区 绿园区 下花园区 苏州工业园区 岳阳楼区 鼓楼区 钟楼区 石楼县 路北区 路南区
    路桥区 让胡路区 上街区 二道区 二道江区 滴道区 通道侗族自治县 道县 道外区 道孚县
    道真仡佬族苗族自治县 道里区 丰镇市 北镇市 固镇县 天镇县 景德镇市 清镇市 镇原县 镇坪县
    镇宁布依族苗族自治县 镇安县 镇巴县 镇平县 镇康县 镇江市 镇沅彝族哈尼族拉祜族自治县 镇海区
    镇赉县 镇远县 镇雄县 周村区 孟村回族自治县 马村区 东乡区 东乡族自治县 乡城县 乡宁县
    内乡县 宁乡市 安乡县 平乡县 新乡县 新乡市 柏乡县 桐乡市 武乡县 湘乡市
    积石山保安族东乡族撒拉族自治县 肥乡区 萍乡市 西乡县 西乡塘区 金乡县
"""
"""Cities and counties whose own names hold such a character (national list of administrative divisions, 2023)."""

_AREA = f"[^省市区县旗{HOUSE}{ROAD}]"
_PROVINCE = f"(?:{_AREA}{{1,6}}(?:省|自治区))?"
_CITY = f"(?:{'|'.join(_NAMED_LIKE_HOUSES.split())}|{_AREA}{{1,22}}[市区县旗])"
_ROAD = f"(?:{_AREA}{{1,12}}(?:街道|胡同|[{ROAD}]))?"

PATTERNS = {
    "city": f"^({_PROVINCE}{_CITY}?)",
    "district": f"^({_PROVINCE}{_CITY}{{0,2}})",
    "road": f"^({_PROVINCE}{_CITY}{{0,2}}{_ROAD})",
}


@dataclass(frozen=True)
class Address(Rule):
    """Show an address down to `level`; of one that does not begin with an area, nothing.

    At the level of the road, stars say that there may be more. An administrative name the rule does not
    know makes the answer coarser, never finer.
    """

    level: Literal["city", "district", "road"] = "district"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(PATTERNS[self.level])

    def left(self) -> str:
        return ".*[*]{3}" if self.level == "road" else ""

    def hidden(self, text: str) -> str | None:
        found = self._pattern.match(text)
        shown = found.group(1) if found else ""
        if self.level == "road":
            return f"{shown}***"
        return shown or None

    def hidden_sql(self, text: str) -> str:
        # The whole match, not its group: RE2 finds it without tracking groups, twelve times as fast.
        shown = f"regexp_extract({text}, {literal(PATTERNS[self.level])}, 0)"
        if self.level == "road":
            return f"{shown} || '***'"
        return f"nullif({shown}, '')"
