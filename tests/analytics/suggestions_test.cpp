// Goal: what to do today follows from today's HRV, if that is known well enough. Method:
// comparisons written by hand, values just on either side of every limit.
#define BOOST_TEST_DYN_LINK
#include "analytics/suggestions.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

insights with_hrv(double percent, baseline_status status = baseline_status::ready, int age = 0) {
  metric_comparison hrv;
  hrv.name = metric::hrv_rmssd;
  hrv.current = percent / 2;
  hrv.as_of = today - days{age};
  hrv.baseline = 50;
  hrv.percent_of_baseline = percent;
  hrv.status = status;
  insights known;
  known.comparisons = {hrv};
  return known;
}

} // namespace

BOOST_AUTO_TEST_SUITE(suggestions)

BOOST_AUTO_TEST_CASE(a_low_hrv_asks_for_recovery) {
  // 86.9 % is the example of the seed document.
  const auto list = suggest(with_hrv(86.9), today);
  BOOST_REQUIRE(list.size() == 1u);
  BOOST_TEST(list[0].action == "prioritize_recovery");
  BOOST_TEST(list[0].description == "Prioritize sleep and recovery today");
  BOOST_TEST(list[0].confidence == 0.85);
  BOOST_TEST(list[0].reason == "HRV is 13% below baseline");
  BOOST_TEST(suggest(with_hrv(89.99), today).at(0).action == "prioritize_recovery");
}

BOOST_AUTO_TEST_CASE(nothing_is_suggested_in_between) {
  BOOST_TEST(suggest(with_hrv(90), today).empty());
  BOOST_TEST(suggest(with_hrv(99.99), today).empty());
}

BOOST_AUTO_TEST_CASE(an_hrv_at_baseline_lets_train) {
  for (const double percent : {100.0, 130.0}) {
    const auto list = suggest(with_hrv(percent), today);
    BOOST_REQUIRE(list.size() == 1u);
    BOOST_TEST(list[0].action == "train_normally");
    BOOST_TEST(list[0].confidence == 0.85);
    BOOST_TEST(!list[0].description.empty());
    BOOST_TEST(!list[0].reason.empty());
  }
}

BOOST_AUTO_TEST_CASE(baseline_status_and_age_are_respected) {
  for (const double percent : {80.0, 120.0}) {
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::partial), today).size() == 1u);
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::insufficient), today).empty());
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::ready, 3), today).size() == 1u);
    BOOST_TEST(suggest(with_hrv(percent, baseline_status::ready, 4), today).empty());
  }
}

BOOST_AUTO_TEST_CASE(nothing_known_nothing_suggested) {
  BOOST_TEST(suggest({}, today).empty());
}

BOOST_AUTO_TEST_SUITE_END()
