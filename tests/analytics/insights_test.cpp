// Goal: the parts come together into GET /insights and GET /baselines. Method: whole users, from
// the first night to five years.
#define BOOST_TEST_DYN_LINK
#include "analytics/analyse.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <random>
#include <variant>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 45;

/// A user with every metric on each of the last `count` days, values from the seed.
analytics_window random_user(std::size_t count) {
  std::mt19937 random{seed};
  const auto values = [&](double low, double high) {
    std::uniform_real_distribution<double> value{low, high};
    std::vector<double> result(count);
    std::ranges::generate(result, [&] { return value(random); });
    return ending(today, result);
  };
  analytics_window window;
  window.hrv_rmssd_ms = values(20, 90);
  window.sleep_score = values(40, 95);
  window.resting_heart_rate_bpm = values(40, 60);
  window.training_load = values(1, 300);
  window.training_load_ratio = values(0.5, 1.6);
  window.breaths_per_minute = values(12, 16);
  window.skin_temperature_celsius = values(33, 35);
  window.recorded_days = days_of(window.hrv_rmssd_ms);
  return window;
}

insights insights_of(const analytics_window& window) {
  return analyse(window, today, now).today;
}

const metric_comparison& comparison_of(const insights& answer, metric name) {
  return *std::ranges::find(answer.comparisons, name, &metric_comparison::name);
}

/// Some days of the last 120, with values that a broken file or a new device could hold.
series damaged_values(std::mt19937& random) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::array<double, 9> kinds{
      50, 50, 51, 1e-9, 1e9, 0, -1, infinity, std::numeric_limits<double>::quiet_NaN()};
  const std::size_t common = 1 + random() % kinds.size();
  series values;
  for (date day = today - days{random() % 120}; day <= today + days{1}; day += days{1}) {
    if (random() % 4 != 0)
      values.push_back({day, kinds[random() % common]});
  }
  return values;
}

analytics_window damaged_user(std::mt19937& random) {
  analytics_window window;
  window.hrv_rmssd_ms = damaged_values(random);
  window.sleep_score = damaged_values(random);
  window.resting_heart_rate_bpm = damaged_values(random);
  window.training_load = damaged_values(random);
  window.training_load_ratio = damaged_values(random);
  window.breaths_per_minute = damaged_values(random);
  window.skin_temperature_celsius = damaged_values(random);
  window.recorded_days = days_of(window.hrv_rmssd_ms);
  return window;
}

void add(std::vector<double>& list, std::initializer_list<std::optional<double>> numbers) {
  for (const auto& number : numbers)
    if (number)
      list.push_back(*number);
}

void add_details(std::vector<double>& list, const pattern_details& details) {
  if (const auto* reason = std::get_if<insufficient_details>(&details))
    add(list, {reason->p_value});
  if (const auto* correlation = std::get_if<correlation_details>(&details))
    add(list, {correlation->correlation_coefficient, correlation->p_value});
  if (const auto* trend = std::get_if<trend_details>(&details))
    add(list, {trend->trend_percent});
  if (const auto* readiness = std::get_if<readiness_details>(&details))
    for (const auto& part : readiness->parts)
      add(list, {part.value, part.points, part.weight});
}

/// Every number of an answer that is not a count.
std::vector<double> numbers_of(const analytics_snapshot& answer) {
  std::vector<double> list;
  for (const auto& entry : answer.baselines)
    add(list, {entry.baseline_value, entry.baseline_7d, entry.baseline_30d, entry.baseline_90d,
               entry.median, entry.q1, entry.q3, entry.iqr, entry.std_dev, entry.min, entry.max,
               entry.lower_bound, entry.upper_bound});
  for (const auto& entry : answer.today.comparisons)
    add(list, {entry.current, entry.baseline, entry.baseline_7d, entry.baseline_30d,
               entry.lower_bound, entry.upper_bound, entry.percent_of_baseline});
  const auto& [illness, overload] = answer.today.alarms;
  add(list, {illness.evidence, overload.ratio, overload.deviation, overload.strain});
  for (const auto& signal : {illness.heart_rate_bpm, illness.hrv_ln, illness.breaths_per_minute,
                             illness.skin_temperature_celsius})
    if (signal)
      add(list, {signal->usual, signal->spread, signal->deviation});
  for (const auto& entry : answer.anomalies)
    add(list, {entry.current_value, entry.baseline_value, entry.median_value,
               entry.deviation_percent, entry.lower_bound, entry.upper_bound});
  for (const auto& entry : answer.patterns) {
    add(list, {entry.score, entry.confidence});
    add_details(list, entry.details);
  }
  for (const auto& entry : answer.today.suggestions)
    add(list, {entry.confidence});
  return list;
}

} // namespace

