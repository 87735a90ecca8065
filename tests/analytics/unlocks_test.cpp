// Goal: features appear on their day, and nothing is promised that cannot be kept. Method: the days
// around every threshold.
#define BOOST_TEST_DYN_LINK
#include "analytics/unlocks.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace polar_flow;
using namespace polar_flow::analytics;

namespace {

feature_availability feature_on(std::int32_t data_days, const std::string& name) {
  const auto list = feature_list(data_days, false);
  return *std::ranges::find(list, name, &feature_availability::name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(unlocks)

BOOST_AUTO_TEST_CASE(status_boundaries) {
  BOOST_TEST((status_for(0) == insights_status::unavailable));
  BOOST_TEST((status_for(6) == insights_status::unavailable));
  BOOST_TEST((status_for(7) == insights_status::partial));
  BOOST_TEST((status_for(20) == insights_status::partial));
  BOOST_TEST((status_for(21) == insights_status::ready));
  BOOST_TEST((status_for(5000) == insights_status::ready));
}

BOOST_AUTO_TEST_CASE(features_in_the_order_of_the_answer) {
  const auto list = feature_list(0, false);
  BOOST_REQUIRE(list.size() == 5u);
  BOOST_TEST(list[0].name == "baselines_7d");
  BOOST_TEST(list[1].name == "baselines_30d");
  BOOST_TEST(list[2].name == "patterns");
  BOOST_TEST(list[3].name == "anomaly_detection");
  BOOST_TEST(list[4].name == "ml_predictions");
}

BOOST_AUTO_TEST_CASE(a_feature_unlocks_on_its_day) {
  const std::vector<std::pair<std::string, std::int32_t>> thresholds{
      {"baselines_7d", 7}, {"patterns", 21}, {"anomaly_detection", 21}, {"baselines_30d", 30}};
  for (const auto& [name, threshold] : thresholds) {
    BOOST_TEST(feature_on(0, name).unlock_at_days == threshold);
    BOOST_TEST(!feature_on(threshold - 1, name).available);
    BOOST_TEST(feature_on(threshold - 1, name).message.value() == "Unlocks in 1 day");
    BOOST_TEST(feature_on(threshold, name).available);
    BOOST_TEST(!feature_on(threshold, name).message.has_value());
  }
  BOOST_TEST(feature_on(4, "patterns").message.value() == "Unlocks in 17 days");
}

BOOST_AUTO_TEST_CASE(availability_by_name) {
  BOOST_TEST(!is_available("patterns", 20));
  BOOST_TEST(is_available("patterns", 21));
  BOOST_TEST(!is_available("ml_predictions", 5000));
  BOOST_TEST(!is_available("no_such_feature", 5000));
}

BOOST_AUTO_TEST_CASE(predictions_are_not_available_because_days_have_passed) {
  BOOST_TEST(feature_on(45, "ml_predictions").unlock_at_days == 60);
  BOOST_TEST(feature_on(45, "ml_predictions").message.value() == "Unlocks in 15 days");
  for (const std::int32_t data_days : {59, 60, 61, 3650})
    BOOST_TEST(!feature_on(data_days, "ml_predictions").available);
  BOOST_TEST(feature_on(60, "ml_predictions").message.value()
             == "There is enough data, but no prediction that beats the simple guesses");
  const auto given = feature_list(60, true).back();
  BOOST_TEST(given.name == "ml_predictions");
  BOOST_TEST(given.available);
  BOOST_TEST(!given.message);
}

BOOST_AUTO_TEST_CASE(progress_counts_from_the_previous_unlock) {
  const auto check = [](std::int32_t data_days, const char* next, std::int32_t left,
                        double percent) {
    const unlock_progress expected{
        .next_unlock = next, .days_until_next = left, .percent_to_next = percent};
    BOOST_TEST((progress_to_next(data_days) == expected), data_days << " days");
  };
  check(0, "baselines_7d", 7, 0.0);
  check(6, "baselines_7d", 1, 6.0 / 7.0 * 100.0);
  check(7, "patterns", 14, 0.0);
  check(14, "patterns", 7, 50.0);
  check(21, "baselines_30d", 9, 0.0);
  check(24, "baselines_30d", 6, 3.0 / 9.0 * 100.0);
  check(29, "baselines_30d", 1, 8.0 / 9.0 * 100.0);
}

BOOST_AUTO_TEST_CASE(no_progress_towards_what_cannot_be_given) {
  for (const std::int32_t data_days : {30, 59, 60, 3650})
    BOOST_TEST(!progress_to_next(data_days).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
