#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono;

namespace {

constexpr date the_day = 2020y / May / 1;

polar_flow::local_time at(minutes since_midnight) {
  return polar_flow::local_time{the_day.time_since_epoch() + since_midnight};
}

std::vector<activity_sample_day> read_steps(const std::string& steps) {
  return read_export<activity_sample_day>(
      "activity-x", R"({"date":"2020-05-01","samples":{"steps":)" + steps + "}}");
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_activity)

BOOST_AUTO_TEST_CASE(a_day_is_read) {
  activity_day expected;
  expected.day = the_day;
  expected.start_time = at(0min);
  expected.end_time = at(24h) - 1s;
  expected.steps = 8123;
  expected.distance_m = 5900.4;
  expected.calories_total_kcal = 2410;
  expected.inactivity_alerts = 1;
  BOOST_TEST((read_export<activity_day>(activity_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(steps_end_where_none_were_counted) {
  activity_sample_day expected;
  expected.day = the_day;
  expected.total_steps = 8123;
  expected.interval_ms = 60'000;
  expected.steps = {{at(8h + 1min), 34},
                    {at(8h + 2min), 20},
                    {at(8h + 3min), 0},
                    {at(9h + 30min), 12},
                    {at(9h + 31min), 0}};
  BOOST_TEST((read_export<activity_sample_day>(activity_file) == std::vector{expected}));
}

BOOST_AUTO_TEST_CASE(old_days_have_neither_summary_nor_times) {
  const auto days = read_steps(R"([{"value":0},{"value":7},{"value":"NaN"},{"value":5}])");
  BOOST_REQUIRE(days.size() == 1);
  BOOST_TEST((days[0].steps
              == std::vector<step_sample>{
                  {at(0min), 0}, {at(1min), 7}, {at(2min), 0}, {at(3min), 5}, {at(4min), 0}}));
  BOOST_TEST((days[0].total_steps == 12));
}

BOOST_AUTO_TEST_CASE(samples_are_put_in_order) {
  const auto days = read_steps(R"([{"localTime":"09:00:00","value":2},
      {"localTime":"08:59:00.000","value":1},{"localTime":"25:00","value":9},
      {"localTime":"09:00:00.000","value":3}])");
  BOOST_TEST((days.at(0).steps
              == std::vector<step_sample>{{at(8h + 59min), 1}, {at(9h), 2}, {at(9h + 1min), 0}}));
}

BOOST_AUTO_TEST_CASE(the_last_minute_ends_with_the_day) {
  BOOST_TEST(read_steps(R"([{"localTime":"23:59:00","value":2}])").at(0).steps.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_day_that_tells_nothing_is_none) {
  for (const auto* content : {R"({"date":"2020-05-01"})", R"({"date":"2020-05-01","summary":{},
                                  "samples":{"mets":[{"value":0.875}],"steps":[]}})"}) {
    const auto file = polar::read_export_file("activity-x", content).value();
    BOOST_TEST(file.parts.empty());
    BOOST_TEST(file.skipped == 0u);
  }
}

BOOST_AUTO_TEST_CASE(a_file_without_a_date_is_an_error) {
  const auto file = polar::read_export_file("activity-x", R"({"summary":{"stepCount":1}})");
  BOOST_REQUIRE(!file);
  BOOST_TEST(file.error().message == "the file has neither activities nor date");
}

BOOST_AUTO_TEST_SUITE_END()
