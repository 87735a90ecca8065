#define BOOST_TEST_DYN_LINK
#include "simulator/data_request.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const athlete somebody = make_athlete(1, first_athlete_id);
/// Half past eleven in the evening in UTC, already the 18th for the athlete at UTC+1.
const instant moment = date{std::chrono::year{2026} / 6 / 17} + 23h + 30min;

data_request ask(query_parameters query) {
  return {somebody, moment, date{}, std::nullopt, {}, std::move(query)};
}

std::string range_of(query_parameters query, range_rules rules = {365 * days{1}, 28 * days{1}}) {
  const auto range = requested_range(ask(std::move(query)), rules);
  if (!range)
    return std::to_string(range.error().status);
  return format_date(range->first) + ".." + format_date(range->last);
}

} // namespace

BOOST_AUTO_TEST_SUITE(requested_ranges)

BOOST_AUTO_TEST_CASE(today_is_the_athletes_day) {
  BOOST_TEST(format_date(ask({}).today()) == "2026-06-18");
  BOOST_TEST(range_of({}) == "2026-05-22..2026-06-18");
}

BOOST_AUTO_TEST_CASE(limits_are_exact) {
  BOOST_TEST(range_of({{"from", "2026-06-01"}, {"to", "2026-06-28"}}) == "2026-06-01..2026-06-18");
  BOOST_TEST(range_of({{"from", "2026-06-01"}, {"to", "2026-06-29"}}) == "400");
  BOOST_TEST(range_of({{"from", "2025-06-18"}, {"to", "2025-06-20"}}) == "2025-06-18..2025-06-20");
  BOOST_TEST(range_of({{"from", "2025-06-17"}, {"to", "2025-06-20"}}) == "400");
  BOOST_TEST(range_of({{"from", "2026-05-22"}}) == "2026-05-22..2026-06-18");
  BOOST_TEST(range_of({{"from", "2026-05-21"}}) == "400");
  BOOST_TEST(range_of({{"to", "2026-03-31"}}) == "2026-03-04..2026-03-31");
}

BOOST_AUTO_TEST_CASE(nonsense_is_400) {
  for (const auto* wrong : {"", "x", "2026-02-30", "2026-6-1", "2026-06-01T00:00", "20260601"}) {
    BOOST_TEST_INFO(wrong);
    BOOST_TEST(range_of({{"from", wrong}}) == "400");
    BOOST_TEST(range_of({{"to", wrong}}) == "400");
  }
  BOOST_TEST(range_of({{"from", "2026-06-02"}, {"to", "2026-06-01"}}) == "400");
  const range_rules required{180 * days{1}, std::nullopt, true};
  BOOST_TEST(range_of({{"from", "2026-06-02"}}, required) == "400");
  BOOST_TEST(range_of({{"to", "2026-06-02"}}, required) == "400");
  BOOST_TEST(range_of({{"from", "2026-01-01"}, {"to", "9999-12-31"}}, required)
             == "2026-01-01..2026-06-18");
}

BOOST_AUTO_TEST_CASE(days_and_flags) {
  auto question = ask({{"steps", "true"}, {"zones", "false"}, {"route", ""}});
  BOOST_TEST(question.has_flag("steps"));
  BOOST_TEST(!question.has_flag("zones"));
  BOOST_TEST(!question.has_flag("route"));
  question.captures = {"2026-06-17"};
  BOOST_TEST(requested_day(question, days{1}).has_value());
  BOOST_TEST(!requested_day(question, days{0}).has_value());
  question.captures = {"yesterday"};
  BOOST_TEST(requested_day(question, std::nullopt).error().status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
