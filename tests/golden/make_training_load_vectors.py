#!/usr/bin/env python3
"""Prints training_load_vectors.txt: fitness, fatigue, form, monotony and strain, by NumPy.

    python3 tests/golden/make_training_load_vectors.py > tests/golden/training_load_vectors.txt

Needs NumPy (Debian: python3-numpy; the file was made with 1.24.2). The input depends on the seed
only. Lines, "-" standing for what is missing; the newest day comes last and is known:

    load <load or "-" of each day> | <CTL> <coverage> <ATL> <coverage> <total> <monotony> <strain>

Fading means are weighted means with every weight written out, not a recurrence, and shown whatever
their coverage.
"""

import random

import numpy

SEED = 20261102


def text(value):
    return "-" if value is None else repr(float(value))


def fading(days, time_constant):
    ages = numpy.arange(len(days))[::-1]
    known = numpy.array([load is not None for load in days])
    loads = numpy.array([load or 0.0 for load in days], dtype=float)
    weights = numpy.exp(-ages / time_constant) * known
    endless = 1.0 / (1.0 - numpy.exp(-1.0 / time_constant))
    return numpy.average(loads, weights=weights), weights.sum() / endless


def foster(days):
    week = days[-7:]
    if len(week) < 7 or None in week:
        return None, None, None
    week = numpy.array(week, dtype=float)
    deviation = week.std(ddof=1)
    if deviation == 0:
        return week.sum(), None, None
    monotony = week.mean() / deviation
    return week.sum(), monotony, week.sum() * monotony


def histories(source):
    def load():
        return 0.0 if source.random() < 0.35 else round(source.expovariate(1 / 80), 3)
    for count in (1, 2, 6, 7, 8, 13, 14, 42, 83, 84, 90, 180, 365, 1826):
        for gaps in (0, 0.05, 0.5):
            days = [load() if source.random() >= gaps else None for _ in range(count)]
            days[-1] = load()
            yield days
    yield [0.0] * 100
    yield [64.0] * 100
    yield [0.0] * 99 + [64.0]


def main():
    for days in histories(random.Random(SEED)):
        results = [*fading(days, 42), *fading(days, 7), *foster(days)]
        print("load", *map(text, days), "|", *map(text, results))


main()
