// Goal: a value is judged by the 90 days before it and by nothing else. Method: boundaries by hand,
// and a property over random series: changing the judged value changes no bound.
#define BOOST_TEST_DYN_LINK
#include "analytics/judging.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20240229;

/// The sample of someone whose last days had `values`, judged the day after.
judging_sample sample_of(const std::vector<double>& values) {
  return sample_before(ending(today - days{1}, values), today);
}

constexpr verdict critical_above{.level = severity::critical, .side = direction::above};
constexpr verdict critical_below{.level = severity::critical, .side = direction::below};
constexpr verdict warning_above{.level = severity::warning, .side = direction::above};
constexpr verdict warning_below{.level = severity::warning, .side = direction::below};

} // namespace

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(the_sample_is_the_90_days_before) {
  // Outside: the judged day, the day after it, and the 91st day before.
  auto values = joined(constant(today - days{91}, 1, 900), constant(today - days{1}, 90, 50));
  values.push_back({today, 900});
  values.push_back({today + days{1}, 900});
  const auto sample = sample_before(values, today);
  BOOST_TEST(sample.summary.count == 90);
  BOOST_TEST(sample.summary.max.value() == 50.0);
  // One day earlier the 91st day is inside, and the day before the judged one is not.
  BOOST_TEST(sample_before(values, today - days{1}).summary.max.value() == 900.0);
}

BOOST_AUTO_TEST_CASE(the_judged_value_is_not_part_of_its_baseline) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> value{20, 120};
  for (int round = 0; round < 100; ++round) {
    series values;
    for (date day = today - days{120}; day < today; day += days{1}) {
      if (random() % 4 != 0)
        values.push_back({day, value(random)});
    }
    values.push_back({today, value(random)});
    const auto before = sample_before(values, today);
    values.back().value = 1e6;
    const auto after = sample_before(values, today);
    BOOST_TEST((before.summary == after.summary));
    BOOST_TEST(before.summary.count > 0);
    BOOST_TEST((before.median_absolute_deviation == after.median_absolute_deviation));
  }
}

BOOST_AUTO_TEST_CASE(too_few_days_judge_nothing) {
  BOOST_TEST(!judge(500, sample_of({})).has_value());
  BOOST_TEST(!judge(500, sample_of({50, 51, 52, 53, 54, 55})).has_value());
}

BOOST_AUTO_TEST_CASE(bounds_belong_to_normal) {
  // 1…7: quartiles 2 and 6, iqr 4, bounds −4 and 12, outer bounds −10 and 18.
  const auto sample = sample_of({1, 2, 3, 4, 5, 6, 7});
  constexpr double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(!judge(4, sample).has_value());
  BOOST_TEST(!judge(12, sample).has_value());
  BOOST_TEST(!judge(-4, sample).has_value());
  BOOST_TEST((judge(std::nextafter(12, infinity), sample) == warning_above));
  BOOST_TEST((judge(std::nextafter(-4, -infinity), sample) == warning_below));
  BOOST_TEST((judge(18, sample) == warning_above));
  BOOST_TEST((judge(-10, sample) == warning_below));
  BOOST_TEST((judge(std::nextafter(18, infinity), sample) == critical_above));
  BOOST_TEST((judge(std::nextafter(-10, -infinity), sample) == critical_below));
}

BOOST_AUTO_TEST_CASE(the_direction_is_that_of_the_crossed_bound) {
  // Quartiles 10 and 20, so the upper bound is 35. The mean, nearly 6·10^8, is drawn up by one
  // value: 36 is far below it and all the same above normal.
  const auto sample = sample_of({10, 10, 12, 15, 18, 20, 4e9});
  BOOST_TEST(sample.summary.upper_bound.value() == 35.0);
  BOOST_TEST((judge(36, sample) == warning_above));
}

BOOST_AUTO_TEST_CASE(without_spread_the_median_decides_what_is_critical) {
  // Appendix A: 12 after 10 ×6, here without 12 in its own sample. MAD 0, so the limit is
  // 3 · 2 % of 10 = 0.6 from the median.
  const auto flat = sample_of(std::vector<double>(7, 10));
  BOOST_TEST((judge(12, flat) == critical_above));
  BOOST_TEST((judge(10.5, flat) == warning_above));
  BOOST_TEST((judge(9.5, flat) == warning_below));
  BOOST_TEST((judge(9.3, flat) == critical_below));
  BOOST_TEST(!judge(10, flat).has_value());
  // The sample of the appendix as it stands has iqr 0 too.
  BOOST_TEST((judge(12, sample_of({10, 10, 10, 10, 10, 10, 12})) == critical_above));
}

BOOST_AUTO_TEST_CASE(equal_quartiles_leave_no_deviation_from_the_median) {
  // 5, 10 ×8, 20: quartiles 10 and 10, and then more than half of the values are the median.
  const auto sample = sample_of({5, 10, 10, 10, 10, 10, 10, 10, 10, 20});
  BOOST_TEST(sample.summary.iqr.value() == 0.0);
  BOOST_TEST(sample.median_absolute_deviation.value() == 0.0);
}

BOOST_AUTO_TEST_CASE(words_of_a_verdict) {
  BOOST_TEST(to_string(severity::warning) == "warning");
  BOOST_TEST(to_string(severity::critical) == "critical");
  BOOST_TEST(to_string(direction::above) == "above");
  BOOST_TEST(to_string(direction::below) == "below");
}

BOOST_AUTO_TEST_CASE(percentages) {
  BOOST_TEST(percent_of_mean(45, sample_of({40, 60}).summary).value() == 90.0);
  BOOST_TEST(!percent_of_mean(45, sample_of({}).summary).has_value());
  BOOST_TEST(!percent_of_mean(45, sample_of({0, 0}).summary).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
