#define BOOST_TEST_DYN_LINK
#include "simulator/webhook_events.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

/// A member of every notification that was delivered, joined by spaces.
std::string delivered(talk& polar, const char* name) {
  polar.calls.clear();
  polar.deliver();
  std::string all;
  for (const auto& call : polar.calls)
    all +=
        (all.empty() ? "" : " ") + std::string{boost::json::parse(call.body).at(name).as_string()};
  return all;
}

std::int64_t queued(talk& polar, const boost::json::value& body) {
  const auto answer = polar.control("/simulator/events", body);
  BOOST_TEST(answer.status == 202);
  return boost::json::parse(answer.body).at("queued").as_int64();
}

} // namespace

BOOST_AUTO_TEST_SUITE(event_control_endpoints)

BOOST_AUTO_TEST_CASE(events_go_out_when_told) {
  talk polar;
  const auto secret = polar.create_webhook();
  BOOST_TEST(queued(polar, {{"event", "SLEEP"}, {"date", "2026-06-16"}}) == 1);
  BOOST_TEST(polar.deliver() == 1);
  const auto& call = polar.calls.back();
  const auto body = boost::json::parse(call.body);
  BOOST_TEST(body.at("event") == "SLEEP");
  BOOST_TEST(body.at("user_id").as_int64() == 10000001);
  BOOST_TEST(body.at("date") == "2026-06-16");
  BOOST_TEST(find_header(call.headers, "Polar-Webhook-Signature")
             == hmac_sha256_hex(secret, call.body));
  const auto counts = boost::json::parse(polar.send("GET", "/simulator/events").body);
  BOOST_TEST(counts.at("taken").as_int64() == 1);
  BOOST_TEST(counts.at("waiting").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(ranges_duplicates_and_order) {
  talk polar;
  polar.create_webhook();
  queued(polar, {{"event", "ACTIVITY_SUMMARY"}, {"from", "2026-06-01"}, {"to", "2026-06-03"}});
  BOOST_TEST(delivered(polar, "date") == "2026-06-01 2026-06-02 2026-06-03");
  queued(polar, {{"event", "SLEEP"},
                 {"from", "2026-06-01"},
                 {"to", "2026-06-02"},
                 {"count", 2},
                 {"reorder", true}});
  BOOST_TEST(delivered(polar, "date") == "2026-06-02 2026-06-02 2026-06-01 2026-06-01");
  // SleepWise names the range itself.
  queued(polar, {{"event", "SLEEP_WISE_ALERTNESS"}, {"from", "2026-06-01"}, {"to", "2026-06-02"}});
  BOOST_TEST(delivered(polar, "to") == "2026-06-02");
  // Today for the athlete, one hour east of Greenwich.
  polar.clock->time += 11h + 30min;
  queued(polar, {{"event", "SLEEP"}});
  BOOST_TEST(delivered(polar, "date") == "2026-06-18");
}

BOOST_AUTO_TEST_CASE(exercises_are_named_by_id_or_by_day) {
  talk polar;
  polar.create_webhook();
  queued(polar, {{"event", "EXERCISE"}, {"exercise", "aQlC83"}});
  BOOST_TEST(delivered(polar, "entity_id") == "aQlC83");
  queued(polar, {{"event", "EXERCISE"}, {"from", "2026-05-25"}, {"to", "2026-06-14"}});
  const auto all = delivered(polar, "entity_id");
  const auto list = polar.read("/v3/exercises");
  std::size_t named = 0;
  for (const auto& each : list.as_array())
    named += all.find(each.at("id").as_string()) != std::string::npos ? 1 : 0;
  BOOST_TEST(named > 8U);
}

BOOST_AUTO_TEST_CASE(strangers_and_forgers_can_be_played) {
  talk polar;
  const auto secret = polar.create_webhook();
  queued(polar, {{"event", "PHYSICAL_INFORMATION"}, {"athlete", 7}, {"wrong_signature", true}});
  BOOST_TEST(polar.deliver() == 1);
  const auto& call = polar.calls.back();
  BOOST_TEST(boost::json::parse(call.body).at("user_id").as_int64() == 7);
  BOOST_TEST(find_header(call.headers, "Polar-Webhook-Signature")
             != hmac_sha256_hex(secret, call.body));
}

BOOST_AUTO_TEST_CASE(failed_deliveries_come_again_and_end_after_a_week) {
  talk polar;
  polar.create_webhook();
  queued(polar, {{"event", "SLEEP"}});
  polar.webhook_status = 500;
  BOOST_TEST(polar.deliver() == 1);
  BOOST_TEST(polar.deliver() == 0);
  polar.clock->time += 2s;
  polar.webhook_status = 200;
  BOOST_TEST(polar.deliver() == 1);
  polar.webhook_status = 0;
  queued(polar, {{"event", "SLEEP"}});
  polar.deliver();
  polar.clock->time += std::chrono::days{7};
  polar.deliver();
  const auto list = boost::json::parse(polar.as_client("GET", "/v3/webhooks").body);
  BOOST_TEST(!list.at("data").at(0).at("active").as_bool());
  BOOST_TEST(polar.control("/simulator/events", {{"event", "SLEEP"}}).status == 409);
}

BOOST_AUTO_TEST_CASE(wrong_wishes_are_refused_with_a_reason) {
  talk polar;
  BOOST_TEST(polar.control("/simulator/events", {{"event", "SLEEP"}}).status == 409);
  polar.create_webhook();
  for (const std::string body :
       {"", "[]", "{}", R"({"event":"DREAM"})", R"({"event":"SLEEP","date":"today"})",
        R"({"event":"SLEEP","athlete":"me"})", R"({"event":"SLEEP","count":0})",
        R"({"event":"SLEEP","count":1001})", R"({"event":"SLEEP","count":"2"})",
        R"({"event":"SLEEP","from":"2026-06-02","to":"2026-06-01"})",
        R"({"event":"SLEEP","from":"2020-06-02","to":"2026-06-01"})"}) {
    BOOST_TEST_INFO(body);
    const auto answer = polar.send("POST", "/simulator/events", {}, body);
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(!boost::json::parse(answer.body).at("message").as_string().empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