BOOST_AUTO_TEST_SUITE(insights_assembly)

BOOST_AUTO_TEST_CASE(a_user_without_data) {
  const auto answer = insights_of({});
  BOOST_TEST((answer.generated_at == now));
  BOOST_TEST(!answer.data_freshness.has_value());
  BOOST_TEST(answer.data_age_days == 0);
  BOOST_TEST(answer.data_days == 0);
  BOOST_TEST((answer.status == insights_status::unavailable));
  BOOST_TEST(answer.features.size() == 5u);
  BOOST_TEST(answer.progress->next_unlock == "baselines_7d");
  BOOST_TEST((answer.current == current_metrics{}));
  BOOST_TEST(answer.comparisons.empty());
  BOOST_REQUIRE(answer.observations.size() == 1u);
  BOOST_TEST(answer.observations[0].fact == "Building your personal baselines (0/7 days)");
  BOOST_TEST(answer.suggestions.empty());
}

BOOST_AUTO_TEST_CASE(the_example_of_the_seed_document) {
  // 44 nights around 52.0, tonight 45.2: 86.9 % of the baseline, and within the bounds.
  std::vector<double> nights;
  for (int pair = 0; pair < 22; ++pair)
    nights.insert(nights.end(), {46.0, 58.0});
  const auto values = joined(ending(today - days{1}, nights), constant(today, 1, 45.2));
  const auto answer = insights_of(hrv_only(values));
  BOOST_TEST((answer.status == insights_status::ready));
  BOOST_TEST(answer.data_age_days == 45);
  BOOST_TEST((answer.data_freshness == today));
  BOOST_TEST(answer.current.hrv->value == 45.2);
  const auto& hrv = comparison_of(answer, metric::hrv_rmssd);
  BOOST_TEST(hrv.baseline.value() == 52.0);
  BOOST_TEST(hrv.percent_of_baseline.value() == 45.2 / 52.0 * 100.0);
  BOOST_REQUIRE(answer.observations.size() == 1u);
  BOOST_TEST(answer.observations[0].priority == "high");
  BOOST_TEST(answer.observations[0].fact == "HRV is 13% below baseline");
  BOOST_REQUIRE(answer.suggestions.size() == 1u);
  BOOST_TEST(answer.suggestions[0].action == "prioritize_recovery");
  BOOST_TEST(answer.suggestions[0].confidence == 0.85);
}

BOOST_AUTO_TEST_CASE(days_with_data_unlock_not_the_calendar) {
  // A record of last year and six of this week: the span is long, the data are not.
  const auto values = joined(constant(today - days{365}, 1, 50), constant(today, 6, 50));
  const auto answer = insights_of(hrv_only(values));
  BOOST_TEST(answer.data_age_days == 366);
  BOOST_TEST(answer.data_days == 7);
  BOOST_TEST((answer.status == insights_status::partial));
}

BOOST_AUTO_TEST_CASE(the_span_counts_the_leap_day) {
  // 1 February to 5 March 2024: 29 days of February and 5 of March.
  const date first = std::chrono::sys_days{std::chrono::year{2024} / std::chrono::February / 1};
  const auto answer = insights_of(hrv_only({{first, 50}}));
  BOOST_TEST(answer.data_age_days == 34);
  BOOST_TEST(answer.data_days == 1);
  BOOST_TEST((answer.data_freshness == first));
}

BOOST_AUTO_TEST_CASE(the_future_changes_nothing) {
  auto window = random_user(60);
  const auto before = analyse(window, today, now);
  window.hrv_rmssd_ms.push_back({today + days{1}, 5000});
  window.sleep_score.push_back({today + days{400}, 1});
  window.recorded_days.push_back(today + days{1});
  window.recorded_days.push_back(today + days{400});
  BOOST_TEST((analyse(window, today, now) == before));
}

BOOST_AUTO_TEST_CASE(a_user_of_the_future_only_has_no_data) {
  const auto window = hrv_only(constant(today + days{30}, 5, 50));
  BOOST_TEST((insights_of(window) == insights_of({})));
}

