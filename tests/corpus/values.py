"""Made-up values of each kind, written from the standards with checksums of their own, not from our patterns."""

# ruff: noqa: E501, SIM905 - a corpus is a list of cases, one a line

import random
from collections.abc import Callable

PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split()
DIVISIONS = (
    "110101 110103 110228 120101 130102 140105 150102 210102 220102 230102 310101 310119 320102 330102 330113 340102 350102 "
    "350405 360102 362324 370102 410102 420102 422128 430102 440103 440401 450102 460105 500101 500157 510104 512301 520102 "
    "530102 540102 610102 620102 630102 640104 650102 653228 659012"
).split()
"""Some of every province, of today and of the past."""
NOWHERE = "110199 320199 330188 440199 510195 650199".split()
"""Codes no division ever had, though the province has one."""


def number(r: random.Random, n: int, first: str = "0123456789") -> str:
    return r.choice(first) + "".join(r.choice("0123456789") for _ in range(n - 1))


def born(r: random.Random) -> tuple[int, int, int]:
    return r.randint(1930, 2019), r.randint(1, 12), r.randint(1, 28)


def mod_11_2(body: str) -> str:
    carry = 0
    for c in body:
        carry = (carry + int(c)) * 2 % 11
    return "0123456789X"[(12 - carry) % 11]


def luhn_digit(body: str) -> str:
    total = 0
    for place, c in enumerate(reversed(body)):
        d = int(c) * (2 if place % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return str(-total % 10)


def resident_id(r: random.Random, divisions: list[str] = DIVISIONS) -> str:
    y, m, d = born(r)
    body = f"{r.choice(divisions)}{y}{m:02}{d:02}{r.randint(1, 999):03}"
    return body + mod_11_2(body)


def resident_id_15(r: random.Random) -> str:
    _, m, d = born(r)
    return f"{r.choice(PROVINCES)}{r.randint(1, 29):02}{r.randint(1, 29):02}{r.randint(30, 99)}{m:02}{d:02}{r.randint(1, 999):03}"


def residence(r: random.Random, start: str) -> str:
    y, m, d = born(r)
    body = f"{start}0000{y}{m:02}{d:02}{r.randint(1, 999):03}"
    return body + mod_11_2(body)


def foreign_pr(r: random.Random) -> str:
    y, m, d = born(r)
    body = f"9{r.choice(PROVINCES)}{r.choice(['840', '826', '392', '410', '250', '276'])}{y}{m:02}{d:02}{r.randint(1, 999):03}"
    return body + mod_11_2(body)


def foreign_pr_old(r: random.Random) -> str:
    y, m, d = born(r)
    return f"{r.choice(['USA', 'GBR', 'JPN', 'KOR', 'FRA', 'DEU', 'CAN'])}{r.choice(PROVINCES)}00{y % 100:02}{m:02}{d:02}{number(r, 2)}"


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def organisation(r: random.Random) -> str:
    body = "".join(
        r.choice("0123456789ABCDEFGHJKLMNPQRTUWXY" if i < 2 else "0123456789") for i in range(8)
    )
    total = sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True))
    return body + "0123456789X0"[(11 - total % 11) % 11]


def uscc(r: random.Random) -> str:
    start = r.choice(["91", "92", "93", "12", "51", "52", "11"])
    body = (
        f"{start}{r.choice(PROVINCES)}{r.randint(1, 29):02}{r.randint(0, 29):02}{organisation(r)}"
    )
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + ALPHABET[-total % 31]


def bank_card(r: random.Random) -> str:
    prefix = r.choice(
        ["622202", "621700", "622848", "625996", "621661", "622588", "4563", "5187", "3568", "4392"]
    )
    length = r.choice([16, 19, 19, 18, 17]) if prefix.startswith("62") else 16
    body = prefix + number(r, length - 1 - len(prefix))
    return body + luhn_digit(body)


def mobile(r: random.Random) -> str:
    prefixes = "130 131 135 138 139 145 147 150 151 155 158 159 162 165 166 167 170 172 173 176 178 180 186 188 189 190 191 193 195 198 199"
    return r.choice(prefixes.split()) + number(r, 8)


AREAS = "010 021 022 025 028 0311 0371 0431 0510 0571 0591 0631 0731 0755 0791 0851 0871 0931 0991 0898".split()


def landline(r: random.Random) -> tuple[str, str]:
    area = r.choice(AREAS)
    return area, number(
        r, 8 if len(area) == 3 or area in ("0571", "0755", "0731") else 7, "2345678"
    )


def email(r: random.Random) -> str:
    name = r.choice(
        [
            "zhang.san",
            "li_si88",
            "wang-wu",
            "user+bank",
            "a1",
            "Chen.Xiaoming",
            "o.brien",
            "13900000001",
        ]
    )
    return f"{name}@{r.choice(['example.com', 'mail.example.cn', 'qq.com', '163.com', 'corp.example.com.cn', 'x-y.org'])}"


def plate(r: random.Random) -> str:
    province, letter = (
        r.choice("京沪粤浙苏鲁川渝湘鄂闽赣皖豫冀晋陕甘云贵桂琼辽吉黑蒙新藏青宁津"),
        r.choice("ABCDEFG"),
    )
    tail = r.choice(
        ["D12345", "FA1234", "12345D", "A1234", "1A234", "12A34", "88888", "B6T88", "AA123"]
    )
    digits = "".join(r.choice("0123456789") if c.isdigit() else c for c in tail)
    return province + letter + digits


def plate_special(r: random.Random) -> str:
    d = number(r, 4)
    return r.choice(
        [
            f"京A{d}警",
            f"粤B{d}学",
            f"鲁Q{d}挂",
            f"粤Z{d}港",
            f"粤Z{d}澳",
            f"使{number(r, 3)}{number(r, 3)}",
            f"沪A{d}领",
        ]
    )


def vin(r: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
    while True:
        body = (
            r.choice("L") + r.choice("SFHBVGZ") + "".join(r.choice(letters) for _ in range(6)) + "0"
        )
        body += "".join(r.choice(letters) for _ in range(4)) + number(r, 4)
        weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
        total = sum(w * int(values.get(c, c)) for w, c in zip(weights, body, strict=True))
        return body[:8] + "0123456789X"[total % 11] + body[9:]


def imei(r: random.Random) -> str:
    body = r.choice(["35", "86", "01"]) + number(r, 12)
    return body + luhn_digit(body)


def mac(r: random.Random) -> str:
    parts = [f"{r.randint(0, 255):02x}" for _ in range(6)]
    return r.choice([":".join(parts), "-".join(parts).upper(), ":".join(parts).upper()])


def ip_v4(r: random.Random) -> str:
    return ".".join(str(r.randint(1, 254)) for _ in range(4))


def ip_v6(r: random.Random) -> str:
    return r.choice([
        "2001:db8::" + f"{r.randint(1, 65535):x}",
        ":".join(f"{r.randint(4096, 65535):x}" for _ in range(8)),
        f"fe80::{r.randint(1, 65535):x}:{r.randint(1, 65535):x}",
    ])  # fmt: skip


Make = Callable[[random.Random], str]
