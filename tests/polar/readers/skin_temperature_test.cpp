#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(skin_temperature_reader)

BOOST_AUTO_TEST_CASE(nights_are_read) {
  const auto nights = polar::read_skin_temperature(testing::skin_temperature_answer).value();
  const std::vector<skin_temperature_night> expected{{2023y / October / 20, 36.5, -0.5},
                                                     {2023y / October / 21, 35.25, std::nullopt}};
  BOOST_TEST((nights == expected));
}

BOOST_AUTO_TEST_CASE(a_deviation_of_zero_is_one) {
  const auto nights = polar::read_skin_temperature(
                          R"([{"sleep-date":"2023-10-20","deviation-from-baseline-celsius":0,
         "sleep-time-skin-temperature-celsius":"-400"}])")
                          .value();
  const std::vector<skin_temperature_night> expected{{2023y / October / 20, std::nullopt, 0.0}};
  BOOST_TEST((nights == expected));
}

BOOST_AUTO_TEST_CASE(a_night_without_date_is_skipped) {
  const auto nights = polar::read_skin_temperature(
      R"([{"sleep_time_skin_temperature_celsius":36.5},{"sleep_date":"2023-10-20"}])");
  BOOST_TEST(nights.value().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
