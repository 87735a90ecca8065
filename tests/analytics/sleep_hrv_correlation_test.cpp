// Goal: the link between sleep and HRV is told with its significance, or not at all. Method: the
// vectors of the HTTP contract laid onto nights, and nights around every limit.
#define BOOST_TEST_DYN_LINK
#include "analytics/sleep_hrv_correlation.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

const std::vector<double> contract_sleep{70, 72, 72, 75, 80, 81, 81, 81, 79, 65, 60,
                                         90, 88, 87, 77, 74, 73, 72, 71, 70, 69};
const std::vector<double> contract_hrv{40, 42, 41, 45, 50, 47, 52, 51, 44, 38, 36,
                                       58, 55, 57, 46, 43, 44, 42, 39, 41, 40};

pattern_analysis correlate(const series& sleep, const series& hrv) {
  analytics_window window;
  window.sleep_score = sleep;
  window.hrv_rmssd_ms = hrv;
  return correlate_sleep_with_hrv(window, today);
}

pattern_analysis correlate(const std::vector<double>& sleep, const std::vector<double>& hrv) {
  return correlate(ending(today, sleep), ending(today, hrv));
}

std::vector<double> counting(std::size_t count) {
  std::vector<double> values(count);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

std::vector<double> reversed(std::vector<double> values) {
  std::ranges::reverse(values);
  return values;
}

const correlation_details& found(const pattern_analysis& result) {
  return std::get<correlation_details>(result.details);
}

const insufficient_details& reason(const pattern_analysis& result) {
  return std::get<insufficient_details>(result.details);
}

/// `count` rising values, of which the first `moved` are reversed: the more, the less related.
std::vector<double> disturbed(std::size_t count, std::size_t moved) {
  auto values = counting(count);
  std::reverse(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(moved));
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sleep_hrv)

BOOST_AUTO_TEST_CASE(the_strong_vector_of_the_contract) {
  const auto result = correlate(contract_sleep, contract_hrv);
  BOOST_TEST(result.type == "correlation");
  BOOST_TEST(result.name == "sleep_hrv_correlation");
  BOOST_TEST((result.metrics == std::vector<std::string>{"sleep_score", "hrv_rmssd"}));
  BOOST_TEST(result.sample_count == 21);
  BOOST_TEST(result.significance == "high");
  BOOST_TEST(std::abs(result.score.value() - 0.9755474326660043) < 1e-12);
  BOOST_TEST(result.confidence.value() == 1.0 - found(result).p_value);
  BOOST_TEST(found(result).correlation_coefficient == result.score.value());
  BOOST_TEST(std::abs(found(result).p_value - 5.81664121978467e-14) < 1e-22);
  BOOST_TEST(found(result).strength == "strong");
  BOOST_TEST(found(result).direction == "positive");
  BOOST_TEST(found(result).interpretation
             == "Strong positive correlation between sleep quality and HRV. Better sleep goes with "
                "higher HRV");
}

BOOST_AUTO_TEST_CASE(the_vector_that_is_not_significant) {
  // Upstream calls p = 0.18 "low"; here it is no result.
  const auto result = correlate(contract_sleep, reversed(contract_hrv));
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(!result.score.has_value());
  BOOST_TEST(!result.confidence.has_value());
  BOOST_TEST(result.sample_count == 21);
  BOOST_TEST(reason(result).reason == "Not significant: p = 0.176, need p < 0.1");
  BOOST_TEST(std::abs(reason(result).p_value.value() - 0.17563516046264052) < 1e-12);
}

BOOST_AUTO_TEST_CASE(perfect_agreement) {
  const auto result = correlate(counting(21), counting(21));
  BOOST_TEST(result.score.value() == 1.0);
  BOOST_TEST(result.confidence.value() == 1.0);
  BOOST_TEST(found(result).p_value == 0.0);
}

BOOST_AUTO_TEST_CASE(an_inverse_relation) {
  const auto result = correlate(counting(21), reversed(counting(21)));
  BOOST_TEST(result.score.value() == -1.0);
  BOOST_TEST(result.significance == "high");
  BOOST_TEST(found(result).direction == "negative");
  BOOST_TEST(found(result).interpretation
             == "Strong negative correlation between sleep quality and HRV. An inverse relation is "
                "unusual and worth a closer look");
}

BOOST_AUTO_TEST_CASE(three_levels_of_significance) {
  // The p-values are SciPy's.
  const auto high = correlate(counting(40), disturbed(40, 26));
  BOOST_TEST(high.significance == "high");
  BOOST_TEST(std::abs(found(high).p_value - 0.0035) < 0.0001);
  const auto medium = correlate(counting(40), disturbed(40, 28));
  BOOST_TEST(medium.significance == "medium");
  BOOST_TEST(std::abs(found(medium).p_value - 0.0481) < 0.0001);
  const auto low = correlate(counting(47), disturbed(47, 34));
  BOOST_TEST(low.significance == "low");
  BOOST_TEST(std::abs(found(low).p_value - 0.0995) < 0.0001);
  BOOST_TEST(std::abs(low.confidence.value() - 0.9005) < 0.0001);
  const auto none = correlate(counting(40), disturbed(40, 29));
  BOOST_TEST(none.significance == "insufficient");
  BOOST_TEST(reason(none).reason == "Not significant: p = 0.139, need p < 0.1");
}

BOOST_AUTO_TEST_CASE(strengths) {
  const auto strength_after = [](std::size_t count, std::size_t moved) {
    return found(correlate(counting(count), disturbed(count, moved))).strength;
  };
  // ρ is 0.711, 0.668, 0.451, 0.385; negligible ones below 0.2 are never significant in 90 nights.
  BOOST_TEST(strength_after(40, 21) == "strong");
  BOOST_TEST(strength_after(40, 22) == "moderate");
  BOOST_TEST(strength_after(40, 26) == "moderate");
  BOOST_TEST(strength_after(40, 27) == "weak");
}

BOOST_AUTO_TEST_CASE(words_without_certainty_give_no_advice) {
  // ρ 0.409 at p 0.066, and −0.321 at 0.078.
  BOOST_TEST(found(correlate(counting(21), disturbed(21, 14))).interpretation
             == "Moderate positive correlation between sleep quality and HRV");
  BOOST_TEST(found(correlate(counting(31), disturbed(31, 27))).interpretation
             == "Weak negative correlation between sleep quality and HRV");
  // p 0.039 is certain enough, but ρ 0.224 is too weak.
  BOOST_TEST(found(correlate(counting(85), disturbed(85, 62))).interpretation
             == "Weak positive correlation between sleep quality and HRV");
}

BOOST_AUTO_TEST_CASE(twenty_nights_are_too_few) {
  const auto result = correlate(counting(20), counting(20));
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(!result.score.has_value());
  BOOST_TEST(result.sample_count == 20);
  BOOST_TEST(reason(result).reason == "Insufficient data: 20 samples, need 21");
  BOOST_TEST(!reason(result).p_value.has_value());
  BOOST_TEST(reason(correlate(series{}, series{})).reason
             == "Insufficient data: 0 samples, need 21");
}

BOOST_AUTO_TEST_CASE(a_constant_series_has_no_correlation) {
  const auto result = correlate(std::vector<double>(21, 75.0), counting(21));
  BOOST_TEST(result.significance == "insufficient");
  BOOST_TEST(result.sample_count == 21);
  BOOST_TEST(reason(result).reason == "Could not compute correlation - data may lack variance");
}

BOOST_AUTO_TEST_CASE(only_nights_with_both_count) {
  // HRV is missing on every other night, sleep on every third.
  series sleep;
  series hrv;
  for (int age = 89; age >= 0; --age) {
    if (age % 3 != 0)
      sleep.push_back({today - days{age}, 50.0 + age});
    if (age % 2 != 0)
      hrv.push_back({today - days{age}, 20.0 + age});
  }
  // Odd ages below 90 that are no multiples of 3: 45 − 15.
  const auto result = correlate(sleep, hrv);
  BOOST_TEST(result.sample_count == 30);
  BOOST_TEST(result.score.value() == 1.0);
}

BOOST_AUTO_TEST_CASE(ninety_days_count) {
  BOOST_TEST(correlate(counting(200), counting(200)).sample_count == 90);
  const auto earlier = ending(today - days{70}, counting(100));
  // Of the 90 days until today 20 are left.
  BOOST_TEST(correlate(earlier, earlier).sample_count == 20);
}

BOOST_AUTO_TEST_SUITE_END()
