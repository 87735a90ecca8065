// The rules that hold for every list of records, tried on nights.

#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(record_list)

BOOST_AUTO_TEST_CASE(one_night_alone_and_a_bare_list_are_answers_too) {
  BOOST_TEST(polar::read_sleep(R"({"date":"2026-05-03","sleep_score":80})").value().size() == 1u);
  BOOST_TEST(polar::read_sleep(R"([{"date":"2026-05-03"},{"date":"2026-05-04"}])").value().size()
             == 2u);
}

BOOST_AUTO_TEST_CASE(nothing_is_an_empty_list) {
  for (const auto* body :
       {"", "  \n", "null", "{}", "[]", R"({"nights":[]})", R"({"nights":null})"})
    BOOST_TEST(polar::read_sleep(body).value().empty(), "body " << body);
}

BOOST_AUTO_TEST_CASE(a_night_without_date_is_skipped) {
  const auto nights = polar::read_sleep(
      R"({"nights":[{"sleep_score":80},{"date":"2026-02-30"},{"date":"2026-05-03"},7,null,[]]})");
  BOOST_REQUIRE(nights.has_value());
  BOOST_REQUIRE(nights->size() == 1);
  BOOST_TEST((nights->front().day == sys_days{2026y / May / 3}));
}

BOOST_AUTO_TEST_CASE(when_no_night_can_be_read_the_place_is_named) {
  const auto nights = polar::read_sleep(R"({"nights":[{"sleep_score":80,"date":"secret"}]})");
  BOOST_REQUIRE(!nights.has_value());
  BOOST_TEST((nights.error().code == errc::polar_unreadable));
  BOOST_TEST(nights.error().message.find("nights[0].date") != std::string::npos);
  BOOST_TEST(nights.error().message.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_two_nights_with_one_date_the_later_stays) {
  const auto nights = polar::read_sleep(
                          R"({"nights":[{"date":"2026-05-03","sleep_score":1},{"date":"2026-05-04",
         "sleep_score":2},)"
                          R"({"date":"2026-05-03","sleep_score":3}]})")
                          .value();
  BOOST_REQUIRE(nights.size() == 2);
  BOOST_TEST((nights[0].sleep_score == 3));
  BOOST_TEST((nights[1].sleep_score == 2));
}

BOOST_AUTO_TEST_CASE(another_shape_is_unreadable) {
  for (const auto* body : {"7", "\"x\"", "true", R"({"nights":7})", R"({"error":"x"})"}) {
    const auto nights = polar::read_sleep(body);
    BOOST_REQUIRE(!nights.has_value());
    BOOST_TEST((nights.error().code == errc::polar_unreadable));
  }
}

BOOST_AUTO_TEST_SUITE_END()
