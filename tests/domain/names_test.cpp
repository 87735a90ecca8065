// Goal: every enumerator has a name of its own, and names can be read back.
#define BOOST_TEST_DYN_LINK
#include "domain/errc.hpp"
#include "domain/insights.hpp"
#include "domain/streams.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <set>
#include <string_view>

BOOST_AUTO_TEST_SUITE(names)

using namespace polar_flow;

BOOST_AUTO_TEST_CASE(every_error_has_its_own_name) {
  std::set<std::string_view> seen;
  for (int code = 0; code <= static_cast<int>(errc::internal); ++code)
    BOOST_TEST(seen.insert(to_string(static_cast<errc>(code))).second,
               to_string(static_cast<errc>(code)) << " is used twice");
  for (int code = 0; code <= static_cast<int>(errc::internal); ++code)
    BOOST_TEST((parse_errc(to_string(static_cast<errc>(code))) == static_cast<errc>(code)));
  for (const auto* text : {"", "Internal", "internal ", "teapot"})
    BOOST_TEST(!parse_errc(text).has_value(), text);
  BOOST_TEST(to_string(errc::none) == "none");
  BOOST_TEST(to_string(errc::sync_in_progress) == "sync_in_progress");
}

BOOST_AUTO_TEST_CASE(streams_are_named_as_in_the_contract) {
  // The fourteen keys of `records` in the answer of a sync trigger, contract section 6.
  constexpr std::string_view expected[] = {
      "sleep",         "recharge",         "activity",          "exercises",
      "cardio_load",   "sleepwise_alertness", "sleepwise_bedtime", "activity_samples",
      "continuous_hr", "spo2",             "ecg",               "body_temperature",
      "skin_temperature", "physical_info"};
  std::size_t index = 0;
  for (const auto kind : all_streams) {
    BOOST_TEST(to_string(kind) == expected[index++]);
    BOOST_TEST((parse_stream(to_string(kind)) == kind));
  }
  for (const auto* text : {"", "Sleep", "sleep ", "steps"})
    BOOST_TEST(!parse_stream(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(metrics_can_be_read_back) {
  for (const auto name : all_metrics)
    BOOST_TEST((parse_metric(to_string(name)) == name));
  BOOST_TEST(!parse_metric("weight").has_value());
}

BOOST_AUTO_TEST_CASE(statuses_are_named) {
  BOOST_TEST(to_string(baseline_status::insufficient) == "insufficient");
  BOOST_TEST(to_string(baseline_status::partial) == "partial");
  BOOST_TEST(to_string(baseline_status::ready) == "ready");
  BOOST_TEST(to_string(insights_status::unavailable) == "unavailable");
  BOOST_TEST(to_string(insights_status::partial) == "partial");
  BOOST_TEST(to_string(insights_status::ready) == "ready");
}

BOOST_AUTO_TEST_SUITE_END()
