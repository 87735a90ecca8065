// Goal: the model is the sum it claims to be, with the weights that the past teaches. Method:
// NumPy's solution without any recurrence, series of which is known what lingers, and properties.
#define BOOST_TEST_DYN_LINK
#include "analytics/prediction_model.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20261105;

/// The first day of the golden lines.
const date monday = std::chrono::sys_days{std::chrono::year{2023} / std::chrono::January / 2};

bool is_near(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

prediction_model model_of(const series& values) {
  prediction_model model;
  for (const auto& value : values)
    model.add(value);
  return model;
}

forecast_parts forecast_after(const series& values) {
  return model_of(values).forecast();
}

/// Yesterday's deviation from 50 halves every day, and chance adds to it.
series lingering_days(std::size_t count, double weekend) {
  std::mt19937 random{seed};
  std::normal_distribution<double> chance{0.0, 2.0};
  series values;
  double state = 0;
  for (std::size_t index = 0; index < count; ++index) {
    state = 0.5 * state + chance(random);
    const date day = monday + days{static_cast<int>(index)};
    const bool is_weekend = index % 7 >= 5;
    values.push_back({day, 50.0 + state + (is_weekend ? weekend : 0.0)});
  }
  return values;
}

series transformed(series values, double scale, double shift) {
  for (auto& value : values)
    value.value = scale * value.value + shift;
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(prediction_models)

BOOST_AUTO_TEST_CASE(equals_numpy) {
  const auto lines = golden_lines("prediction_vectors.txt", "prediction");
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const auto& line = lines[index];
    const bool is_logarithmic = line.given[0] == "hrv_rmssd";
    series values;
    for (std::size_t day = 1; day < line.given.size(); ++day)
      if (line.given[day] != "-") {
        const double value = parse(line.given[day]);
        values.push_back(
            {monday + days{static_cast<int>(day) - 1}, is_logarithmic ? std::log(value) : value});
      }
    const auto parts = forecast_after(values);
    BOOST_TEST_CONTEXT("line " << index + 1) {
      BOOST_TEST(is_near(parts.level, parse(line.expected[0])));
      BOOST_TEST(is_near(parts.week, parse(line.expected[1])));
      BOOST_TEST(is_near(parts.night, parse(line.expected[2])));
      BOOST_TEST(is_near(parts.weekday, parse(line.expected[3])));
    }
  }
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 60u);
}

BOOST_AUTO_TEST_CASE(one_value_is_all_there_is) {
  const auto parts = forecast_after({{monday, 47.0}});
  BOOST_TEST(parts.sum() == 47.0);
  BOOST_TEST(parts.level == 47.0);
}

BOOST_AUTO_TEST_CASE(a_series_that_never_changes_goes_on) {
  for (const std::size_t count : {2u, 30u, 400u})
    BOOST_TEST(is_near(forecast_after(constant(today, count, 61.0)).sum(), 61.0));
}

BOOST_AUTO_TEST_CASE(what_lingers_is_learned) {
  // Of a deviation that halves every day, about half is expected of a night far off.
  auto values = lingering_days(1000, 0.0);
  values.push_back({values.back().day + days{1}, 60.0});
  const auto parts = forecast_after(values);
  BOOST_TEST(std::abs(parts.sum() - 55.0) < 1.0);
  BOOST_TEST(parts.night > 2.0);
}

BOOST_AUTO_TEST_CASE(weekends_are_learned_if_there_are_any) {
  // 1001 days end on a Sunday; the next is a Monday, whose usual deviation is not the weekend's.
  const auto values = lingering_days(1001, 6.0);
  BOOST_TEST(forecast_after(values).weekday < -1.0);
  const series until_friday{values.begin(), values.end() - 2};
  BOOST_TEST(forecast_after(until_friday).weekday > 2.0);
}

BOOST_AUTO_TEST_CASE(nothing_is_learned_across_a_gap) {
  // Every other day: the means go on, the carry-over stays the prior's.
  series values;
  for (int day = 0; day < 200; day += 2)
    values.push_back({monday + days{day}, 50.0 + (day % 4 == 0 ? 3.0 : -3.0)});
  const auto parts = forecast_after(values);
  const double week_mean = parts.level + parts.week / carry_over_prior[0];
  const double newest = week_mean + parts.night / carry_over_prior[1];
  BOOST_TEST(is_near(newest, values.back().value));
  BOOST_TEST(parts.weekday == 0.0);
}

BOOST_AUTO_TEST_CASE(another_unit_is_another_unit_of_the_forecast) {
  const auto values = lingering_days(300, 3.0);
  const auto before = forecast_after(values);
  const auto after = forecast_after(transformed(values, 1.8, 32.0));
  BOOST_TEST(is_near(after.level, 1.8 * before.level + 32.0));
  BOOST_TEST(is_near(after.week, 1.8 * before.week));
  BOOST_TEST(is_near(after.night, 1.8 * before.night));
  BOOST_TEST(is_near(after.weekday, 1.8 * before.weekday));
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days) {
  // 52 weeks later, past the leap day of 2024, the same values make the same forecast.
  auto values = lingering_days(500, 3.0);
  const auto before = forecast_after(values);
  for (auto& value : values)
    value.day += days{364};
  BOOST_TEST((forecast_after(values) == before));
}

BOOST_AUTO_TEST_SUITE_END()
