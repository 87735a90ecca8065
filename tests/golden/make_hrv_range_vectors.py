#!/usr/bin/env python3
"""Prints hrv_range_vectors.txt: HRV against the personal range, by SciPy.

    python3 tests/golden/make_hrv_range_vectors.py > tests/golden/hrv_range_vectors.txt

Needs SciPy (Debian: python3-scipy; the file was made with 1.10.1). The input depends on the seed
only. Lines, "-" standing for what is missing; the newest night comes last:

    hrv <chronic k> <acute k> <ms or "-" of each day> |
        <nights, mean, variation of the week> <nights, mean, deviation of the range>
        <lower, upper acute> <lower, upper chronic> <acute> <chronic>

The logarithms come from the geometric mean and deviation, not from logarithms of single nights.
"""

import random

import numpy
from scipy import stats

SEED = 20261101


def text(value):
    if value is None:
        return "-"
    return value if isinstance(value, str) else repr(float(value))


def geometric(nights):
    """Mean and deviation of the logarithms."""
    return numpy.log(stats.gmean(nights)), numpy.log(stats.gstd(nights, ddof=1))


def known(days):
    return numpy.array([ms for ms in days if ms is not None], dtype=float)


def verdict(value, lower, upper):
    return "below" if value < lower else "above" if value > upper else "within"


def standing(days, chronic_k, acute_k):
    week, before = known(days[-7:]), known(days[-67:-7])
    week_mean = variation = level = spread = None
    acute = chronic = (None, None)
    words = [None, None]
    if len(week) >= 3:
        week_mean, deviation = geometric(week)
        variation = 100 * deviation / week_mean
    if len(before) >= 30:
        level, spread = geometric(before)
        reach = max(spread, 0.02)
        acute = (level - acute_k * reach, level + acute_k * reach)
        chronic = (level - chronic_k * reach, level + chronic_k * reach)
        words[0] = verdict(numpy.log(days[-1]), *acute)
        if week_mean is not None:
            words[1] = verdict(week_mean, *chronic)
    return [len(week), week_mean, variation, len(before), level, spread, *acute, *chronic, *words]


def histories(source):
    for count in (1, 2, 3, 7, 36, 37, 38, 66, 67, 68, 120, 400):
        for gaps in (0, 0.1, 0.45):
            for shift in (-0.3, 0, 0.12):
                days = [round(numpy.exp(source.gauss(4, 0.15))) if source.random() >= gaps else None
                        for _ in range(count)]
                last = [round(numpy.exp(source.gauss(4 + shift, 0.15))) for _ in range(min(count, 7))]
                days[-len(last):] = [ms if old is not None else None
                                     for ms, old in zip(last, days[-len(last):])]
                days[-1] = last[-1]
                yield days
    # A watch that hardly ever says anything new.
    yield [55] * 59 + [56] + [55] * 7


def main():
    source = random.Random(SEED)
    for days in histories(source):
        for chronic_k, acute_k in ((0.5, 1.0), (0.75, 1.5)):
            print("hrv", chronic_k, acute_k, *map(text, days), "|",
                  *map(text, standing(days, chronic_k, acute_k)))


main()
