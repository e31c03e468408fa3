"""Name: the surname stays, the given name goes. 张**, 欧阳**. What stands before a dot is a given name: 买**."""

from dataclasses import dataclass

from masking.rules.rule import Rule
from pipelines.core.sql import literal

_COMPOUND = """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台
    皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘
    子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
    段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚
    左丘 公伯 西门 公祖 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师
    纳兰 歐陽 司馬 東方 獨孤 南宮 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 鍾離 長孫 鮮于
    閭丘 軒轅 東郭 西門 第五
"""
COMPOUND_SURNAMES = tuple(_COMPOUND.split())
"""Two-character surnames, of the Hundred Family Surnames and beside them, in both scripts."""


@dataclass(frozen=True)
class Name(Rule):
    """Show the surname, and two stars whatever the length."""

    def left(self) -> str:
        return ".*[*]{2}"

    def hidden(self, text: str) -> str:
        if len(text) == 1:
            return "**"
        surname = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
        return f"{text[:surname]}**"

    def hidden_sql(self, text: str) -> str:
        compound = ", ".join(literal(name) for name in COMPOUND_SURNAMES)
        return (
            f"CASE WHEN length({text}) = 1 THEN '**'"
            f" WHEN length({text}) > 2 AND left({text}, 2) IN ({compound}) THEN left({text}, 2) || '**'"
            f" ELSE left({text}, 1) || '**' END"
        )
