"""Reading Chinese: the likeliest sequence of words and names in a stretch of text.

Every dictionary word, and everything that has the shape of a personal name, is an edge from where
it starts to where it ends, and costs -ln of how likely it is; the cheapest path is the reading.
So a name is found only where it explains the characters better than ordinary words do: 高兴 is a
word, 高兴旺 a name. Costs come from counts (`tables.py`), the few weights below from measurement.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log

from masking.lexicon import tables

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
DOTS = "·•‧・．"
RUN = re.compile(f"[{HAN}][{HAN}{DOTS}]*")
LONGEST_RUN = 400
LONGEST_NAME = 20

W = dict(
UNKNOWN = 13.0,
NAME = 4.6,
LISTED = 0.5,
FOREIGN = 6.5,
FCHAR = 9.0,
DOT = -5.0,
ONE=1.3, TWO = 0.35,
FLOOR = 9.5,
TITLE=-2.5, VERB=-1.5, PARTICLE=-0.5, ROLE=-2.5, WORD=-0.5, PLACE=4.0, COLON=-2.5, EDGE=-0.5, BRACKET=-1.0, NOTB=1.0,
FOREIGN_SHORT=1.0, JP=9.0, DICTNAME=0.0, WORDNAME=2.0, RAREC=10.0
)

@dataclass(frozen=True, slots=True)
class Piece:
    """A word or name of a reading; `letter` as in the word list, `c` for a name that is not in it."""

    start: int
    end: int
    letter: str


class Reader:
    """The tables, arranged for reading."""

    def __init__(self, **kw) -> None:
        w = self.w = W | kw
        words = tables.words()
        self.costs, self.letters = words.costs, words.letters
        characters = tables.name_characters()
        self.only, self.first, self.last = (characters[k] for k in ("only", "first", "last"))
        self.foreign = characters["foreign"]
        context = tables.groups("name_context.txt")
        self.after = dict.fromkeys(context["particle_after"], w['PARTICLE'])
        self.after |= dict.fromkeys(context["verb_after"], w['VERB'])
        self.after |= dict.fromkeys(context["title_after"], w['TITLE'])
        self.place = frozenset(context["place_after"])
        self.before = dict.fromkeys(context["word_before"], w['WORD'])
        self.before |= dict.fromkeys(context["role_before"], w['ROLE'])
        self.surnames = {s: w['NAME'] - log(p) for s, p in tables.surname_shares().items()}
        from masking.lexicon.build import NEVER_GIVEN
        self.never = NEVER_GIVEN|set('已客播辞')
        self.compound = frozenset(s[0] for s in self.surnames if len(s) > 1)
        self.japanese = frozenset(' '.join(tables.lines("japanese_surnames.txt")).split())
        self.jfirst = frozenset(s[0] for s in self.japanese)

    def read(self, run: str, left='', right='') -> list[Piece]:
        """The cheapest path through one run of Chinese characters."""
        size = len(run)
        self.left, self.right = left, right
        best = [1e9] * (size + 1)
        came: list[tuple[int, str]] = [(0, "")] * (size + 1)
        best[0] = 0.0
        for i in range(size):
            for end, cost, letter in self.edges(run, i, size):
                total = best[i] + cost
                if total < best[end]:
                    best[end] = total
                    came[end] = (i, letter)
        pieces = []
        end = size
        while end:
            start, letter = came[end]
            pieces.append(Piece(start, end, letter or self.letters.get(run[start:end], "w")))
            end = start
        return pieces[::-1]

    def edges(self, run, i, size):
        costs = self.costs
        ch = run[i]
        found = [(i + 1, costs.get(ch) or self.w['UNKNOWN'], "")]
        end = i + 2
        while end <= size:
            cost = costs.get(run[i:end])
            if cost is None:
                break
            if cost:
                letter = self.letters[run[i:end]]
                if letter in "gf":
                    found.append((end, cost + self.w['DICTNAME'] + self.context(run, i, end, size), letter))
                    found.append((end, cost+self.w['WORDNAME'], 'w'))
                else:
                    found.append((end, cost, ""))
            end += 1
        surname = self.surnames.get(ch)
        if surname is not None:
            self.names(found, run, i, i + 1, surname, size)
        if ch in self.compound:
            for n in (2, 4):
                surname = self.surnames.get(run[i : i + n])
                if surname is not None and n > 1:
                    self.names(found, run, i, i + n, surname, size)
        if ch in self.jfirst:
            for n in (2,3):
                if run[i:i+n] in self.japanese:
                    for e in range(i+n, min(size, i+n+3)+1):
                        c = self.w['JP'] + sum(min(self.first.get(x, 9), self.last.get(x, 9), costs.get(x) or 13) for x in run[i+n:e]) + (2 if e==i+n or e==i+n+3 else 0)
                        found.append((e, c+ self.context(run, i, e, size), 'c'))
        if ch in self.foreign:
            self.foreigners(found, run, i, size)
        return found

    def names(self, found, run, i, j, surname, size):
        if j < size:
            a = self.only.get(run[j]) or (self.w['FLOOR'] if run[j] not in self.never and (self.costs.get(run[j]) or 13)>self.w['RAREC'] else None)
            if a is not None:
                found.append((j + 1, surname + self.w['ONE'] + a + self.context(run, i, j + 1, size), "c"))
        if j + 1 < size:
            F=self.w['FLOOR']
            a = self.first.get(run[j], F)
            b = self.last.get(run[j + 1], F)
            if a + b < 2 * F and run[j+1] not in self.never and run[j] not in self.never:
                found.append((j + 2, surname + self.w['TWO'] + a + b + self.context(run, i, j + 2, size), "c"))

    def foreigners(self, found, run, i, size):
        cost = self.w['FOREIGN'] + self.foreign[run[i]]
        end = i + 1
        dotted = False
        while end < size and end < i + LONGEST_NAME:
            c = run[end]
            if c in DOTS:
                dotted = True
                cost += self.w['DOT']
                end += 1
                continue
            more = self.foreign.get(c)
            if more is None:
                if not dotted:
                    break
                more = self.w['FCHAR']
            cost += more
            end += 1
            found.append((end, cost + self.context(run, i, end, size) + (self.w['FOREIGN_SHORT'] if end-i==2 else 0), "f"))

    def context(self, run, i, j, size):
        after, before, w = self.after, self.before, self.w
        if j == size:
            r = self.right
            bonus = w['COLON'] if r == ':' else w['BRACKET'] if r == '(' else w['EDGE'] if r!='》' else 1.0
        else:
            a, b, c = run[j], run[j : j + 2], run[j : j + 3]
            if a in self.place or b in self.place or c in self.place:
                bonus = w['PLACE']
            else:
                bonus = min(after.get(a, 0.0), after.get(b, 0.0), after.get(c, 0.0))
        if not i:
            r = self.left
            return bonus + (w['COLON'] if r == ':' else 1.0 if r=='《' else w['EDGE'])
        return bonus + min(
            before.get(run[i - 1], 0.0), before.get(run[max(0, i - 2) : i], 0.0), before.get(run[max(0, i - 3) : i], 0.0)
        )


@lru_cache(1)
def reader() -> Reader:
    return Reader()


def pieces(text: str, rd=None) -> list[Piece]:
    found = []
    read = (rd or reader()).read
    text = text.replace('：',':').replace('（','(')
    for m in RUN.finditer(text):
        s, e = m.span()
        run = m[0]
        for k in range(0, len(run), LONGEST_RUN):
            found += [Piece(s + k + p.start, s + k + p.end, p.letter) for p in read(run[k : k + LONGEST_RUN], text[s-1:s] if s else '', text[e:e+1])]
    return found
