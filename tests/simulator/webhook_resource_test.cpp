#define BOOST_TEST_DYN_LINK
#include "simulator/webhook_events.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

const boost::json::value wanted{{"events", {"SLEEP", "EXERCISE"}}, {"url", "http://localhost/a"}};

boost::json::value data_of(const response& answer) {
  return boost::json::parse(answer.body).at("data");
}

std::string id_of(talk& polar) {
  const auto list = data_of(polar.as_client("GET", "/v3/webhooks"));
  return std::string{list.at(0).at("id").as_string()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_endpoints)

BOOST_AUTO_TEST_CASE(creation_pings_first_and_shows_the_secret_once) {
  talk polar;
  BOOST_TEST(data_of(polar.as_client("GET", "/v3/webhooks")).as_array().empty());
  const auto made = polar.as_client("POST", "/v3/webhooks", wanted);
  BOOST_TEST(made.status == 201);
  const auto data = data_of(made);
  BOOST_TEST(keys_of(data) == "id events url signature_secret_key");
  BOOST_TEST(!find_header(made.headers, "RateLimit-Limit").empty());
  BOOST_REQUIRE(polar.calls.size() == 1U);
  const auto& ping = polar.calls.front();
  BOOST_TEST(ping.url == "http://localhost/a");
  BOOST_TEST(boost::json::parse(ping.body).at("event") == "PING");
  BOOST_TEST(find_header(ping.headers, "Polar-Webhook-Event") == "PING");
  // The receiver cannot know this secret yet.
  const std::string secret{data.at("signature_secret_key").as_string()};
  BOOST_TEST(find_header(ping.headers, "Polar-Webhook-Signature")
             == hmac_sha256_hex(secret, ping.body));
  const auto list = data_of(polar.as_client("GET", "/v3/webhooks"));
  BOOST_TEST(keys_of(list.at(0)) == "id events url active");
  BOOST_TEST(list.at(0).at("active").as_bool());
}

BOOST_AUTO_TEST_CASE(a_client_has_one_webhook) {
  talk polar;
  polar.create_webhook();
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks", wanted).status == 409);
  BOOST_TEST(polar.as_client("DELETE", "/v3/webhooks/" + id_of(polar)).status == 204);
  BOOST_TEST(data_of(polar.as_client("GET", "/v3/webhooks")).as_array().empty());
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks", wanted).status == 201);
}

BOOST_AUTO_TEST_CASE(an_unanswered_ping_changes_nothing) {
  talk polar;
  for (const int status : {0, 204, 404, 500}) {
    polar.webhook_status = status;
    BOOST_TEST(polar.as_client("POST", "/v3/webhooks", wanted).status == 400);
    BOOST_TEST(data_of(polar.as_client("GET", "/v3/webhooks")).as_array().empty());
  }
  polar.webhook_status = 200;
  polar.as_client("POST", "/v3/webhooks", wanted);
  polar.webhook_status = 500;
  const auto target = "/v3/webhooks/" + id_of(polar);
  BOOST_TEST(polar.as_client("PATCH", target, {{"url", "http://localhost/b"}}).status == 400);
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks/activate").status == 400);
  const auto list = data_of(polar.as_client("GET", "/v3/webhooks"));
  BOOST_TEST(list.at(0).at("url") == "http://localhost/a");
}

BOOST_AUTO_TEST_CASE(of_two_creations_at_once_one_wins) {
  talk polar;
  const headers credentials{{"Authorization", demo_authorization}};
  const request ask{"POST", "/v3/webhooks", credentials, boost::json::serialize(wanted)};
  const auto first = polar.polar.respond(ask);
  const auto second = polar.polar.respond(ask);
  BOOST_TEST(first.deferred->conclude(200).status == 201);
  BOOST_TEST(second.deferred->conclude(200).status == 409);
}

BOOST_AUTO_TEST_CASE(webhooks_can_be_changed) {
  talk polar;
  polar.create_webhook();
  const auto target = "/v3/webhooks/" + id_of(polar);
  polar.calls.clear();
  const auto other_events = polar.as_client("PATCH", target, {{"events", {"SLEEP"}}});
  BOOST_TEST(other_events.status == 200);
  BOOST_TEST(data_of(other_events).at("events").as_array().size() == 1U);
  BOOST_TEST(polar.calls.empty());
  const auto other_url = polar.as_client("PATCH", target, {{"url", "http://localhost/b"}});
  BOOST_TEST(data_of(other_url).at("url") == "http://localhost/b");
  BOOST_TEST(!data_of(other_url).as_object().contains("signature_secret_key"));
  BOOST_REQUIRE(polar.calls.size() == 1U);
  BOOST_TEST(polar.calls.front().url == "http://localhost/b");
  BOOST_TEST(polar.as_client("PATCH", "/v3/webhooks/none", {{"events", {"SLEEP"}}}).status == 404);
  BOOST_TEST(polar.as_client("DELETE", "/v3/webhooks/none").status == 404);
}

BOOST_AUTO_TEST_CASE(webhooks_can_sleep) {
  talk polar;
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks/activate").status == 204);
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks/deactivate").status == 204);
  polar.create_webhook();
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks/deactivate").status == 200);
  BOOST_TEST(!data_of(polar.as_client("GET", "/v3/webhooks")).at(0).at("active").as_bool());
  BOOST_TEST(polar.control("/simulator/events", {{"event", "SLEEP"}}).status == 409);
  polar.calls.clear();
  BOOST_TEST(polar.as_client("POST", "/v3/webhooks/activate").status == 200);
  BOOST_TEST(polar.calls.size() == 1U);
  BOOST_TEST(data_of(polar.as_client("GET", "/v3/webhooks")).at(0).at("active").as_bool());
}

BOOST_AUTO_TEST_CASE(wrong_requests_are_refused) {
  talk polar;
  for (const std::string body :
       {"", "[]", "{}", R"({"events":["SLEEP"]})", R"({"url":"http://a/b"})",
        R"({"events":[],"url":"http://a/b"})", R"({"events":["DREAM"],"url":"http://a/b"})",
        R"({"events":[7],"url":"http://a/b"})", R"({"events":"SLEEP","url":"http://a/b"})",
        R"({"events":["SLEEP"],"url":"ftp://a/b"})", R"({"events":["SLEEP"],"url":7})"}) {
    BOOST_TEST_INFO(body);
    BOOST_TEST(
        polar.send("POST", "/v3/webhooks", {{"Authorization", demo_authorization}}, body).status
        == 400);
  }
  BOOST_TEST(polar.send("GET", "/v3/webhooks").status == 401);
  BOOST_TEST(polar.get("/v3/webhooks", polar.connect()).status == 401);
  BOOST_TEST(polar.as_client("PUT", "/v3/webhooks").status == 405);
  BOOST_TEST(polar.as_client("GET", "/v3/webhooks/activate").status == 405);
  BOOST_TEST(polar.as_client("GET", "/v3/webhooks/a/b").status == 404);
}

BOOST_AUTO_TEST_CASE(the_webhook_survives_a_restart) {
  scratch_folder folder;
  options settings;
  settings.state_file = folder.path / "state";
  std::string secret;
  {
    talk polar{settings};
    secret = polar.create_webhook();
  }
  talk polar{settings};
  polar.control("/simulator/events", {{"event", "SLEEP"}});
  BOOST_TEST(polar.deliver() == 1);
  const auto& call = polar.calls.back();
  BOOST_TEST(find_header(call.headers, "Polar-Webhook-Signature")
             == hmac_sha256_hex(secret, call.body));
}

BOOST_AUTO_TEST_SUITE_END()
