#!/usr/bin/env python3
"""Prints prediction_vectors.txt: predictions and their backtest, by NumPy.

    python3 tests/golden/make_prediction_vectors.py > tests/golden/prediction_vectors.txt

Needs NumPy (Debian: python3-numpy; the file was made with 1.24.2). The input depends on the seed
only. Lines, "-" standing for what is missing; the first day is a Monday, and the newest night, which
is known, comes last:

    prediction <metric> <value or "-" of each day> |
        <level> <week> <night> <weekday> <lower error> <upper error>
        <nights> <model> <persistence> <week mean> <interval nights> <coverage>

Nothing is carried from night to night here: for every night the means are weighted over the whole
past, the weights of the two deviations are the least-squares solution of all lessons and two more
for the prior, and the interval is read off the sorted errors.
"""

import random

import numpy

SEED = 20261103
PRIOR = numpy.array([0.5, 0.1])


def text(value):
    return "-" if value is None else repr(float(value))


def fading(days, time_constant):
    known = numpy.flatnonzero(~numpy.isnan(days))
    return numpy.average(days[known], weights=numpy.exp(-(len(days) - 1 - known) / time_constant))


def deviations(past):
    level, week = fading(past, 60), fading(past, 7)
    found = numpy.array([week - level, past[-1] - week])
    found[numpy.abs(found) <= 1e-9 * numpy.abs([level, week])] = 0.0
    return level, found


class Lessons:
    """What was learned of each known day that follows a known one."""

    def __init__(self):
        self.inputs, self.targets, self.errors, self.weekdays = [], [], [], []
        self.with_weekday = self.without_weekday = 0.0

    def weights(self):
        if not self.inputs:
            return PRIOR
        inputs = numpy.array(self.inputs)
        if not inputs.any(axis=0).all():
            return PRIOR
        prior = numpy.diag(numpy.sqrt(10 * (inputs**2).mean(axis=0)))
        return numpy.linalg.lstsq(numpy.vstack([inputs, prior]),
                                  numpy.concatenate([self.targets, prior @ PRIOR]), rcond=None)[0]

    def addition(self, weekday):
        errors = [e for e, day in zip(self.errors, self.weekdays) if day == weekday]
        return sum(errors) / (len(errors) + 10)

    def forecast(self, past):
        level, inputs = deviations(past)
        addition = self.addition(len(past) % 7)
        if self.with_weekday >= self.without_weekday:
            addition = 0.0
        return [level, *(self.weights() * inputs), addition]

    def learn(self, past, value):
        level, inputs = deviations(past)
        error = value - level - self.weights() @ inputs
        self.without_weekday += abs(error)
        self.with_weekday += abs(error - self.addition(len(past) % 7))
        self.inputs.append(inputs)
        self.targets.append(value - level)
        self.errors.append(error)
        self.weekdays.append(len(past) % 7)


def interval(errors):
    recent = sorted(errors[-200:])
    count = len(recent)
    if count < 20:
        return None, None
    return recent[(count + 1) // 10 - 1], recent[-(-9 * (count + 1) // 10) - 1]


def run(days):
    lessons, errors, simple, inside = Lessons(), [], [], []
    for next_day in range(1, len(days)):
        past, value = days[:next_day], days[next_day]
        if numpy.isnan(past[-1]) or numpy.isnan(value):
            continue
        week = past[-7:][~numpy.isnan(past[-7:])]
        if numpy.count_nonzero(~numpy.isnan(past)) >= 21 and len(week) >= 3:
            error = value - sum(lessons.forecast(past))
            lower, upper = interval(errors)
            if lower is not None:
                inside.append(lower <= error <= upper)
            errors.append(error)
            simple.append((value - past[-1], value - week.mean()))
        lessons.learn(past, value)
    mean_errors = [numpy.abs(errors).mean(), *numpy.abs(simple).mean(axis=0)] if errors else [0, 0, 0]
    return [*lessons.forecast(days), *interval(errors), len(errors), *mean_errors, len(inside),
            numpy.mean(inside) if inside else None]


def histories(source):
    for count in (1, 2, 8, 22, 41, 42, 60, 61, 150, 400):
        for gaps in (0, 0.15):
            for metric, level, slow, fast, weekend in (("hrv_rmssd", 3.9, 0.1, 0.15, 0.1),
                                                       ("resting_hr", 50, 2, 1.5, 0.0),
                                                       ("sleep_score", 76, 3, 6, 4.0)):
                state, days = 0.0, []
                for day in range(count):
                    state = 0.9 * state + source.gauss(0, slow * 0.19**0.5)
                    value = level + state + source.gauss(0, fast) - weekend * (day % 7 in (5, 6))
                    value = numpy.exp(value) if metric == "hrv_rmssd" else value
                    is_missing = source.random() < gaps and day + 1 < count
                    days.append(None if is_missing else round(value))
                yield metric, days


def main():
    for metric, days in histories(random.Random(SEED)):
        values = numpy.array([numpy.nan if day is None else day for day in days])
        results = run(numpy.log(values) if metric == "hrv_rmssd" else values)
        print("prediction", metric, *map(text, days), "|", *map(text, results))


main()
