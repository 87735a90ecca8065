#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

cardio_load_day read_one(const std::string& members) {
  const auto days = polar::read_cardio_load(R"([{"date":"2026-07-15",)" + members + "}]").value();
  BOOST_REQUIRE(days.size() == 1);
  return days.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(cardio_load_reader)

BOOST_AUTO_TEST_CASE(a_full_day_is_read) {
  const auto days = polar::read_cardio_load(testing::cardio_load_answer).value();
  BOOST_REQUIRE(days.size() == 2);
  cardio_load_day expected;
  expected.day = 2026y / July / 15;
  expected.status = "PRODUCTIVE";
  expected.cardio_load = 19.6767;
  expected.strain = 80.67548;
  expected.tolerance = 79.473885;
  expected.ratio = 1.0151194;
  expected.levels = {20.1, 45.2, 80.0, 120.5, 180.0};
  BOOST_TEST((days[0] == expected));
}

BOOST_AUTO_TEST_CASE(no_training_is_a_load_of_zero) {
  const auto days = polar::read_cardio_load(testing::cardio_load_answer).value();
  BOOST_TEST((days[1].cardio_load == 0.0));
  BOOST_TEST((days[1].levels == cardio_load_levels{}));
}

BOOST_AUTO_TEST_CASE(minus_one_is_unknown_everywhere) {
  const auto record = read_one(
      R"("cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE","cardio_load":-1.0,"strain":0.0,)"
      R"("tolerance":-1.0,"cardio_load_ratio":-1,)"
      R"("cardio_load_level":{"very_low":-1.0,"low":-1.0,"medium":-1.0,"high":-1.0,
         "very_high":-1.0})");
  cardio_load_day expected;
  expected.day = 2026y / July / 15;
  expected.status = "LOAD_STATUS_NOT_AVAILABLE";
  BOOST_TEST((record == expected));
}

BOOST_AUTO_TEST_CASE(a_strain_of_zero_counts_when_there_is_a_status) {
  BOOST_TEST((read_one(R"("cardio_load_status":"DETRAINING","strain":0.0)").strain == 0.0));
  BOOST_TEST(
      (read_one(R"("cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE","strain":4.5)").strain == 4.5));
}

BOOST_AUTO_TEST_CASE(both_spellings_of_the_last_level_are_read) {
  BOOST_TEST((read_one(R"("cardio_load_level":{"very-high":180.5})").levels.very_high == 180.5));
  BOOST_TEST((read_one(R"("cardio_load_level":{"very_high":181.5})").levels.very_high == 181.5));
}

BOOST_AUTO_TEST_CASE(an_unknown_status_is_kept_as_text) {
  BOOST_TEST(
      (read_one(R"("cardio_load_status":"RESTING_ON_A_BEACH")").status == "RESTING_ON_A_BEACH"));
}

BOOST_AUTO_TEST_CASE(one_day_may_come_as_object_or_as_list) {
  BOOST_TEST(polar::read_cardio_load(R"({"date":"2026-07-15","cardio_load":3})").value().size()
             == 1u);
  BOOST_TEST(polar::read_cardio_load(R"([{"date":"2026-07-15","cardio_load":3}])").value().size()
             == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
