"""Free text: our fast path and Presidio's BatchAnalyzerEngine, same recognisers, same answers.

`python -m benchmarks text --texts 100000`: Presidio is measured on a part of the texts, whose cost
per text stands for the rest (processor time of one core for both); the answers are compared on that
part. Call-centre notes repeat their clauses, and the fast path reads a clause once; `--unlike` makes
every clause differ, so that nothing repeats.
"""

import argparse
import json
import random
import time

from presidio_analyzer import BatchAnalyzerEngine

from masking.presidio import analyzer
from masking.text import detect_batch

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平文华建国志红"
TOWNS = (
    "上海市浦东新区",
    "广州市天河区",
    "北京市海淀区",
    "成都市武侯区",
    "武汉市洪山区",
    "西安市雁塔区",
)
SAID = (
    "客户{name}来电反映手机银行无法登录，要求尽快处理",
    "{name}女士咨询信用卡账单分期业务，已告知手续费标准",
    "来电人{name}询问房贷提前还款流程，身份证号{id}",
    "客户称其在网点办理业务时等待时间过长，柜员态度不好，要求投诉并给出解释",
    "客户反映取款机未出钞但已扣款500元，交易时间为昨天下午3点",
    "用户咨询理财产品到期后是否自动续期，已解答，客户满意，无其他问题",
    "客户要求将对账单寄至{town}人民路{n}号{n}室",
    "核实资料时发现预留邮箱{mail}已停用，客户表示会到网点更新",
    "客户投诉订单{order}的积分没有到账，希望三个工作日内答复",
    "客户{name}在{town}工作，想把工资卡换成社保卡",
)
THEN = (
    "联系电话{mobile}，请于今天下午回复。", "手机{mobile}。", "已登记并转相关部门处理。", "客户表示考虑后再联系。",
    "卡号{card}已临时冻结。", "本次服务评价为非常满意。", "客户同意继续办理，感谢来电。",
)  # fmt: skip
WORDS = (
    "办理", "业务", "查询", "余额", "账户", "手续", "客户", "网点", "柜台", "经理", "投诉", "解释",
    "处理", "信用", "额度", "利率", "贷款", "还款", "逾期", "协商", "减免", "申请", "资料", "证明",
    "收入", "登记", "回复", "满意", "服务", "质量", "等待", "时间", "系统", "升级", "维护", "通知",
    "短信", "提醒", "验证", "绑定", "解除", "转账", "汇款", "到账", "退回", "原因", "核实", "更新",
    "信息", "地址", "单位", "工作",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure both, print a table and JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks text", description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--presidio-texts", type=int, default=3_000)
    parser.add_argument("--unlike", action="store_true", help="no clause occurs twice")
    asked = parser.parse_args(arguments)
    texts = made_up(asked.texts, asked.unlike)
    part = texts[: asked.presidio_texts]
    detect_batch(made_up(10, True))
    started = time.process_time()
    found = detect_batch(texts)
    ours = (time.process_time() - started) / len(texts)
    engine = BatchAnalyzerEngine(analyzer())
    engine.analyze_iterator(part[:10], "zh")
    started = time.process_time()
    theirs_found = engine.analyze_iterator(part, "zh")
    theirs = (time.process_time() - started) / len(part)
    same = all(
        [(s.kind.value.upper(), s.start, s.end, s.score) for s in spans]
        == [(r.entity_type, r.start, r.end, r.score) for r in results]
        for spans, results in zip(found, theirs_found, strict=False)
    )
    measured = {
        "texts": len(texts), "characters": round(sum(map(len, texts)) / len(texts), 1),
        "spans": sum(map(len, found)), "unlike": asked.unlike, "seconds": round(ours * len(texts), 2),
        "ours_us_per_text": round(ours * 1e6, 1), "presidio_texts": len(part),
        "presidio_us_per_text": round(theirs * 1e6, 1), "ratio": round(theirs / ours, 1), "same": same,
    }  # fmt: skip
    for name, value in measured.items():
        print(f"{name:22}{value:>14}")
    print(json.dumps(measured))


def made_up(count: int, unlike: bool) -> list[str]:
    """Notes of some sixty characters about nobody, the same every time."""
    draw = random.Random(20261121)  # noqa: S311 - not a secret
    return [_note(draw, unlike) for _ in range(count)]


def _note(draw: random.Random, unlike: bool) -> str:
    facts = {
        "name": draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice([1, 2, 2]))),
        "mobile": f"1{draw.choice([38, 39, 50, 86])}{draw.randrange(10**8):08}",
        "id": f"110105{draw.randrange(1950, 2006)}0{draw.randrange(1, 9)}1{draw.randrange(10**5):05}",
        "card": f"622202{draw.randrange(10**13):013}",
        "mail": f"u{draw.randrange(10**6)}@example.com",
        "order": f"2026{draw.randrange(10**12):012}",
        "town": draw.choice(TOWNS),
        "n": str(draw.randrange(1, 999)),
    }
    note = f"{draw.choice(SAID)}，{draw.choice(THEN)}".format(**facts)
    if not unlike:
        return note
    return "，".join(clause + "".join(draw.choices(WORDS, k=3)) for clause in note.split("，"))
