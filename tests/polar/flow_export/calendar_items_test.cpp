#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(export_calendar_items)

BOOST_AUTO_TEST_CASE(weights_are_read_and_nothing_else) {
  physical_info of_a_day;
  of_a_day.recorded_at = sys_days{2024y / August / 3};
  of_a_day.weight_kg = 75.5;
  physical_info of_a_moment;
  of_a_moment.recorded_at = sys_days{2024y / August / 10} + 7h + 30min;
  of_a_moment.weight_kg = 74.25;
  const std::vector expected{of_a_day, of_a_moment};
  BOOST_TEST((read_export<physical_info>(calendar_items_file) == expected));
}

BOOST_AUTO_TEST_CASE(a_corrected_weight_replaces_the_first) {
  const auto file = polar::read_export_file("calendar-items-x.json", R"({"weights":[
      {"weight":75,"date":"2024-08-03"},{"weight":0,"date":"2024-08-04"},{"weight":76},
      {"weight":74,"date":"2024-08-03"}]})");
  BOOST_TEST(file.value().skipped == 2u);
  const auto& weights = std::get<std::vector<physical_info>>(file.value().parts.at(0).records);
  BOOST_REQUIRE(weights.size() == 1);
  BOOST_TEST((weights[0].weight_kg == 74.0));
}

BOOST_AUTO_TEST_CASE(a_calendar_without_weights_is_empty) {
  for (const auto* content : {"{}", R"({"notes":[{"note":"x"}]})", R"({"weights":[]})"})
    BOOST_TEST(polar::read_export_file("calendar-items-x.json", content).value().parts.empty());
}

BOOST_AUTO_TEST_SUITE_END()
