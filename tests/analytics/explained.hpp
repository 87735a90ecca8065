#pragma once

#include "analytics/analyse.hpp"
#include "analytics/explain.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

/// What the tests of explanations have in common: a user, and readers of an explanation by name.
namespace polar_flow::testing::explaining {

using std::chrono::days;

using numbers_t = std::vector<double>;

inline const date today = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};
inline const instant now = today + std::chrono::hours{8};

/// Uneven, with gaps, and the same on every machine.
inline analytics_window year_of_days() {
  analytics_window window;
  std::uint32_t state = 20'260'320;
  const auto draw = [&](std::uint32_t below) {
    state = state * 1'664'525 + 1'013'904'223;
    return static_cast<double>((state >> 8) % below);
  };
  for (int age = 365; age >= 0; --age) {
    const auto day = today - days{age};
    if (draw(12) > 0) {
      window.recorded_days.push_back(day);
      window.hrv_rmssd_ms.push_back({day, 30 + draw(40)});
      window.sleep_score.push_back({day, 60 + draw(35)});
      window.resting_heart_rate_bpm.push_back({day, 48 + draw(12)});
    }
    window.training_load_ratio.push_back({day, 0.6 + draw(90) / 100});
    if (draw(3) > 0)
      window.training_load.push_back({day, 10 + draw(120)});
  }
  for (const auto day : window.recorded_days) {
    window.breaths_per_minute.push_back({day, 13 + draw(30) / 10});
    window.skin_temperature_celsius.push_back({day, 33.5 + draw(100) / 100});
  }
  return window;
}

struct explained_fixture {
  analytics_window window = year_of_days();
  analytics_snapshot shown = analytics::analyse(window, today, now);
  explanation made;

  void about(explained subject) {
    made = analytics::explain(subject, window, today);
    BOOST_TEST((made.subject == subject));
  }

  const explained_rows& set(const std::string& name) const {
    const auto found = std::ranges::find(made.rows, name, &explained_rows::name);
    BOOST_TEST_REQUIRE((found != made.rows.end()), name);
    return *found;
  }

  numbers_t values(const std::string& name) const {
    numbers_t list;
    for (const auto& row : set(name).rows)
      list.push_back(row.value);
    return list;
  }

  numbers_t logarithms(const std::string& name) const {
    auto list = values(name);
    for (auto& value : list)
      value = std::log(value);
    return list;
  }

  double setting(const std::string& name) const {
    return std::ranges::find(made.settings, name, &explained_setting::name)->value;
  }

  double figure(const std::string& name) const {
    const auto found = std::ranges::find(made.figures, name, &explained_figure::name);
    BOOST_TEST_REQUIRE((found != made.figures.end()), name);
    BOOST_TEST_REQUIRE(found->value.has_value(), name);
    return *found->value;
  }
};

inline double mean_of(const numbers_t& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum / static_cast<double>(values.size());
}

inline double deviation_of(const numbers_t& values) {
  const double level = mean_of(values);
  double sum = 0;
  for (const double value : values)
    sum += (value - level) * (value - level);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

inline constexpr double exactness = 1e-9;

inline void check_near(double found, double expected) {
  BOOST_TEST(std::abs(found - expected) <= exactness * std::max(1.0, std::abs(expected)),
             found << " instead of " << expected);
}

} // namespace polar_flow::testing::explaining
