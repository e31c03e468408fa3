"""Devices: IMEI (3GPP TS 23.003, Luhn), MAC (IEEE 802), IPv4 and IPv6 addresses (RFC 791, RFC 4291)."""

from masking.kinds import Kind
from masking.recognisers import checksum
from masking.recognisers.recogniser import Edges, Recogniser, Scores
from masking.recognisers.shapes import SEP, either

IMEI = Recogniser(
    kind=Kind.IMEI,
    name="imei",
    pattern=f"[0-9]{{2}}{SEP}[0-9]{{6}}{SEP}[0-9]{{6}}{SEP}[0-9]",
    context=("imei", "串号", "设备号", "手机串号", "串码", "设备识别码", "设备标识", "device id"),
    needs_context=True,
    glued="[Ii][Mm][Ee][Ii]",
    proof=checksum.LUHN,
    scores=Scores(proven=0.95, suspect=0.65),
    shortest=15,
    chance=0.1,
)

_HEX = "[0-9A-Fa-f]"

MAC = Recogniser(
    kind=Kind.MAC,
    name="mac",
    pattern=either(
        f"{_HEX}{{2}}(?::{_HEX}{{2}}){{5}}",
        f"{_HEX}{{2}}(?:-{_HEX}{{2}}){{5}}",
        f"{_HEX}{{4}}[.]{_HEX}{{4}}[.]{_HEX}{{4}}",
    ),
    context=("mac", "物理地址", "网卡", "mac地址", "mac address"),
    scores=Scores(shape=0.85, context=0.95),
    edges=Edges(through=":.-"),
    glued="[Mm][Aa][Cc](?:地址|[ ]?[Aa]ddress)?[ ]?[:=]?[ ]?",
    against=(),
    separators=":-.",
    gate="[0-9A-Fa-f]{2}[:.-]",
    shortest=14,
)

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = f"{_OCTET}(?:[.]{_OCTET}){{3}}"
_WIDE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9])"
_V4_WIDE = either(*(f"(?:{_OCTET}[.]){{{i}}}{_WIDE}(?:[.]{_OCTET}){{{3 - i}}}" for i in range(4)))
"""With two digits or three in at least one of its four parts."""
_H = "[0-9A-Fa-f]{1,4}"
IP_CONTEXT = (
    "ip", "ip地址", "ip address", "登录地址", "登录", "网络地址", "服务器", "host", "server", "login",
)  # fmt: skip

IP_V4 = Recogniser(
    kind=Kind.IP,
    name="ip_v4",
    pattern=f"{_V4_WIDE}(?:/[0-9]{{1,2}})?",
    glued="[Ii][Pp](?:[Vv]4)?",
    context=IP_CONTEXT,
    scores=Scores(shape=0.75, context=0.95),
    edges=Edges(before="0-9A-Za-z", after="0-9A-Za-z版"),
    separators="",
    gate="[.][0-9]",
    shortest=7,
)

IP_V4_NARROW = Recogniser(
    kind=Kind.IP,
    name="ip_v4_narrow",
    pattern=r"[0-9](?:[.][0-9]){3}(?:/[0-9]{1,2})?",
    glued="[Ii][Pp](?:[Vv]4)?",
    context=IP_CONTEXT,
    needs_context=True,
    scores=Scores(context=0.9),
    edges=Edges(before="0-9A-Za-z", after="0-9A-Za-z版"),
    separators="",
    gate="[.][0-9]",
    shortest=7,
)
"""Four single digits are a version, a clause or a chapter oftener than an address: a word must say so."""

IP_V6 = Recogniser(
    kind=Kind.IP,
    name="ip_v6",
    pattern=either(
        f"(?:{_H}:){{6}}{_V4}",
        *(f"(?:{_H}:){{{n}}}(?::{_H}){{0,{5 - n}}}:{_V4}" for n in range(1, 6)),
        f"::(?:{_H}:){{0,5}}{_V4}",
        f"(?:{_H}:){{7}}{_H}",
        *(f"(?:{_H}:){{{n}}}(?::{_H}){{1,{7 - n}}}" for n in range(1, 7)),
        f"::(?:{_H}:){{0,6}}{_H}",
        f"(?:{_H}:){{1,7}}:",
    )
    + "(?:%[0-9A-Za-z]{1,16})?(?:/[0-9]{1,3})?",
    context=("ip", "ipv6", "ip地址", "ip address"),
    scores=Scores(shape=0.75, context=0.95),
    edges=Edges(through=":."),
    glued="[Ii][Pp](?:[Vv]6)?(?:地址|[ ]?[Aa]ddress)?[ ]?[:=]?[ ]?",
    against=(),
    separators="",
    gate=":",
    shortest=3,
)
