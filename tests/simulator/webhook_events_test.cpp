#define BOOST_TEST_DYN_LINK
#include "simulator/webhook_events.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;

namespace {

const date first{std::chrono::year{2026} / 6 / 16};
const instant noon = first + 12h;

std::string body_of(const char* event) {
  return make_notification({event, 475, {first, first + std::chrono::days{1}}, "aQlC83"}, noon)
      .body;
}

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_notifications)

BOOST_AUTO_TEST_CASE(bodies_are_those_of_the_contract) {
  const std::string base = "https://www.polaraccesslink.com/v3";
  const std::string head = R"(","user_id":475,"timestamp":"2026-06-16T12:00:00Z",)";
  BOOST_TEST(body_of("EXERCISE")
             == R"({"event":"EXERCISE)" + head + R"("entity_id":"aQlC83","url":")" + base
                    + R"(/exercises/aQlC83"})");
  BOOST_TEST(body_of("SLEEP")
             == R"({"event":"SLEEP)" + head + R"("date":"2026-06-16","url":")" + base
                    + R"(/users/sleep/2026-06-16"})");
  BOOST_TEST(body_of("SLEEP_WISE_ALERTNESS")
             == R"({"event":"SLEEP_WISE_ALERTNESS)" + head
                    + R"("from":"2026-06-16","to":"2026-06-17","url":")" + base
                    + R"(/users/sleepwise/alertness/date?from=2026-06-16&to=2026-06-17"})");
  BOOST_TEST(body_of("PHYSICAL_INFORMATION")
             == R"({"event":"PHYSICAL_INFORMATION)" + head + R"("url":")" + base
                    + R"(/users/physical-info"})");
  BOOST_TEST(make_ping(noon).body == R"({"event":"PING","timestamp":"2026-06-16T12:00:00Z"})");
}

BOOST_AUTO_TEST_CASE(all_events_are_known) {
  for (const auto name : webhook_event_names) {
    BOOST_TEST(subject_of(name).has_value());
    BOOST_TEST(boost::json::parse(body_of(std::string{name}.c_str())).at("user_id") == 475);
  }
  BOOST_TEST(!subject_of("sleep").has_value());
}

BOOST_AUTO_TEST_CASE(signatures_are_hmac_sha256) {
  // RFC 4231, test case 2.
  BOOST_TEST(hmac_sha256_hex("Jefe", "what do ya want for nothing?")
             == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const webhook to{"1a2b", {"SLEEP"}, "http://localhost/hook", "key", true, {}};
  notification what{"SLEEP", "{}"};
  const auto good = make_post(to, what);
  BOOST_TEST(good.url == to.url);
  BOOST_TEST(find_header(good.headers, "Polar-Webhook-Event") == "SLEEP");
  BOOST_TEST(find_header(good.headers, "Polar-Webhook-Signature") == hmac_sha256_hex("key", "{}"));
  what.has_wrong_signature = true;
  const auto bad = make_post(to, what);
  BOOST_TEST(find_header(bad.headers, "Polar-Webhook-Signature").size() == 64U);
  BOOST_TEST(find_header(bad.headers, "Polar-Webhook-Signature") != hmac_sha256_hex("key", "{}"));
}

BOOST_AUTO_TEST_SUITE_END()