BOOST_AUTO_TEST_CASE(old_values_are_shown_and_nothing_is_concluded) {
  const date last = today - days{4};
  const auto values = joined(constant(last - days{1}, 44, 52.0), constant(last, 1, 30.0));
  const auto answer = insights_of(hrv_only(values));
  BOOST_TEST((answer.current.hrv == dated_value{last, 30.0}));
  BOOST_TEST((comparison_of(answer, metric::hrv_rmssd).as_of == last));
  BOOST_TEST(comparison_of(answer, metric::hrv_rmssd).percent_of_baseline.has_value());
  BOOST_TEST(answer.observations.empty());
  BOOST_TEST(answer.suggestions.empty());
}

BOOST_AUTO_TEST_CASE(sentinels_and_zeros_are_never_current) {
  analytics_window window = hrv_only(ending(today, {48, 0}));
  window.training_load = ending(today, {35, -1});
  window.training_load_ratio = ending(today, {0.9, -1});
  const auto answer = insights_of(window);
  const date yesterday = today - days{1};
  BOOST_TEST((answer.current.hrv == dated_value{yesterday, 48}));
  BOOST_TEST((answer.current.training_load_ratio == dated_value{yesterday, 0.9}));
  BOOST_TEST(comparison_of(answer, metric::training_load).current.value() == 35.0);
}

BOOST_AUTO_TEST_CASE(months_of_zeros_are_no_data) {
  const auto answer = analyse(hrv_only(constant(today, 60, 0)), today, now);
  BOOST_TEST(answer.baselines.front().sample_count == 0);
  BOOST_TEST(answer.today.comparisons.empty());
  BOOST_TEST(answer.today.data_days == 60);
}

BOOST_AUTO_TEST_CASE(months_of_the_same_value) {
  const auto answer = analyse(hrv_only(constant(today, 60, 50)), today, now);
  BOOST_TEST(comparison_of(answer.today, metric::hrv_rmssd).percent_of_baseline.value() == 100.0);
  BOOST_TEST(comparison_of(answer.today, metric::hrv_rmssd).trend.value() == "stable");
  BOOST_TEST(answer.today.suggestions.at(0).action == "train_normally");
  BOOST_TEST(answer.baselines.front().std_dev.value() == 0.0);
}

BOOST_AUTO_TEST_CASE(the_newest_value_does_not_move_its_own_baseline) {
  BOOST_TEST_MESSAGE("seed " << seed);
  auto window = random_user(100);
  const auto before = comparison_of(insights_of(window), metric::hrv_rmssd);
  window.hrv_rmssd_ms.back().value = 500;
  const auto after = comparison_of(insights_of(window), metric::hrv_rmssd);
  BOOST_TEST(after.current.value() == 500.0);
  BOOST_TEST(before.baseline.value() == after.baseline.value());
  BOOST_TEST(before.lower_bound.value() == after.lower_bound.value());
  BOOST_TEST(before.upper_bound.value() == after.upper_bound.value());
}

BOOST_AUTO_TEST_CASE(moving_a_whole_life_by_days_changes_only_dates) {
  BOOST_TEST_MESSAGE("seed " << seed);
  const auto window = random_user(120);
  auto moved = window;
  const days shift{1000};
  for (auto* values : {&moved.hrv_rmssd_ms, &moved.sleep_score, &moved.resting_heart_rate_bpm,
                       &moved.training_load, &moved.training_load_ratio,
                       &moved.breaths_per_minute, &moved.skin_temperature_celsius}) {
    for (auto& value : *values)
      value.day += shift;
  }
  for (auto& day : moved.recorded_days)
    day += shift;
  const auto before = insights_of(window);
  const auto after = analyse(moved, today + shift, now).today;
  BOOST_TEST((after.observations == before.observations));
  BOOST_TEST((after.suggestions == before.suggestions));
  BOOST_TEST((after.alarms.illness.evidence == before.alarms.illness.evidence));
  BOOST_TEST((after.alarms.overload.ratio == before.alarms.overload.ratio));
  BOOST_TEST((comparison_of(after, metric::sleep_score).percent_of_baseline
              == comparison_of(before, metric::sleep_score).percent_of_baseline));
}

