#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(continuous_heart_rate_endpoints)

BOOST_AUTO_TEST_CASE(a_day_has_the_recorded_shape) {
  talk polar;
  const auto day = polar.read("/v3/users/continuous-heart-rate/2026-06-16");
  BOOST_TEST(keys_of(day) == "polar_user date heart_rate_samples");
  BOOST_TEST(day.at("date") == "2026-06-16");
  const auto& samples = day.at("heart_rate_samples").as_array();
  BOOST_TEST(samples.size() > 200U);
  std::string previous;
  for (const auto& sample : samples) {
    BOOST_TEST(keys_of(sample) == "heart_rate sample_time");
    const std::string time{sample.at("sample_time").as_string()};
    BOOST_TEST(time.size() == 8U);
    BOOST_TEST(time > previous);
    previous = time;
  }
}

BOOST_AUTO_TEST_CASE(a_range_wraps_the_same_days) {
  talk polar;
  const auto list = polar.read("/v3/users/continuous-heart-rate?from=2026-05-20&to=2026-06-16");
  BOOST_TEST(keys_of(list) == "heart_rates");
  const auto& found = list.at("heart_rates").as_array();
  BOOST_TEST(found.size() > 22U);
  const std::string last{found.back().at("date").as_string()};
  BOOST_TEST((polar.read("/v3/users/continuous-heart-rate/" + last) == found.back()));
}

BOOST_AUTO_TEST_CASE(today_ends_now_and_keeps_its_past) {
  talk polar;
  const auto noon = polar.read("/v3/users/continuous-heart-rate/2026-06-17");
  polar.clock->time += 5h;
  const auto evening = polar.read("/v3/users/continuous-heart-rate/2026-06-17");
  const auto& early = noon.at("heart_rate_samples").as_array();
  const auto& late = evening.at("heart_rate_samples").as_array();
  BOOST_TEST(late.size() > early.size());
  for (std::size_t i = 0; i < early.size(); ++i)
    BOOST_TEST((late[i] == early[i]));
  // Noon in UTC is one o'clock for the athlete.
  BOOST_TEST(early.back().at("sample_time").as_string() <= "13:00:00");
  BOOST_TEST(early.back().at("sample_time").as_string() > "12:00:00");
}

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_contract) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& rest) {
    return polar.get("/v3/users/continuous-heart-rate" + rest, token).status;
  };
  BOOST_TEST(status("") == 400);
  BOOST_TEST(status("?from=2026-06-01") == 400);
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-17") == 400);
  BOOST_TEST(status("?from=2026-05-19&to=2026-05-20") == 400);
  BOOST_TEST(status("?from=2026-05-20&to=2026-06-16") == 200);
  BOOST_TEST(status("/2026-05-19") == 404);
  BOOST_TEST(status("/2026-06-18") == 404);
  BOOST_TEST(status("/yesterday") == 400);
}

BOOST_AUTO_TEST_SUITE_END()
