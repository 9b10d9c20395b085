"""How sure a share is that was counted: intervals that hold in 95 of 100 such counts."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

Z95 = 1.959963984540054
"""The standard normal's 97.5 % point."""
STEPS = 200
"""Halvings: more than a double can tell apart."""


def wilson(found: int, total: int) -> tuple[float, float]:
    """The 95 % interval of Wilson (1927) for a share: good for shares near 1 and small counts, too.

    Raises:
        ValueError: not 0 <= found <= total, or nothing was counted.
    """
    _check(found, total)
    share, extra = found / total, Z95**2 / total
    middle = (share + extra / 2) / (1 + extra)
    half = Z95 * sqrt(share * (1 - share) / total + extra / (4 * total)) / (1 + extra)
    low = 0.0 if found == 0 else max(0.0, middle - half)
    high = 1.0 if found == total else min(1.0, middle + half)
    return low, high


def clopper_pearson(found: int, total: int) -> tuple[float, float]:
    """The exact 95 % interval of Clopper and Pearson (1934) for a share; for rare things.

    Raises:
        ValueError: not 0 <= found <= total, or nothing was counted.
    """
    _check(found, total)
    low = 0.0 if found == 0 else _share_where(found - 1, total, 0.975)
    high = 1.0 if found == total else _share_where(found, total, 0.025)
    return low, high


def at_most(found: int, total: int) -> float:
    """The share that is not exceeded, with 95 % confidence (one-sided, exact).

    For none found it is about 3 / total: the rule of three.

    Raises:
        ValueError: not 0 <= found <= total, or nothing was counted.
    """
    _check(found, total)
    return 1.0 if found == total else _share_where(found, total, 0.05)


def _check(found: int, total: int) -> None:
    if total < 1 or not 0 <= found <= total:
        raise ValueError(f"{found} of {total} is no share: count at least one, and find no more than that")


def _share_where(most: int, total: int, chance: float) -> float:
    """The share at which finding ``most`` or fewer has that chance; it falls as the share grows."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _at_most_found(most, total, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most_found(most: int, total: int, share: float) -> float:
    """The chance of finding ``most`` or fewer of ``total``, each with that chance."""
    if share <= 0.0:
        return 1.0
    if share >= 1.0:
        return 0.0
    fixed, yes, no = lgamma(total + 1), log(share), log1p(-share)
    logs = [
        fixed - lgamma(k + 1) - lgamma(total - k + 1) + k * yes + (total - k) * no for k in range(most + 1)
    ]
    return min(1.0, sum(exp(one) for one in logs))
