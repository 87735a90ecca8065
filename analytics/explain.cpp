#include "analytics/explain.hpp"

#include "analytics/baselines.hpp"
#include "analytics/comparisons.hpp"
#include "analytics/explain_alarms.hpp"
#include "analytics/explanation_writer.hpp"
#include "analytics/judging.hpp"
#include "analytics/prediction.hpp"
#include "analytics/readiness.hpp"
#include "analytics/sample.hpp"
#include "analytics/training_load.hpp"
#include "analytics/windows.hpp"

#include <span>
#include <string>
#include <utility>
#include <variant>

namespace polar_flow::analytics {

namespace {

using std::chrono::days;

std::string unit_of(metric name) {
  switch (name) {
  case metric::hrv_rmssd:
    return "ms";
  case metric::sleep_score:
    return "points";
  case metric::resting_hr:
    return "1/min";
  case metric::training_load:
    return "load";
  case metric::training_load_ratio:
    return "ratio";
  }
  return {};
}

// -- baselines -------------------------------------------------------------------------------

void explain_rolling(explanation_writer& out, const std::string& unit,
                     std::span<const dated_value> values, int length) {
  const auto number = std::to_string(length);
  out.window("last_" + number + "_days", unit, values, days_until(values.back().day, days{length}))
      .figure("baseline_" + number + "d", rolling_mean(values, days{length}), unit,
              "mean(last_" + number + "_days), if all reaches back to its first day and at least "
                                      "half of its days have a value");
}

void explain_sample(explanation_writer& out, const std::string& prefix, const std::string& rows,
                    const std::string& unit, const sample_summary& sample) {
  const auto name = [&](const char* figure) {
    return prefix + figure;
  };
  const auto of = [&](const char* function) {
    return std::string{function} + "(" + rows + ")";
  };
  out.figure(name("mean"), sample.mean, unit, of("mean"))
      .figure(name("median"), sample.median, unit, of("median") + ", from 7 values on")
      .figure(name("q1"), sample.q1, unit,
              of("quartile_1") + ", at position (n + 1)/4 of the sorted values, between two of "
                                 "them linearly, from 7 values on")
      .figure(name("q3"), sample.q3, unit,
              of("quartile_3") + ", at position 3·(n + 1)/4 of the sorted values")
      .figure(name("iqr"), sample.iqr, unit, prefix + "q3 − " + prefix + "q1")
      .figure(name("std_dev"), sample.std_dev, unit,
              of("standard_deviation") + ", divisor n − 1, from 7 values on")
      .figure(name("lower_bound"), sample.lower_bound, unit,
              prefix + "q1 − fence_in_iqr · " + prefix + "iqr")
      .figure(name("upper_bound"), sample.upper_bound, unit,
              prefix + "q3 + fence_in_iqr · " + prefix + "iqr");
}

void explain_baseline(explanation_writer& out, metric name, const analytics_window& known,
                      date today) {
  const auto values = values_of(known, name);
  const auto unit = unit_of(name);
  out.rows("all", unit, values).setting("fence_in_iqr", fence_in_iqr);
  explain_sample(out, "", "all", unit, summarize(numbers(values)));
  if (values.empty())
    return;
  for (const int length : {7, 30, 90})
    explain_rolling(out, unit, values, length);
  const auto newest_day = values.back().day;
  out.window("before", unit, values, days_until(newest_day - days{1}, judging_window));
  explain_sample(out, "before_", "before", unit, sample_before(values, newest_day).summary);
  const auto shown = compare(name, values, today);
  out.figure("current", shown.current, unit, "the newest of all")
      .figure("percent_of_baseline", shown.percent_of_baseline, "%",
              "100 · current / before_mean");
}

// -- what goes beyond them -------------------------------------------------------------------

std::optional<double> end_of(const std::optional<ln_range>& range, double ln_range::*end) {
  return range ? std::optional{(*range).*end} : std::nullopt;
}

void explain_hrv(explanation_writer& out, const analytics_window& known, date today,
                 const hrv_range_settings& settings) {
  const std::string logarithm = "ln(ms)";
  const std::span<const dated_value> values{known.hrv_rmssd_ms};
  const auto standing = assess_hrv(values, today, settings);
  out.setting("acute_k", settings.acute_k)
      .setting("chronic_k", settings.chronic_k)
      .setting("least_deviation", least_ln_deviation);
  if (!standing.as_of)
    return;
  const auto newest_day = *standing.as_of;
  out.window("week", "ms", values, days_until(newest_day, hrv_week))
      .window("range", "ms", values, days_until(newest_day - hrv_week, hrv_range_window))
      .figure("night", standing.night_ln, logarithm, "ln of the newest of week")
      .figure("week_mean", standing.week_mean_ln, logarithm,
              "mean(ln week), from 3 nights on")
      .figure("week_variation", standing.week_variation_percent, "%",
              "100 · standard_deviation(ln week) / week_mean, divisor n − 1")
      .figure("range_mean", standing.range_mean_ln, logarithm,
              "mean(ln range), from 30 nights on")
      .figure("range_deviation", standing.range_deviation_ln, logarithm,
              "standard_deviation(ln range), divisor n − 1");
  const std::string reach = " · max(range_deviation, least_deviation)";
  for (const auto& [name, range] :
       {std::pair{"acute", standing.acute_range}, std::pair{"chronic", standing.chronic_range}}) {
    const std::string word{name};
    out.figure(word + "_lower", end_of(range, &ln_range::lower), logarithm,
               "range_mean − " + word + "_k" + reach)
        .figure(word + "_upper", end_of(range, &ln_range::upper), logarithm,
                "range_mean + " + word + "_k" + reach);
  }
}

std::optional<double> value_of(const std::optional<fading_mean>& mean) {
  return mean ? std::optional{mean->value} : std::nullopt;
}

void explain_load(explanation_writer& out, const analytics_window& known, date today) {
  const std::string load = "load";
  const auto daily = daily_loads(known.training_load, known.training_load_ratio);
  const auto standing = assess_load(daily, known.training_load_ratio, today);
  out.setting("ctl_days", ctl_days)
      .setting("atl_days", atl_days)
      .setting("coverage_needed", fading_coverage_needed);
  if (!standing.as_of)
    return;
  const std::string fading
      = " over the known days, age a in days at the newest of them, where the known days have "
        "coverage_needed of the weight of an endless past";
  const auto weight = [](const std::string& time) {
    return "Σ load · exp(−a/" + time + ") / Σ exp(−a/" + time + ")";
  };
  const auto& week = standing.week;
  out.rows("known_days", load,
           between(daily, {.first = date::min(), .last = *standing.as_of}))
      .window("week", load, daily, days_until(*standing.as_of, foster_week))
      .figure("ctl", value_of(standing.ctl), load, weight("ctl_days") + fading)
      .figure("atl", value_of(standing.atl), load, weight("atl_days") + fading)
      .figure("tsb", standing.tsb, load, "ctl − atl")
      .figure("week_total", week ? std::optional{week->total} : std::nullopt, load,
              "Σ week, if all seven days are known")
      .figure("monotony", week ? week->monotony : std::nullopt, "ratio",
              "mean(week) / standard_deviation(week), divisor 6")
      .figure("strain", week ? week->strain : std::nullopt, load, "week_total · monotony");
}

void explain_readiness(explanation_writer& out, const analytics_window& known, date today) {
  const auto assessed = assess_readiness(known, today);
  if (const auto* details = std::get_if<readiness_details>(&assessed.details))
    for (const auto& part : details->parts) {
      const auto name = *parse_metric(part.name);
      const auto values = values_of(known, name);
      const bool is_ratio = name == metric::training_load_ratio;
      if (!is_ratio)
        out.window(part.name + "_before", unit_of(name), values,
                   days_until(values.back().day - days{1}, readiness_window));
      out.figure(part.name, part.value, unit_of(name), "the newest value")
          .figure(part.name + "_points", part.points, "points",
                  is_ratio ? "100 · (1.5 − " + part.name + "), from 0 to 100"
                           : "100 · Φ(±z) with z of " + part.name + " among " + part.name
                                 + "_before, docs/analytics.md")
          .figure(part.name + "_weight", part.weight, "", "its weight among the parts there are");
    }
  out.figure("recovery_readiness", assessed.score, "points",
             "Σ weight · points, rounded; from two parts on");
}

void explain_prediction(explanation_writer& out, metric name, const analytics_window& known,
                        date today) {
  const auto values = values_of(known, name);
  const auto predicted = predict(name, values, today);
  const bool is_logarithm = name == metric::hrv_rmssd;
  const auto unit = unit_of(name);
  const std::string model_unit = is_logarithm ? "ln(ms)" : unit;
  out.rows("nights", unit, values)
      .setting("level_days", prediction_level_days)
      .setting("week_days", prediction_week_days)
      .figure("model_error", predicted.backtest.model_error, model_unit,
              "mean |night − forecast made before it|, over the nights that follow a known one")
      .figure("persistence_error", predicted.backtest.persistence_error, model_unit,
              "mean |night − night before|, over the same nights")
      .figure("week_mean_error", predicted.backtest.week_mean_error, model_unit,
              "mean |night − mean of the 7 days before|, over the same nights")
      .figure("coverage", predicted.backtest.coverage, "",
              "part of the nights within the 80 % interval given before them");
  if (!predicted.next)
    return;
  const auto& next = *predicted.next;
  const std::string sum = is_logarithm ? "exp(level + week + night + weekday)"
                                       : "level + week + night + weekday";
  out.figure("level", next.parts.level, model_unit, "mean of nights fading with level_days")
      .figure("week", next.parts.week, model_unit,
              "a · (mean of nights fading with week_days − level), a learned by ridge regression")
      .figure("night", next.parts.night, model_unit,
              "b · (newest night − mean of nights fading with week_days), b learned likewise")
      .figure("weekday", next.parts.weekday, model_unit,
              "what this day of the week usually adds")
      .figure("value", next.value, unit, sum)
      .figure("lower", next.lower, unit, "the forecast plus the 10 % quantile of the last errors")
      .figure("upper", next.upper, unit, "the forecast plus the 90 % quantile of the last errors");
}

} // namespace

explanation explain(explained subject, const analytics_window& window, date today,
                    const hrv_range_settings& settings) {
  const auto known = known_on(window, today);
  explanation_writer out{subject, today};
  switch (subject) {
  case explained::hrv_rmssd:
    explain_baseline(out, metric::hrv_rmssd, known, today);
    break;
  case explained::sleep_score:
    explain_baseline(out, metric::sleep_score, known, today);
    break;
  case explained::resting_hr:
    explain_baseline(out, metric::resting_hr, known, today);
    break;
  case explained::training_load:
    explain_baseline(out, metric::training_load, known, today);
    break;
  case explained::training_load_ratio:
    explain_baseline(out, metric::training_load_ratio, known, today);
    break;
  case explained::hrv_range:
    explain_hrv(out, known, today, settings);
    break;
  case explained::load:
    explain_load(out, known, today);
    break;
  case explained::recovery_readiness:
    explain_readiness(out, known, today);
    break;
  case explained::prediction_hrv_rmssd:
    explain_prediction(out, metric::hrv_rmssd, known, today);
    break;
  case explained::prediction_sleep_score:
    explain_prediction(out, metric::sleep_score, known, today);
    break;
  case explained::prediction_resting_hr:
    explain_prediction(out, metric::resting_hr, known, today);
    break;
  case explained::illness:
    explain_illness(out, known, today);
    break;
  case explained::overload:
    explain_overload(out, known, today);
    break;
  }
  return out.finish();
}

} // namespace polar_flow::analytics
