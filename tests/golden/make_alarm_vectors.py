#!/usr/bin/env python3
"""Prints alarm_vectors.txt: illness and overload alarms, by NumPy.

    python3 tests/golden/make_alarm_vectors.py > tests/golden/alarm_vectors.txt

Needs NumPy (Debian: python3-numpy; the file was made with 1.26.4). The input depends on the seed
only. Lines, "-" standing for what is missing:

    illness <day> <heart rate> <rMSSD> <breathing rate> <skin temperature> ... |
            <state> <evidence> ...                       one pair per night
    overload <day> <load> <strain> ... | <state> <ratio> <deviation> ...      one triple per day

Levels and spreads know no recurrence here: all that was learned is kept and weighed anew for every
night, and the days of a week are looked up one by one.
"""

import random

import numpy

SEED = 20261123


def text(value):
    if value is None:
        return "-"
    return value if isinstance(value, str) else repr(float(value))


class Usual:
    """Level and spread of a series, both fading."""

    def __init__(self, memory, least):
        self.memory, self.least = memory, least
        self.values, self.residuals = [], []

    def weights(self, rows, day):
        return numpy.exp([-(day - then) / self.memory for then, _ in rows])

    def level(self, day):
        return numpy.average([x for _, x in self.values], weights=self.weights(self.values, day))

    def spread(self, day):
        squares = [r * r for _, r in self.residuals]
        mean = numpy.average(squares, weights=self.weights(self.residuals, day))
        return max(numpy.sqrt(mean), self.least)

    def weight(self, day):
        return numpy.sum(self.weights(self.residuals, day)) if self.residuals else 0

    def known(self, day, count, weight):
        return len(self.residuals) >= count and self.weight(day) >= weight

    def learn(self, day, value):
        if not self.values:
            self.values.append((day, value))
            return
        level = self.level(day)
        residual = value - level
        if self.weight(day) >= 7:
            reach = 3 * self.spread(day)
            residual = min(max(residual, -reach), reach)
        self.values.append((day, level + residual))
        self.residuals.append((day, residual))

    def deviation(self, day, value):
        return (value - self.level(day)) / self.spread(day)


SIGNS = (1, -1, 1, 1)
LEAST = (1.0, 0.05, 0.2, 0.1)


class Illness:
    def __init__(self):
        self.forget()
        self.state, self.began, self.judged, self.before = "learning", None, None, 0
        self.alarms = []

    def forget(self):
        self.signals = [Usual(28, least) for least in LEAST]
        self.together = Usual(28, 0.4)

    def in_episode(self):
        return self.state in ("ill", "recovering")

    def signal_known(self, usual, day):
        return usual.known(day, 20, 8 * (0.4 if self.in_episode() else 1))

    def together_known(self, day):
        return self.together.known(day, 7, 5 * (0.4 if self.in_episode() else 1))

    def see(self, day, values):
        if self.in_episode() and day - self.began > 21:
            self.forget()
            self.state = "learning"
        if self.judged is not None and day - self.judged > 2 and self.state != "learning":
            self.state = "well"
        deviations = [sign * usual.deviation(day, value)
                      if value is not None and self.signal_known(usual, day) else None
                      for sign, usual, value in zip(SIGNS, self.signals, values)]
        known = [d for d in deviations if d is not None]
        composite = numpy.mean(numpy.clip(known, -4, 4)) if len(known) >= 2 else None
        evidence = None
        if composite is not None and self.together_known(day):
            evidence = self.together.deviation(day, composite)
        if evidence is not None:
            self.decide(day, evidence, deviations)
            self.judged, self.before = day, evidence
        elif self.state == "well":
            judging = sum(self.signal_known(usual, day) for usual in self.signals) >= 2
            if not (judging and self.together_known(day)):
                self.state = "learning"
        if not self.in_episode():
            for usual, value in zip(self.signals, values):
                if value is not None:
                    usual.learn(day, value)
            if composite is not None:
                self.together.learn(day, composite)
        return self.state, evidence

    def decide(self, day, evidence, deviations):
        if self.state == "ill":
            self.state = "recovering" if evidence < 1.5 else "ill"
        elif self.state == "recovering":
            if evidence < 1.5:
                self.state = "well"
            elif evidence >= 2.0:
                self.state = "ill"
        elif self.is_alarm(day, evidence, deviations):
            self.state, self.began = "ill", day
            self.alarms.append(day)
        else:
            self.state = "suspected" if evidence >= 2.0 else "well"

    def is_alarm(self, day, evidence, deviations):
        if sum(d is not None and d >= 1.0 for d in deviations) < 2:
            return False
        beside_the_heart = [d for d in deviations[2:] if d is not None]
        measured = any(self.signal_known(usual, day) for usual in self.signals[2:])
        if measured and not any(d >= 1.5 for d in beside_the_heart):
            return False
        spent = sum(day - alarm < 365 for alarm in self.alarms) >= 6
        factor = 1.3 if spent else 1
        pair = (self.state == "suspected" and evidence >= 2.0
                and evidence + self.before >= 5.5 * factor)
        return evidence >= 4.5 * factor or pair


