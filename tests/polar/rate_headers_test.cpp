#define BOOST_TEST_DYN_LINK
#include "polar/rate_headers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;

namespace {

http_response answer(std::vector<std::pair<std::string, std::string>> headers) {
  return {.status = 429, .headers = std::move(headers), .body = {}};
}

http_response answer(const std::string& usage, const std::string& limit, const std::string& reset) {
  return answer(
      {{"ratelimit-usage", usage}, {"ratelimit-limit", limit}, {"ratelimit-reset", reset}});
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_headers_reading)

BOOST_AUTO_TEST_CASE(two_numbers_each) {
  // The trace in the contract.
  const auto headers = read_rate_headers(answer("7, 283", "2000, 100000", "279, 12579"));
  BOOST_REQUIRE(headers.has_value());
  BOOST_TEST((headers->quarter_hour == rate_window{7, 2000, 279s}));
  BOOST_TEST((headers->day == rate_window{283, 100000, 12579s}));
}

BOOST_AUTO_TEST_CASE(spaces_are_optional_and_the_long_window_too) {
  BOOST_TEST((read_rate_headers(answer("7,283", " 2000 ,\t100000", "279,12579"))->day
              == rate_window{283, 100000, 12579s}));
  const auto headers = read_rate_headers(answer("7", "2000", "279"));
  BOOST_REQUIRE(headers.has_value());
  BOOST_TEST((headers->quarter_hour == rate_window{7, 2000, 279s}));
  BOOST_TEST(!headers->day.has_value());
  BOOST_TEST(!read_rate_headers(answer("7, 283", "2000", "279, 1"))->day.has_value());
}

BOOST_AUTO_TEST_CASE(nonsense_is_not_believed) {
  for (const auto* usage : {"", ",", "x", "-1, 2", "1, -2", "1.5, 2", "1, 2, 3", "1 2",
                            "99999999999999999999, 1", "1,"})
    BOOST_TEST(!read_rate_headers(answer(usage, "2000, 100000", "279, 12579")).has_value(), usage);
  // A day has 86,400 seconds.
  BOOST_TEST(!read_rate_headers(answer("1, 2", "3, 4", "5, 999999")).has_value());
  BOOST_TEST(!read_rate_headers(answer({})).has_value());
  BOOST_TEST(!read_rate_headers(answer({{"ratelimit-usage", "1, 2"}})).has_value());
  BOOST_TEST(!read_rate_headers(answer({{"x-ratelimit-usage", "1, 2"}})).has_value());
}

BOOST_AUTO_TEST_CASE(a_429_waits_for_the_exhausted_window) {
  BOOST_TEST((wait_after_429(answer("520, 600", "520, 5100", "279, 12579")) == 279s));
  BOOST_TEST((wait_after_429(answer("10, 5100", "520, 5100", "279, 12579")) == 12579s));
  BOOST_TEST((wait_after_429(answer("521, 5101", "520, 5100", "279, 12579")) == 12579s));
  BOOST_TEST((wait_after_429(answer("520, 600", "520, 5100", "0, 12579")) == 1s));
}

BOOST_AUTO_TEST_CASE(else_retry_after_else_a_minute) {
  auto not_exhausted = answer("1, 2", "520, 5100", "279, 12579");
  BOOST_TEST((wait_after_429(not_exhausted) == 60s));
  not_exhausted.headers.emplace_back("retry-after", "17");
  BOOST_TEST((wait_after_429(not_exhausted) == 17s));
  BOOST_TEST((wait_after_429(answer({{"retry-after", "90"}})) == 90s));
  BOOST_TEST((wait_after_429(answer({{"retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"}})) == 60s));
  BOOST_TEST((wait_after_429(answer({{"retry-after", "999999999"}})) == 48h));
  BOOST_TEST((wait_after_429(answer({})) == 60s));
}

BOOST_AUTO_TEST_SUITE_END()