BOOST_AUTO_TEST_CASE(five_years) {
  BOOST_TEST_MESSAGE("seed " << seed);
  const auto answer = analyse(random_user(1826), today, now);
  BOOST_REQUIRE(answer.baselines.size() == all_metrics.size());
  for (const auto& entry : answer.baselines) {
    BOOST_TEST(entry.sample_count == 1826);
    BOOST_TEST(entry.min.value() < entry.q1.value());
    BOOST_TEST(entry.q1.value() < entry.median.value());
    BOOST_TEST(entry.median.value() < entry.q3.value());
    BOOST_TEST(entry.q3.value() < entry.max.value());
    BOOST_TEST(entry.baseline_90d.has_value());
  }
  // Uniform from 20 to 90: mean 55, deviation 70/√12 = 20.2; four standard errors are 1.9.
  BOOST_TEST(std::abs(answer.baselines[0].baseline_value.value() - 55.0) < 1.9);
  BOOST_TEST(std::abs(answer.baselines[0].std_dev.value() - 20.2) < 1.0);
  BOOST_TEST(answer.today.data_age_days == 1826);
  BOOST_TEST(!answer.today.progress.has_value());
  BOOST_TEST(answer.today.comparisons.size() == all_metrics.size());
  BOOST_TEST(answer.patterns.size() == 5u);
  BOOST_TEST(answer.today.patterns.size() == 5u);
}

BOOST_AUTO_TEST_CASE(patterns_and_anomalies_are_shown_when_they_unlock) {
  // The newest value is far out; with 20 days it is found, with 21 it is shown and spoken of.
  const auto after = [](std::size_t count) {
    return analyse(
        hrv_only(joined(constant(today - days{1}, count - 1, 50), constant(today, 1, 80))), today,
        now);
  };
  const auto locked = after(20);
  BOOST_TEST(locked.anomalies.size() == 1u);
  BOOST_TEST(locked.patterns.size() == 5u);
  BOOST_TEST(locked.today.anomalies.empty());
  BOOST_TEST(locked.today.patterns.empty());
  const auto unlocked = after(21);
  BOOST_TEST((unlocked.today.anomalies == unlocked.anomalies));
  BOOST_TEST(unlocked.today.patterns.size() == 5u);
  BOOST_TEST(unlocked.today.observations.at(0).fact
             == "HRV RMSSD is significantly above normal range");
  BOOST_TEST(unlocked.today.suggestions.at(0).action == "monitor_closely");
}

BOOST_AUTO_TEST_CASE(an_overreached_user_is_told_to_rest) {
  // A month as usual with a little movement, then a week in which all four signs are bad.
  const auto month_then = [](double low, double high, double week) {
    std::vector<double> values;
    for (int pair = 0; pair < 15; ++pair)
      values.insert(values.end(), {low, high});
    return joined(ending(today - days{7}, values), constant(today, 7, week));
  };
  analytics_window window;
  window.hrv_rmssd_ms = month_then(50, 70, 48);
  window.sleep_score = month_then(70, 80, 62);
  window.resting_heart_rate_bpm = month_then(48, 52, 54);
  window.training_load_ratio = month_then(0.9, 1.1, 1.6);
  // As usual, so this is no infection.
  window.breaths_per_minute = month_then(14.0, 14.6, 14.3);
  window.recorded_days = days_of(window.hrv_rmssd_ms);
  const auto answer = insights_of(window);
  BOOST_TEST(answer.patterns.at(1).score.value() == 100.0);
  BOOST_TEST(answer.patterns.at(1).factors.size() == 4u);
  BOOST_TEST(answer.patterns.at(4).score.value() < 34.0);
  BOOST_TEST(answer.suggestions.at(0).action == "rest_day");
  BOOST_TEST(answer.suggestions.at(0).confidence == 0.95);
  BOOST_TEST(std::ranges::count(answer.observations, "Overtraining risk is elevated (100/100)",
                                &observation::fact)
             == 1);
}

BOOST_AUTO_TEST_CASE(an_ill_user_is_told_to_rest) {
  auto window = random_user(120);
  for (auto* values : {&window.resting_heart_rate_bpm, &window.breaths_per_minute,
                       &window.skin_temperature_celsius})
    values->back().value *= 1.5;
  const auto answer = insights_of(window);
  BOOST_TEST((answer.alarms.illness.state == illness_state::ill));
  BOOST_TEST((answer.alarms.illness.since == today));
  BOOST_TEST(answer.suggestions.at(0).action == "rest_day");
  BOOST_TEST(answer.suggestions.at(0).reason
             == "Several overnight signals have left your own range together");
}

BOOST_AUTO_TEST_CASE(no_number_is_ever_undefined) {
  // Gaps, repeated values, zeros, sentinels, infinities and "not a number", in series of any
  // length.
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 300; ++round) {
    const auto answer = analyse(damaged_user(random), today, now);
    for (const double number : numbers_of(answer))
      BOOST_REQUIRE(std::isfinite(number));
  }
}

BOOST_AUTO_TEST_SUITE_END()
