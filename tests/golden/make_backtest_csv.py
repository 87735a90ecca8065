#!/usr/bin/env python3
"""Prints five years of made-up nights for backtest_csv, with the autocorrelation of real ones.

    python3 tests/golden/make_backtest_csv.py SEED > nights.csv

A state that lingers for days (first-order autoregression), one that drifts through the seasons,
noise of the single night, weekends, a night in twenty that went badly, and gaps. How much there is
of each is drawn too, so another seed is another person. Needs nothing but Python.
"""

import datetime
import math
import random
import sys

FIRST_DAY = datetime.date(2020, 1, 1)


def nights(source):
    persistence = source.uniform(0.6, 0.95)
    weekend = source.uniform(0.0, 0.05)
    noise = source.uniform(0.10, 0.20)
    level = source.uniform(math.log(25), math.log(100))
    state = season = 0.0
    for age in range(1826):
        day = FIRST_DAY + datetime.timedelta(age)
        state = persistence * state + source.gauss(0, 0.1 * math.sqrt(1 - persistence**2))
        season = 0.99 * season + source.gauss(0, 0.1 * math.sqrt(1 - 0.99**2))
        bad = abs(source.gauss(0, 0.35)) if source.random() < 0.05 else 0.0
        low = (weekend if day.weekday() >= 5 else 0.0) + bad
        rmssd = math.exp(level + state + season + source.gauss(0, noise) - low)
        pulse = 50 - 9 * (state + season) + 8 * low + source.gauss(0, 1.3)
        score = 80 + 20 * state - 30 * low - abs(source.gauss(0, 6)) + source.gauss(0, 4)
        if source.random() >= 0.06:
            yield day, round(pulse), round(rmssd), max(1, min(100, round(score)))


def main():
    print("date,heart_rate,rmssd,sleep_score")
    for night in nights(random.Random(int(sys.argv[1]))):
        print(*night, sep=",")


main()
