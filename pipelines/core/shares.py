"""Shares: when more rows fail than a share allows, and when so few rows cannot say.

A share is what is true of many rows. One row of three is a third, and says nothing of the source: it is set
aside by itself. So a share counts as broken only if chance would hardly ever give as many failures where the
share is kept (the one-sided binomial test), or if all fail.
"""

from math import exp, fsum, lgamma, log

CHANCE = 0.001
"""How rarely chance alone may stop a batch: a channel that delivers daily meets it once in three years."""
FEWEST = 3
"""Fewer failures than this never break a share, unless they are all the rows there are."""


def is_broken(failed: int, spoken_of: int, allowed: float, rows: int | None = None) -> bool:
    """Whether more of the rows spoken of fail than the share `allowed`, beyond chance.

    `rows`: how many rows there are, also those not spoken of. A share of nothing allows no failure at all.
    """
    if not failed or failed <= allowed * spoken_of:
        return False
    if allowed <= 0 or failed == (spoken_of if rows is None else rows):
        return True
    return failed >= FEWEST and (
        failed == spoken_of or _at_least(failed, spoken_of, allowed) < CHANCE
    )


def _at_least(failed: int, of: int, share: float) -> float:
    """The probability of so many failures or more, each row failing with probability `share`."""
    if failed > 20 and failed > of * share + 6 * (of * share) ** 0.5 + 20:
        return 0.0  # so far beyond what is expected (Chernoff) that no sum is needed
    terms = (_exactly(n, of, share) for n in range(failed))
    return max(0.0, 1.0 - fsum(terms))


def _exactly(failed: int, of: int, share: float) -> float:
    ways = lgamma(of + 1) - lgamma(failed + 1) - lgamma(of - failed + 1)
    return exp(ways + failed * log(share) + (of - failed) * log(1 - share))