def mean_of(rows, first, last, needed):
    found = [value for day, value in rows if first <= day <= last]
    return numpy.mean(found) if len(found) >= needed else None


class Overload:
    def __init__(self, loads, strains):
        self.loads, self.strains = loads, strains
        self.usual = Usual(56, 0.1)
        self.state = "learning"

    def see(self, day):
        week = mean_of(self.loads, day - 6, day, 6)
        usual = mean_of(self.loads, day - 34, day - 7, 21)
        sessions = sum(load > 0 for then, load in self.loads if day - 34 <= then <= day - 7)
        strain = mean_of(self.strains, day - 1, day + 1, 2)
        if week is None or usual is None or sessions < 4:
            self.state = "learning"
            return self.state, None, None
        ratio = week / usual
        value = numpy.log(max(ratio, 0.1))
        deviation = self.usual.deviation(day, value) if self.usual.known(day, 20, 10) else None
        self.usual.learn(day, value)
        if deviation is None:
            self.state = "learning"
        elif self.state == "overload":
            self.state = "overload" if ratio >= 1.15 else "usual"
        else:
            strained = (deviation >= 2.0 if strain is None
                        else deviation >= 1.5 and strain >= 0.8)
            self.state = "overload" if ratio >= 1.3 and strained else "usual"
        return self.state, ratio, deviation


def nights(source, count, signals, gaps, sick):
    """`sick`: of a night, how many deviations the signals have moved."""
    day = source.randrange(10_000, 20_000)
    for number in range(count):
        away = source.random() < gaps
        day += 1 + (source.randrange(1, 6) if away and source.random() < 0.3 else 0)
        shift = sick(number)
        made = (round(52 + 2 * (source.gauss(0, 1) + shift)),
                round(numpy.exp(4 - 0.14 * (source.gauss(0, 1) + shift))),
                round(14.5 + 0.4 * (source.gauss(0, 1) + shift), 1),
                round(34.2 + 0.3 * (source.gauss(0, 1) + shift), 2))
        yield day, [value if index < signals and not (away and source.random() < 0.5) else None
                    for index, value in enumerate(made)]


def illness_lines(source):
    courses = {
        "healthy": lambda n: 0,
        "ill once": lambda n: {70: 2, 71: 5, 72: 5, 73: 4, 74: 3, 75: 1}.get(n, 0),
        "mild": lambda n: 2.2 if 80 <= n < 85 else 0,
        "one night": lambda n: 6 if n in (60, 90) else 0,
        "a new normal": lambda n: 5 if n >= 75 else 0,
        "ill all the time": lambda n: 7 if n >= 45 and n % 12 < 4 else 0,
    }
    for course in courses.values():
        for signals, gaps in ((4, 0), (4, 0.2), (3, 0.1), (2, 0), (4, 0.7)):
            sentinel = Illness()
            given, said = [], []
            for day, values in nights(source, 150, signals, gaps, course):
                in_logarithms = [numpy.log(value) if index == 1 and value is not None else value
                                 for index, value in enumerate(values)]
                given += [day, *values]
                said += sentinel.see(day, in_logarithms)
            print("illness", *map(text, given), "|", *map(text, said))


def overload_lines(source):
    for gaps in (0, 0.05, 0.3):
        for strained in (0, 1.2):
            for has_nights in (True, False):
                day = source.randrange(10_000, 20_000)
                loads, strains = [], []
                for number in range(200):
                    day += 1 if source.random() >= gaps else source.randrange(2, 4)
                    hard = number % 70 >= 62
                    resting = gaps == 0.05 and 110 <= number < 150
                    load = source.choice((0, 40, 60, 110)) * (1 if not hard else 1.5) + 60 * hard
                    load = 0 if resting else load + 0.1 * source.random()
                    loads.append((day, round(load, 1)))
                    if has_nights and source.random() > 0.1:
                        strains.append((day, round(source.gauss(strained * hard, 0.5), 2)))
                watch = Overload(loads, strains)
                known = dict(strains)
                given, said = [], []
                for day, load in loads:
                    given += [day, load, known.get(day)]
                    said += watch.see(day)
                print("overload", *map(text, given), "|", *map(text, said))


def main():
    source = random.Random(SEED)
    illness_lines(source)
    overload_lines(source)


main()
