#!/usr/bin/env python3
"""Prints correlation_vectors.txt: what SciPy says.

    python3 tests/golden/make_correlation_vectors.py > tests/golden/correlation_vectors.txt

Needs SciPy (Debian: python3-scipy; the file was made with 1.10.1). The input depends on the seed
only; other versions may differ in the last digits of a result. Lines:

    student <t> <degrees> | <two-sided p>
    spearman <left values> / <right values> | <rho> <p>
    points <metric> <value> <values before> | <100 times the share of days below, see readiness>

"points" is the formula of recovery readiness, written down a second time.
"""

import math
import random

import numpy
from scipy import stats

SEED = 20260502


def result(value):
    return f"{value:.14g}"


def print_student(t, degrees):
    print("student", repr(float(t)), degrees, "|", result(2 * stats.t.sf(abs(t), degrees)))


def print_spearman(left, right):
    rho, p = stats.spearmanr(left, right)
    print("spearman", *map(repr, map(float, left)), "/", *map(repr, map(float, right)), "|",
          result(rho), result(p))


def print_points(metric, value, before):
    values = numpy.array([value, *before], dtype=float)
    if metric == "hrv_rmssd":
        values = numpy.log(values)
    x, before_x = values[0], values[1:]
    least = 0.02 if metric == "hrv_rmssd" else 0.02 * before_x.mean()
    z = (x - before_x.mean()) / max(before_x.std(ddof=1), least)
    if metric == "resting_hr":
        z = -z
    print("points", metric, repr(float(value)), *map(repr, map(float, before)), "|",
          result(100 * stats.norm.cdf(z)))


def students(source):
    # Both ends, both sides of the place where the other expansion takes over, few and many degrees.
    for degrees in (1, 2, 3, 5, 19, 20, 40, 88, 89, 500):
        for t in (0, 1e-9, 0.01, 0.5, 1, 1.6, 1.7, 2, 3, 5, 8, 20, 100, -2.5):
            yield t, degrees
    for _ in range(200):
        yield source.uniform(-12, 12), source.randint(1, 120)


def pairs(source):
    # The vectors of the HTTP contract.
    left = [70, 72, 72, 75, 80, 81, 81, 81, 79, 65, 60, 90, 88, 87, 77, 74, 73, 72, 71, 70, 69]
    right = [40, 42, 41, 45, 50, 47, 52, 51, 44, 38, 36, 58, 55, 57, 46, 43, 44, 42, 39, 41, 40]
    yield left, right
    yield left, right[::-1]
    yield range(21), range(21)
    yield range(21), range(21, 0, -1)
    # One tie group against all different; hardly any different values.
    yield [1] * 20 + [2], range(21)
    yield [1, 2] * 11, [1, 1, 2, 2] * 5 + [1, 2]
    # Independent, connected, inverse; whole numbers make ties, as scores do.
    for slope in (0, 0, 0.2, 0.5, 1, 3, -0.4, -2):
        for count in (21, 22, 30, 47, 60, 89, 90):
            base = [source.gauss(0, 1) for _ in range(count)]
            yield ([round(75 + 8 * x) for x in base],
                   [round(50 + 9 * (slope * x + source.gauss(0, 1))) for x in base])
    # Without ties, and almost perfect, where p is tiny.
    for count in (3, 4, 7, 21, 50, 90):
        base = [source.random() for _ in range(count)]
        yield base, [x + source.gauss(0, 0.02) for x in base]
        yield base, [source.random() for _ in base]


def points(source):
    for count in (14, 15, 30, 59, 60):
        for metric, level, spread in (("hrv_rmssd", 52, 9), ("sleep_score", 77, 7), ("resting_hr", 48, 3)):
            before = [round(source.gauss(level, spread)) for _ in range(count)]
            for distance in (-4, -1.5, -0.3, 0, 1, 2.5):
                yield metric, round(level + distance * spread), before
    for metric, level in (("hrv_rmssd", 52), ("sleep_score", 77), ("resting_hr", 48)):
        yield metric, level + 1, [level] * 60


def main():
    source = random.Random(SEED)
    for t, degrees in students(source):
        print_student(t, degrees)
    for left, right in pairs(source):
        print_spearman(list(left), list(right))
    for metric, value, before in points(source):
        print_points(metric, value, before)


main()
