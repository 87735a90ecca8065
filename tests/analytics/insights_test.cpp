// Goal: the parts come together into GET /insights and GET /baselines. Method: whole users, from
// the first night to five years.
#define BOOST_TEST_DYN_LINK
#include "analytics/analyse.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <random>

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
  window.recorded_days = days_of(window.hrv_rmssd_ms);
  return window;
}

const metric_comparison& comparison_of(const insights& answer, metric name) {
  return *std::ranges::find(answer.comparisons, name, &metric_comparison::name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(insights_assembly)

BOOST_AUTO_TEST_CASE(a_user_without_data) {
  const auto answer = assemble_insights({}, today, now);
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
  // 44 nights at 52.0, tonight 45.2: 86.9 % of the baseline.
  const auto values = joined(constant(today - days{1}, 44, 52.0), constant(today, 1, 45.2));
  const auto answer = assemble_insights(hrv_only(values), today, now);
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
  const auto answer = assemble_insights(hrv_only(values), today, now);
  BOOST_TEST(answer.data_age_days == 366);
  BOOST_TEST(answer.data_days == 7);
  BOOST_TEST((answer.status == insights_status::partial));
}

BOOST_AUTO_TEST_CASE(the_span_counts_the_leap_day) {
  // 1 February to 5 March 2024: 29 days of February and 5 of March.
  const date first = std::chrono::sys_days{std::chrono::year{2024} / std::chrono::February / 1};
  const auto answer = assemble_insights(hrv_only({{first, 50}}), today, now);
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
  BOOST_TEST((assemble_insights(window, today, now) == assemble_insights({}, today, now)));
}

BOOST_AUTO_TEST_CASE(old_values_are_shown_and_nothing_is_concluded) {
  const date last = today - days{4};
  const auto values = joined(constant(last - days{1}, 44, 52.0), constant(last, 1, 30.0));
  const auto answer = assemble_insights(hrv_only(values), today, now);
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
  const auto answer = assemble_insights(window, today, now);
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
  const auto before = comparison_of(assemble_insights(window, today, now), metric::hrv_rmssd);
  window.hrv_rmssd_ms.back().value = 500;
  const auto after = comparison_of(assemble_insights(window, today, now), metric::hrv_rmssd);
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
                       &moved.training_load, &moved.training_load_ratio}) {
    for (auto& value : *values)
      value.day += shift;
  }
  for (auto& day : moved.recorded_days)
    day += shift;
  const auto before = assemble_insights(window, today, now);
  const auto after = assemble_insights(moved, today + shift, now);
  BOOST_TEST((after.observations == before.observations));
  BOOST_TEST((after.suggestions == before.suggestions));
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
  // They come with a later version; until then the lists are there and empty.
  BOOST_TEST(answer.today.patterns.empty());
  BOOST_TEST(answer.today.anomalies.empty());
}

BOOST_AUTO_TEST_SUITE_END()
