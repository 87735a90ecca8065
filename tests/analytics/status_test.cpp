// Goal: the way to every feature is told by the kind of data with the fewest days. Method: the days
// around every threshold.
#define BOOST_TEST_DYN_LINK
#include "analytics/status.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace polar_flow;
using namespace polar_flow::analytics;

namespace {

/// A user with so many days of each kind.
analytics_status after(std::int64_t days) {
  return assess_status({.sleep = days, .activity = days, .recharge = days, .cardio_load = days});
}

feature_progress feature_after(std::int64_t days, const std::string& name) {
  const auto status = after(days);
  return *std::ranges::find(status.features, name, &feature_progress::name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(status)

BOOST_AUTO_TEST_CASE(the_fewest_days_count) {
  const auto status = assess_status(
      {.sleep = 40, .activity = 90, .recharge = 39, .cardio_load = 12, .heart_rate = 3});
  BOOST_TEST(status.sleep_days == 40);
  BOOST_TEST(status.recharge_days == 39);
  BOOST_TEST(status.activity_days == 90);
  BOOST_TEST(status.cardio_load_days == 12);
  BOOST_TEST(status.min_data_days == 12);
}

BOOST_AUTO_TEST_CASE(features_in_their_order) {
  const std::vector<std::pair<std::string, std::int32_t>> expected{
      {"basic_stats", 7},        {"trend_analysis", 14}, {"personalized_baselines", 21},
      {"predictive_models", 30}, {"advanced_ml", 60},    {"long_term_patterns", 90}};
  const auto status = after(0);
  BOOST_REQUIRE(status.features.size() == expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const auto& feature = status.features[index];
    BOOST_TEST(feature.name == expected[index].first);
    BOOST_TEST(feature.days_required == expected[index].second);
    BOOST_TEST(feature.days_remaining == expected[index].second);
    BOOST_TEST(feature.progress_percent == 0.0);
    BOOST_TEST(!feature.is_unlocked);
  }
}

BOOST_AUTO_TEST_CASE(a_feature_unlocks_on_its_day) {
  for (const auto& feature : after(0).features) {
    const auto locked = feature_after(feature.days_required - 1, feature.name);
    BOOST_TEST(!locked.is_unlocked);
    BOOST_TEST(locked.days_remaining == 1);
    BOOST_TEST(locked.progress_percent < 100.0);
    for (const std::int32_t more : {0, 1, 100}) {
      const auto unlocked = feature_after(feature.days_required + more, feature.name);
      BOOST_TEST(unlocked.is_unlocked);
      BOOST_TEST(unlocked.days_remaining == 0);
      BOOST_TEST(unlocked.progress_percent == 100.0);
    }
  }
}

BOOST_AUTO_TEST_CASE(progress_has_one_decimal) {
  // 5/7 = 71.43 %, 13/21 = 61.90 %; 9/30 and 45/60 are whole.
  BOOST_TEST(feature_after(5, "basic_stats").progress_percent == 71.4);
  BOOST_TEST(feature_after(13, "personalized_baselines").progress_percent == 61.9);
  BOOST_TEST(feature_after(9, "predictive_models").progress_percent == 30.0);
  BOOST_TEST(feature_after(45, "advanced_ml").progress_percent == 75.0);
}

BOOST_AUTO_TEST_CASE(the_recommendation_speaks_of_the_next_feature) {
  BOOST_TEST(after(0).recommendation == "Keep syncing: basic statistics need 7 more days of data");
  BOOST_TEST(after(6).recommendation == "Keep syncing: basic statistics need 1 more day of data");
  BOOST_TEST(after(7).recommendation == "Trend analysis needs 7 more days of data");
  BOOST_TEST(after(13).recommendation == "Trend analysis needs 1 more day of data");
  BOOST_TEST(after(14).recommendation
             == "Personal baselines, and with them anomaly detection, need 7 more days of data");
  BOOST_TEST(after(20).recommendation
             == "Personal baselines, and with them anomaly detection, need 1 more day of data");
  BOOST_TEST(after(21).recommendation == "Predictive models need 9 more days of data");
  BOOST_TEST(after(29).recommendation == "Predictive models need 1 more day of data");
  BOOST_TEST(after(30).recommendation == "Advanced machine learning needs 30 more days of data");
  BOOST_TEST(after(59).recommendation == "Advanced machine learning needs 1 more day of data");
}

BOOST_AUTO_TEST_CASE(all_unlocked_means_all) {
  // Upstream says so from 60 days on.
  BOOST_TEST(after(60).recommendation == "Long-term patterns need 30 more days of data");
  BOOST_TEST(after(89).recommendation == "Long-term patterns need 1 more day of data");
  BOOST_TEST(after(90).recommendation == "All features are unlocked");
  BOOST_TEST(after(5000).recommendation == "All features are unlocked");
}

BOOST_AUTO_TEST_SUITE_END()
