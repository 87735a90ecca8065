#define BOOST_TEST_DYN_LINK
#include "http/record_ids.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

device_moment moment_of(std::int64_t microseconds, std::string device_id) {
  return {instant{std::chrono::microseconds{microseconds}}, std::move(device_id)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(record_ids)

BOOST_AUTO_TEST_CASE(ids_are_moments_and_devices) {
  BOOST_TEST(record_id(moment_of(1795305600000000, "")) == "1795305600000000");
  BOOST_TEST(record_id(moment_of(1795305600000000, "C8D9EA")) == "1795305600000000-C8D9EA");
}

// Goal: every id leads back to what it was made of, whatever a device is called.
BOOST_AUTO_TEST_CASE(ids_lead_back) {
  for (const auto* device : {"", "C8D9EA", "-", "a-b", "17", " ", "Grit X \xC3\xA4/2"})
    for (const std::int64_t time : {1795305600000001, std::int64_t{0}, -std::int64_t{1}}) {
      const auto key = moment_of(time, device);
      const auto found = parse_record_id(record_id(key));
      BOOST_REQUIRE(found.has_value());
      BOOST_TEST((*found == key), record_id(key));
    }
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_ids) {
  for (const auto* text : {"", "-", "x", "1795305600000000x", "1795305600000000-", "+17", " 17",
                           "017", "-0", "1.5", "C8D9EA-1795305600000000", "99999999999999999999",
                           "9223372036854775807", "-9223372036854775808"})
    BOOST_TEST(!parse_record_id(text).has_value(), "'" << text << "'");
}

BOOST_AUTO_TEST_CASE(ids_reach_as_far_as_the_calendar) {
  const instant first{*parse_date("0001-01-01")};
  const instant last = *parse_date("9999-12-31") + std::chrono::hours{24} - instant::duration{1};
  for (const auto moment : {first, last})
    BOOST_TEST((parse_record_id(record_id({moment, {}})) == device_moment{moment, {}}));
  BOOST_TEST(!parse_record_id(record_id({first - instant::duration{1}, {}})).has_value());
  BOOST_TEST(!parse_record_id(record_id({last + instant::duration{1}, {}})).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
