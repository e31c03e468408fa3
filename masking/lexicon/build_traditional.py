"""Writes the table of traditional characters and the simplified ones they are written as today.

Run by a developer, never by the program: ``pip download --no-deps opencc-python-reimplemented==0.1.7`` and
``python -m masking.lexicon.build_traditional opencc_python_reimplemented-0.1.7-py2.py3-none-any.whl``.
Only facts leave the package: which single character is written as which. Characters that simplified texts have
too (著, 乾, 藉) are left alone: GB/T 2312 lists those.
"""

import sys
import zipfile

from masking.lexicon.tables import HERE

HEADER = (
    "# Traditional characters, and below each line the simplified ones they are written as. Sources: NOTICE.txt.\n"
    "# Written by masking/lexicon/build_traditional.py; do not edit.\n"
)
WIDTH = 100


def is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as held:
        lines = held.read("opencc/dictionary/TSCharacters.txt").decode().splitlines()
    pairs = [(one, others.split()[0]) for one, others in (line.split("\t") for line in lines)]
    kept = sorted(
        (t, s) for t, s in pairs if is_simplified(s) and not is_simplified(t) and len(t) == 1
    )
    with (HERE / "traditional.txt").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for start in range(0, len(kept), WIDTH):
            some = kept[start : start + WIDTH]
            out.write("".join(t for t, _ in some) + "\n" + "".join(s for _, s in some) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
