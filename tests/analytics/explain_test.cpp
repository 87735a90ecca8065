// Goal: whoever recomputes a figure from its explanation gets the figure that is shown. Method: a
// year of made-up days with gaps; each formula is written down here a second time, in the plainest
// way, and knows nothing but the rows and settings of the explanation.
#define BOOST_TEST_DYN_LINK
#include "tests/analytics/explained.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing::explaining;
using std::chrono::days;

namespace {

/// At position `part · (n + 1)`, counted from 1.
double at_part(numbers_t values, double part) {
  std::ranges::sort(values);
  const double position = part * static_cast<double>(values.size() + 1) - 1;
  const auto below = static_cast<std::size_t>(position);
  const double rest = position - std::floor(position);
  return values.at(below) + (rest > 0 ? rest * (values.at(below + 1) - values.at(below)) : 0);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(explanations, explained_fixture)

BOOST_AUTO_TEST_CASE(baselines_follow_from_their_rows) {
  for (const auto& baseline : shown.baselines)
    BOOST_TEST_CONTEXT(to_string(baseline.name)) {
      about(parse_explained(to_string(baseline.name)).value());
      const auto all = values("all");
      check_near(mean_of(all), baseline.baseline_value.value());
      check_near(at_part(all, 0.5), baseline.median.value());
      check_near(at_part(all, 0.25), baseline.q1.value());
      check_near(at_part(all, 0.75), baseline.q3.value());
      check_near(deviation_of(all), baseline.std_dev.value());
      const double reach = setting("fence_in_iqr") * (at_part(all, 0.75) - at_part(all, 0.25));
      check_near(at_part(all, 0.25) - reach, baseline.lower_bound.value());
      check_near(at_part(all, 0.75) + reach, baseline.upper_bound.value());
      check_near(mean_of(values("last_7_days")), baseline.baseline_7d.value());
      check_near(mean_of(values("last_30_days")), baseline.baseline_30d.value());
      check_near(mean_of(values("last_90_days")), baseline.baseline_90d.value());
      for (const auto* name : {"mean", "median", "q1", "q3", "std_dev", "lower_bound"})
        figure(name);
    }
}

BOOST_AUTO_TEST_CASE(the_judged_value_is_not_part_of_what_it_is_judged_by) {
  for (const auto& comparison : shown.today.comparisons)
    BOOST_TEST_CONTEXT(to_string(comparison.name)) {
      about(parse_explained(to_string(comparison.name)).value());
      const auto before = values("before");
      check_near(mean_of(before), comparison.baseline.value());
      check_near(100 * set("all").rows.back().value / mean_of(before),
                 comparison.percent_of_baseline.value());
      const double reach
          = setting("fence_in_iqr") * (at_part(before, 0.75) - at_part(before, 0.25));
      check_near(at_part(before, 0.25) - reach, comparison.lower_bound.value());
      check_near(at_part(before, 0.75) + reach, comparison.upper_bound.value());
      const auto window_of = set("before").window.value();
      BOOST_TEST((window_of.last == set("all").rows.back().day - days{1}));
      BOOST_TEST((window_of.last - window_of.first).count() == 89);
    }
}

BOOST_AUTO_TEST_CASE(the_range_of_hrv_follows_from_its_rows) {
  about(explained::hrv_range);
  const auto& hrv = shown.today.hrv;
  const auto week = logarithms("week");
  const auto range = logarithms("range");
  BOOST_TEST(std::ssize(week) == hrv.week_nights);
  BOOST_TEST(std::ssize(range) == hrv.range_nights);
  check_near(week.back(), hrv.night_ln.value());
  check_near(mean_of(week), hrv.week_mean_ln.value());
  check_near(100 * deviation_of(week) / mean_of(week), hrv.week_variation_percent.value());
  const double spread = std::max(deviation_of(range), setting("least_deviation"));
  check_near(mean_of(range) - setting("acute_k") * spread, hrv.acute_range->lower);
  check_near(mean_of(range) + setting("acute_k") * spread, hrv.acute_range->upper);
  check_near(mean_of(range) - setting("chronic_k") * spread, hrv.chronic_range->lower);
  check_near(mean_of(range) + setting("chronic_k") * spread, hrv.chronic_range->upper);
  BOOST_TEST((set("range").window->last < set("week").window->first));
}

BOOST_AUTO_TEST_CASE(k_is_what_the_settings_say) {
  made = explain(explained::hrv_range, window, today, {.chronic_k = 0.75, .acute_k = 2.0});
  BOOST_TEST(setting("acute_k") == 2.0);
  BOOST_TEST(setting("chronic_k") == 0.75);
  const auto wide = analyse(window, today, now, {.chronic_k = 0.75, .acute_k = 2.0}).today.hrv;
  check_near(figure("acute_lower"), wide.acute_range->lower);
  const auto usual = shown.today.hrv;
  check_near(wide.acute_range->upper - wide.acute_range->lower,
             2 * (usual.acute_range->upper - usual.acute_range->lower));
}

BOOST_AUTO_TEST_CASE(the_load_follows_from_its_rows) {
  about(explained::load);
  const auto& load = shown.today.load;
  const auto fading = [&](double time) {
    double sum = 0;
    double weight = 0;
    const auto& known = set("known_days").rows;
    for (const auto& row : known) {
      const auto age = static_cast<double>((known.back().day - row.day).count());
      sum += row.value * std::exp(-age / time);
      weight += std::exp(-age / time);
    }
    return sum / weight;
  };
  check_near(fading(setting("ctl_days")), load.ctl->value);
  check_near(fading(setting("atl_days")), load.atl->value);
  check_near(figure("ctl") - figure("atl"), load.tsb.value());
  const auto week = values("week");
  BOOST_TEST(week.size() == 7u);
  check_near(7 * mean_of(week), load.week->total);
  check_near(mean_of(week) / deviation_of(week), load.week->monotony.value());
  check_near(figure("week_total") * figure("monotony"), load.week->strain.value());
}

BOOST_AUTO_TEST_CASE(readiness_follows_from_its_parts) {
  about(explained::recovery_readiness);
  double score = 0;
  for (const auto* part : {"hrv_rmssd", "sleep_score", "resting_hr", "training_load_ratio"}) {
    const std::string name{part};
    double points = figure(name + "_points");
    if (name == "training_load_ratio") {
      check_near(std::clamp(100 * (1.5 - figure(name)), 0.0, 100.0), points);
    } else {
      const bool is_hrv = name == "hrv_rmssd";
      const auto before = is_hrv ? logarithms(name + "_before") : values(name + "_before");
      const double value = is_hrv ? std::log(figure(name)) : figure(name);
      const double spread
          = std::max(deviation_of(before), is_hrv ? 0.02 : 0.02 * mean_of(before));
      const double z = (value - mean_of(before)) / spread * (name == "resting_hr" ? -1 : 1);
      check_near(50 * std::erfc(-z / std::sqrt(2.0)), points);
    }
    score += points * figure(name + "_weight");
  }
  BOOST_TEST(figure("recovery_readiness") == std::round(score));
}

BOOST_AUTO_TEST_CASE(predictions_are_the_sum_of_their_parts) {
  // A person with a week of their own, so that there is something to predict.
  window.hrv_rmssd_ms.clear();
  std::uint32_t state = 7;
  for (int age = 300; age >= 0; --age) {
    const auto day = today - days{age};
    state = state * 1'664'525 + 1'013'904'223;
    const double noise = ((state >> 8) % 1000 / 1000.0 - 0.5) * 0.2;
    const bool is_weekend = std::chrono::weekday{day}.iso_encoding() > 5;
    window.hrv_rmssd_ms.push_back({day, std::exp(4 + noise - (is_weekend ? 0.4 : 0.0))});
  }
  shown = analyse(window, today, now);
  const auto& predicted = shown.predictions.front();
  BOOST_TEST_REQUIRE((predicted.status == prediction_status::shown));
  about(explained::prediction_hrv_rmssd);
  check_near(std::exp(figure("level") + figure("week") + figure("night") + figure("weekday")),
             predicted.next->value);
  check_near(figure("model_error"), predicted.backtest.model_error);
  // The simple guess can be made again by anybody.
  const auto nights = logarithms("nights");
  double persistence = 0;
  int judged = 0;
  for (std::size_t i = 21; i < nights.size(); ++i, ++judged)
    persistence += std::abs(nights[i] - nights[i - 1]);
  check_near(persistence / judged, figure("persistence_error"));
  BOOST_TEST(figure("lower") < figure("value"));
  BOOST_TEST(figure("value") < figure("upper"));
  BOOST_TEST(shown.today.predictions.size() >= 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_known_of_somebody_new) {
  for (const auto subject : all_explained) {
    const auto made_of_nothing = explain(subject, analytics_window{}, today);
    for (const auto& each : made_of_nothing.figures)
      if (each.name.ends_with("_error"))
        BOOST_TEST(each.value.value_or(0) == 0.0, each.name);
      else
        BOOST_TEST(!each.value.has_value(), each.name);
    for (const auto& rows : made_of_nothing.rows)
      BOOST_TEST(rows.rows.empty());
  }
}

BOOST_AUTO_TEST_CASE(every_subject_has_a_name_of_its_own) {
  for (const auto subject : all_explained)
    BOOST_TEST((parse_explained(to_string(subject)) == subject));
  BOOST_TEST(!parse_explained("steps"));
}

BOOST_AUTO_TEST_SUITE_END()
