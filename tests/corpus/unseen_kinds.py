"""The kinds of the unseen corpus and its look-alikes, each with what makes a value."""

import random
import string

from tests.corpus import unseen_values as u
from tests.corpus.unseen_checks import luhn
from tests.corpus.unseen_values import Maker, digits


def pick(*makers: Maker) -> Maker:
    return lambda r: r.choice(makers)(r)


def words(*choices: str) -> Maker:
    return lambda r: r.choice(choices)


def shaped(shape: str) -> Maker:
    """`#` a digit, `@` a capital letter, `%` a hexadecimal digit; the rest as it stands."""

    def value(r: random.Random) -> str:
        made = (
            digits(r, 1)
            if c == "#"
            else r.choice(string.ascii_uppercase)
            if c == "@"
            else r.choice("0123456789abcdef")
            if c == "%"
            else c
            for c in shape
        )
        return "".join(made)

    return value


# `kind` or `kind:form`; what stands before the colon is the kind a careful reader would u.name.
# A form that ends in `u.wrong` has a u.wrong check digit: to be found all the same, as suspect.
MAKERS: dict[str, Maker] = {
    "resident_id": pick(
        u.resident,
        u.resident,
        u.resident_x,
        lambda r: u.resident_x(r).lower(),
        lambda r: u.spaced(u.resident(r), (6, 8)),
        lambda r: u.spaced(u.resident(r), (6, 4, 4)),
        lambda r: u.resident(r).translate(u.FULL),
        lambda r: u.spaced(u.resident(r), (6, 8), "-"),
    ),
    "resident_id:plain": pick(u.resident, u.resident, u.resident_x),
    "resident_id:spoken": lambda r: (
        u.resident_x(r) if r.random() < 0.2 else u.resident(r)
    ).translate(u.SPOKEN),
    "resident_id:old": u.old_resident,
    "resident_id:zero": lambda r: u.zero_width(u.resident(r)),
    "resident_id:abolished": lambda r: u.identity(r, r.choice(u.ABOLISHED)),
    "resident_id:permit": lambda r: u.identity(r, r.choice(("810000", "820000", "830000"))),
    "resident_id:apart": lambda r: " ".join(u.resident(r)),
    "resident_id:cut": lambda r: u.spaced(u.resident(r), (6, 8), r.choice((" ", "　", "."))),
    "resident_id:wrong": lambda r: u.wrong(u.resident(r), r),
    "foreign_pr_card": u.foreign_card,
    "foreign_pr_card:old": u.old_foreign_card,
    "foreign_pr_card:wrong": lambda r: u.wrong(u.foreign_card(r), r),
    "passport": u.passport,
    "passport:full": lambda r: ("E" + digits(r, 8)).translate(u.FULL).replace("E", "Ｅ"),
    "passport:hk": lambda r: r.choice(
        ("K" + digits(r, 8), "H" + digits(r, 8), "KJ" + digits(r, 7))
    ),
    "passport:mo": lambda r: "MA" + digits(r, 7),
    "hkmo_permit": u.permit_hk,
    "hkmo_permit:out": lambda r: r.choice(
        ("C" + digits(r, 8), "C" + r.choice("ABCDE") + digits(r, 7))
    ),
    "tw_permit": lambda r: digits(r, 8),
    "tw_permit:out": lambda r: "T" + digits(r, 8),
    "military_id": u.military,
    "military_id:police": lambda r: "0" + digits(r, 5),
    "driver_licence": u.resident,
    "driver_licence:file": lambda r: r.choice(u.REGIONS)[:4] + digits(r, 8),
    "uscc": u.uscc,
    "uscc:lower": lambda r: u.uscc(r).lower(),
    "uscc:spaced": lambda r: u.by_four(u.uscc(r)),
    "uscc:wrong": lambda r: u.wrong(u.uscc(r), r),
    "org_code": lambda r: (lambda v: v[:8] + "-" + v[8])(u.org_code(r)),
    "org_code:joined": u.org_code,
    "org_code:wrong": lambda r: (lambda v: v[:8] + "-" + v[8])(u.wrong(u.org_code(r), r)),
    "tax_code": u.old_tax,
    "tax_code:own": lambda r: u.resident(r) + digits(r, 2),
    "business_licence": u.licence,
    "business_licence:wrong": lambda r: u.wrong(u.licence(r), r),
    "bank_card": pick(
        u.card,
        u.card,
        lambda r: u.by_four(u.card(r)),
        lambda r: u.by_four(u.card(r, 16), "-"),
        lambda r: u.card(r).translate(u.FULL),
    ),
    "bank_card:plain": u.card,
    "bank_card:long": lambda r: u.card(r, 19),
    "bank_card:spoken": lambda r: u.card(r, 19).translate(u.SPOKEN),
    "bank_card:zero": lambda r: u.zero_width(u.card(r, 19)),
    "bank_card:wrong": lambda r: u.wrong(u.card(r), r),
    "bank_card:visa": lambda r: (lambda b: u.by_four(b + luhn(b)))("4" + digits(r, 14)),
    "bank_account": u.account,
    "bank_account:spaced": lambda r: u.by_four(u.account(r)),
    "mobile": u.mobile_typed,
    "mobile:plain": u.mobile,
    "mobile:spoken": u.mobile_spoken,
    "mobile:abroad": u.mobile_abroad,
    "mobile:full": lambda r: u.mobile(r).translate(u.FULL),
    "mobile:zero": lambda r: (lambda m: m[:3] + "\u200b" + m[3:])(u.mobile(r)),
    "mobile:dotted": lambda r: u.spaced(u.mobile(r), (3, 4), "."),
    "mobile:apart": lambda r: " ".join(u.mobile(r)),
    "mobile:wide": lambda r: u.spaced(u.mobile(r), (3, 4), r.choice(("－", "-", "　"))).translate(
        u.FULL
    ),
    "mobile:tw": lambda r: "09" + digits(r, 2) + "-" + digits(r, 3) + "-" + digits(r, 3),
    "landline": u.landline,
    "landline:plain": lambda r: (lambda a: f"{a}-{u.local(r, a)}")(r.choice(u.AREA8)),
    "landline:ext": u.extension,
    "landline:local": lambda r: u.local(r, "021"),
    "landline:abroad": u.landline_abroad,
    "phone:us": lambda r: r.choice(
        (
            f"+1 ({r.randint(201, 989)}) 555-0{digits(r, 3)}",
            f"({r.randint(201, 989)}) 555-0{digits(r, 3)}",
            f"+1-{r.randint(201, 989)}-555-0{digits(r, 3)}",
        )
    ),
    "hotline": u.hotline,
    "email": u.email,
    "wechat": u.wechat,
    "qq": u.qq,
    "plate": u.plate,
    "plate:dot": lambda r: (lambda p: p[:2] + r.choice(("·", " ", "-", "•")) + p[2:])(u.plate(r)),
    "plate:full": lambda r: u.plate(r).translate(u.FULL),
    "plate:green": u.plate_green,
    "plate:special": u.plate_special,
    "vin": u.vin,
    "vin:lower": lambda r: u.vin(r).lower(),
    "vin:wrong": lambda r: (
        lambda v: v[:8] + r.choice([d for d in "0123456789X" if d != v[8]]) + v[9:]
    )(u.vin(r)),
    "imei": u.imei,
    "imei:dashed": lambda r: (lambda v: f"{v[:2]}-{v[2:8]}-{v[8:14]}-{v[14]}")(u.imei(r)),
    "imei:wrong": lambda r: u.wrong(u.imei(r), r),
    "mac": lambda r: (
        lambda m: r.choice(
            (
                ":".join(m[i : i + 2] for i in range(0, 12, 2)),
                "-".join(m[i : i + 2] for i in range(0, 12, 2)),
                ":".join(m[i : i + 2] for i in range(0, 12, 2)).lower(),
                ".".join(m[i : i + 4] for i in range(0, 12, 4)).lower(),
            )
        )
    )(u.mac(r)),
    "ip": u.ipv4,
    "ip:6": u.ipv6,
    "postcode": lambda r: r.choice("13456789") + r.choice("0123456") + digits(r, 4),
    "birth_date": u.birth,
    "birth_date:machine": lambda r: "{:04}-{:02}-{:02}".format(*u.day(r)),
    "birth_date:en": u.birth_en,
    "birth_date:short": lambda r: "{}年{}月{}日".format(*u.day(r, 45, 99)),
    "person_name": u.name,
    "person_name:any": u.name_any,
    "person_name:compound": lambda r: r.choice(u.COMPOUND) + u.given(r),
    "person_name:minority": words(*u.MINORITY),
    "person_name:pinyin": u.pinyin,
    "person_name:en": lambda r: f"{r.choice(u.FIRST)} {r.choice(u.LAST)}",
    "person_name:trad": words(
        "陳大文", "黃志強", "劉美玲", "張國強", "葉問天", "鄭秀雯", "吳嘉儀", "楊偉業"
    ),
    "address": u.address,
    "address:short": u.address_short,
    "address:rural": u.address_rural,
    "company_name": u.company,
    "company_name:body": u.institution,
    "company_name:en": u.company_en,
    "occupation": words(*u.JOBS),
    "amount": u.amount,
    "password": u.secret,
    "otp": lambda r: digits(r, r.choice((4, 6, 6, 6))),
    "card_security": lambda r: digits(r, 3),
    "location": u.point,
    # Look-alikes: a careful reader sees none of the above in them.
    "~order": pick(
        shaped("2026090112######"),
        shaped("DD2026############"),
        shaped("7#################"),
        shaped("E2026##########001"),
        shaped("20260901##########"),
    ),
    "~stamp": words(
        "20260901123456",
        "1693526400",
        "1693526400123",
        "20251231235959",
        "1767196800",
        "202609011234",
    ),
    "~day": words(
        "2026年9月1日", "2025-12-31", "2026/3/15", "2026.06.18", "11月11日", "20260901", "3月15日"
    ),
    "~clock": words("9:30", "14:05:33", "23点59分", "08:00-17:30", "下午3点"),
    "~isbn": words("978-7-302-51234-1", "9787111213826", "978-7-115-42802-8", "7-302-02368-X"),
    "~ean": words("6901234567892", "6921168509256", "6954767430522"),
    "~parcel": pick(
        shaped("SF1############"),
        shaped("YT############0"),
        shaped("JD00###########"),
        shaped("77301########"),
        shaped("EMS1#######CN"),
        shaped("75#############"),
    ),
    "~contract": pick(
        shaped("HT-2026-####"),
        shaped("ZJ2026-SX-0####"),
        shaped("GF-2020-02##"),
        shaped("(2026)浙01民初####号"),
    ),
    "~hex32": shaped("%" * 32),
    "~hex40": shaped("%" * 40),
    "~uuid": shaped("%%%%%%%%-%%%%-4%%%-a%%%-%%%%%%%%%%%%"),
    "~version": words("1.2.3.4", "10.0.19041.1", "2.2.366", "v3.14.0", "4.0.1.2", "1.0.0.3"),
    "~stock": words("600519", "000001", "300750", "688981", "601398", "002594"),
    "~meter": pick(
        shaped("33########"), shaped("0#########"), shaped("1000######"), shaped("DB-####-##")
    ),
    "~serial": pick(
        shaped("SN139########A"),
        shaped("@@138########"),
        shaped("0138########77"),
        shaped("F#@@######"),
    ),
    "~number": lambda r: str(r.randint(10, 99999)),
    "~percent": lambda r: f"{r.randint(1, 99)}.{digits(r, 2)}%",
    "~model": words(
        "ABC-1234",
        "HUAWEI Mate 60 Pro",
        "iPhone 15",
        "RTX-4090",
        "LM2596S-5.0",
        "BYD-E6",
        "TL-WR886N",
        "ZTE F660",
    ),
    "~flight": words("CA1234", "MU5102", "G1234", "D3056", "K528", "HU7801"),
    "~error": words("0x80070005", "ORA-00942", "ERR_10086", "40013", "E1101", "HTTP 502"),
}
