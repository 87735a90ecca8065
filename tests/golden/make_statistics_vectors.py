#!/usr/bin/env python3
"""Prints statistics_vectors.txt: what Python's own statistics module says.

    python3 tests/golden/make_statistics_vectors.py > tests/golden/statistics_vectors.txt

Needs Python 3.11 or newer: older ones round the standard deviation twice. The output depends on the
seed only. Lines:

    sample <values> | <mean> <stdev> <median> <q1> <q3>
    round <value> <decimals> | <round()> <format .nf> <format +.nf>

Numbers are in Python's shortest form that reads back to the same double.
"""

import random
import statistics

SEED = 20260501


def print_sample(values):
    values = [float(value) for value in values]
    first, _, third = statistics.quantiles(values, n=4)
    results = [statistics.mean(values), statistics.stdev(values), statistics.median(values), first, third]
    print("sample", *map(repr, values), "|", *map(repr, results))


def print_rounding(value, decimals):
    value = float(value)
    print("round", repr(value), decimals, "|", repr(round(value, decimals)),
          f"{value:.{decimals}f}", f"{value:+.{decimals}f}")


def samples(source):
    # The vectors of the HTTP contract, then the edges: zero, constant, hardly different, huge and tiny.
    yield range(1, 8)
    yield range(1, 9)
    yield [50, 52, 48, 55, 60, 41, 47, 49, 51, 53]
    yield [10] * 6 + [12]
    yield [0, 0]
    yield [0.1] * 10
    yield [0.1, 0.2]
    yield [1, 1 + 2**-52]
    yield [1, 1, 1 + 2**-52]
    yield [1e15, 1e15 + 0.125, 1e15 + 0.25]
    yield [1e16, 1, -1e16]
    yield [1e70, -1e70, 1e-70]
    yield [3e-70, 4e-70, 9e-70]
    yield [-1, 1]
    # The mean lies exactly between two doubles, and dividing the rounded sum gives the wrong one.
    yield [1, 2, 4.5 * 2**-52]
    yield [-1, -2, -4.5 * 2**-52]
    yield [2**53, 2**53 + 2, 2**53 + 4, 1]
    # Whole and one-decimal values as a watch records them.
    for _ in range(100):
        count = source.randint(2, 24)
        yield [source.randint(20, 120) for _ in range(count)]
    for _ in range(60):
        count = source.randint(2, 16)
        yield [round(source.gauss(50, 12), 1) for _ in range(count)]
    # All bits in use, small spread far from zero, magnitudes far apart, mixed signs.
    for _ in range(40):
        yield [source.random() for _ in range(source.randint(2, 6))]
    for _ in range(20):
        yield [1e6 + source.random() for _ in range(source.randint(2, 6))]
    for _ in range(20):
        yield [source.uniform(-1, 1) * 10.0 ** source.randint(-60, 60) for _ in range(source.randint(2, 6))]
    # One long series: five years of nights.
    yield [source.randint(25, 95) for _ in range(1826)]


def roundings(source):
    yield from [(2.675, 2), (0.125, 2), (0.25, 1), (62.5, 0), (12.5, 0), (13.5, 0), (-0.04, 1), (0.0, 1),
                (-0.0, 1), (0.5, 0), (-0.5, 0), (1.5, 0), (1e15 + 0.5, 0), (5e-324, 3), (0.05, 1), (999.995, 2)]
    for _ in range(40):
        yield source.randint(0, 4000) / 8, source.randint(0, 2)
    for _ in range(40):
        yield source.uniform(-200, 200), source.randint(0, 4)


def main():
    source = random.Random(SEED)
    for values in samples(source):
        print_sample(list(values))
    for value, decimals in roundings(source):
        print_rounding(value, decimals)


main()
