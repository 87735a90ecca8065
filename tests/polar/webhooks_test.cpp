#define BOOST_TEST_DYN_LINK
#include "polar/webhooks.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;
namespace json = boost::json;

namespace {

const client_credentials client{"Aladdin", "open sesame"};

polar_settings make_settings() {
  polar_settings settings;
  settings.api_base_url = "https://www.polaraccesslink.com";
  return settings;
}

http_response answer(int status, std::string body = {}) {
  return {.status = status, .headers = {}, .body = std::move(body)};
}

bool has_header(const http_request& request, const std::string& name, const std::string& value) {
  return std::ranges::count(request.headers, std::pair{name, value}) == 1;
}

void check_request(const http_request& request, const std::string& method,
                   const std::string& target) {
  BOOST_TEST(request.method == method);
  BOOST_TEST(request.url == "https://www.polaraccesslink.com" + target);
  // The example of RFC 7617.
  BOOST_TEST(has_header(request, "Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
  BOOST_TEST(has_header(request, "Accept", "application/json"));
}

void check_subscription(const http_request& request, const char* url) {
  BOOST_TEST(has_header(request, "Content-Type", "application/json"));
  const auto body = json::parse(request.body).as_object();
  BOOST_TEST(body.size() == 2u);
  BOOST_TEST((body.at("url") == json::value(url)));
  // Every event of section 12 of the contract but PING, which nobody can subscribe to.
  BOOST_TEST(
      (body.at("events")
       == json::array{"EXERCISE", "SLEEP", "CONTINUOUS_HEART_RATE", "SLEEP_WISE_CIRCADIAN_BEDTIME",
                      "SLEEP_WISE_ALERTNESS", "ACTIVITY_SUMMARY", "PHYSICAL_INFORMATION"}));
}

/// What an event with these members announces.
webhook_news news_of(const std::string& members) {
  const auto event =
      read_event(R"({"timestamp":"2018-05-15T14:22:24Z","user_id":475,)" + members + "}");
  BOOST_REQUIRE(event.has_value());
  BOOST_REQUIRE(std::holds_alternative<webhook_news>(*event));
  return std::get<webhook_news>(*event);
}

const date april_12 = 2018y / April / 12;

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_management)

BOOST_AUTO_TEST_CASE(requests_are_those_of_the_contract) {
  const auto settings = make_settings();
  const auto* url = "https://me.example/webhooks/polar";
  const auto creation = webhook_creation_request(settings, client, url);
  check_request(creation, "POST", "/v3/webhooks");
  check_subscription(creation, url);
  const auto change = webhook_change_request(settings, client, "abc/d", url);
  check_request(change, "PATCH", "/v3/webhooks/abc%2Fd");
  check_subscription(change, url);
  check_request(webhook_list_request(settings, client), "GET", "/v3/webhooks");
  check_request(webhook_deletion_request(settings, client, "abcd"), "DELETE", "/v3/webhooks/abcd");
  const auto activation = webhook_activation_request(settings, client);
  check_request(activation, "POST", "/v3/webhooks/activate");
  BOOST_TEST(activation.body.empty());
}

BOOST_AUTO_TEST_CASE(a_creation_tells_the_secret) {
  const webhook expected{.id = "abdf33",
                         .url = "https://me.example/webhooks/polar",
                         .events = {"EXERCISE", "SLEEP"},
                         .is_active = {},
                         .signature_secret = "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1"};
  const std::string data = R"({"id":"abdf33","events":["EXERCISE","SLEEP"],
    "url":"https://me.example/webhooks/polar",
    "signature_secret_key":"abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1"})";
  for (const auto& body : {R"({"data":)" + data + "}", R"({"data":[)" + data + "]}", data})
    for (const int status : {200, 201}) {
      const auto created = read_webhook_creation_answer(answer(status, body));
      BOOST_REQUIRE(created.has_value());
      BOOST_TEST((*created == expected), body);
    }
}

BOOST_AUTO_TEST_CASE(a_creation_without_secret_is_unreadable) {
  for (const auto* body : {"", "{}", R"({"data":[]})", R"({"data":{"id":"abdf33"}})", "<html>",
                           R"({"data":{"signature_secret_key":"x"}})", R"({"data":"x"})"})
    BOOST_TEST(
        (read_webhook_creation_answer(answer(201, body)).error().code == errc::polar_unreadable),
        body);
}

BOOST_AUTO_TEST_CASE(a_second_webhook_is_refused_without_an_error) {
  const auto conflict = read_webhook_creation_answer(answer(409, "anything"));
  BOOST_REQUIRE(conflict.has_value());
  BOOST_TEST(!conflict->has_value());
}

BOOST_AUTO_TEST_CASE(a_list_is_an_object_or_an_array) {
  const webhook expected{.id = "7",
                         .url = "https://me.example/" + std::string(300, 'x'),
                         .events = {"SLEEP", "SOMETHING_NEW"},
                         .is_active = false,
                         .signature_secret = {}};
  const std::string item = R"({"id":7,"events":["SLEEP",3,"SOMETHING_NEW"],"active":false,
    "url":")" + expected.url
                           + R"("})";
  for (const auto& body :
       {R"({"data":[)" + item + "]}", R"({"data":)" + item + "}", "[" + item + "]"})
    BOOST_TEST((read_webhook_list_answer(answer(200, body)).value() == std::vector{expected}),
               body);
  for (const auto* body : {R"({"data":[]})", R"({"data":{}})", R"({"data":null})", "{}", "", "[]"})
    BOOST_TEST(read_webhook_list_answer(answer(200, body)).value().empty(), body);
  for (const int status : {204, 404})
    BOOST_TEST(read_webhook_list_answer(answer(status)).value().empty());
  BOOST_TEST(
      (read_webhook_list_answer(answer(200, "<html>")).error().code == errc::polar_unreadable));
}

BOOST_AUTO_TEST_CASE(changes_and_deletions_say_whether_there_was_one) {
  BOOST_TEST(read_webhook_change_answer(answer(200, R"({"data":{"id":"x"}})")).value());
  BOOST_TEST(read_webhook_change_answer(answer(200)).value());
  BOOST_TEST(!read_webhook_change_answer(answer(204)).value());
  BOOST_TEST(!read_webhook_change_answer(answer(404)).value());
  BOOST_TEST(read_webhook_deletion_answer(answer(204)).value());
  BOOST_TEST(!read_webhook_deletion_answer(answer(404)).value());
}

BOOST_AUTO_TEST_CASE(refusals_have_names_and_carry_polars_reference) {
  const std::string body = R"({"timestamp":"x","status":400,"errorType":"bad_request",
    "message":"SECRET","corrId":"c-17"})";
  const struct {
    int status;
    errc code;
  } rows[] = {{400, errc::polar_rejected_request}, {401, errc::polar_rejected_request},
              {403, errc::polar_rejected_request}, {302, errc::polar_rejected_request},
              {429, errc::polar_rate_limited},     {500, errc::polar_unavailable},
              {503, errc::polar_unavailable}};
  for (const auto& row : rows) {
    const auto response = answer(row.status, body);
    const auto check = [&](const error& found) {
      BOOST_TEST((found.code == row.code), row.status);
      BOOST_TEST(found.message.find("SECRET") == std::string::npos);
      if (row.status != 429)
        BOOST_TEST(found.message.ends_with(" (Polar calls this c-17)"), found.message);
    };
    check(read_webhook_creation_answer(response).error());
    check(read_webhook_list_answer(response).error());
    check(read_webhook_change_answer(response).error());
    check(read_webhook_deletion_answer(response).error());
  }
  BOOST_TEST(read_webhook_change_answer(answer(400, "<html>")).error().message.ends_with("PING"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(webhook_signatures)

// The signatures were computed by another program: Python's
// hmac.new(secret, body, hashlib.sha256).hexdigest().
constexpr std::string_view secret = "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1";
constexpr std::string_view body =
    R"({"event":"EXERCISE","user_id":475,"entity_id":"aQlC83","timestamp":"2018-05-15T14:22:24Z",)"
    R"("url":"https://www.polaraccesslink.com/v3/exercises/aQlC83"})";
constexpr std::string_view signature =
    "443ec69698c1de6d326902d7d942be1e83f0395f685b8c040cee609660d006d6";

BOOST_AUTO_TEST_CASE(a_signature_is_over_the_raw_bytes) {
  BOOST_TEST(verify_signature(secret, body, signature));
  BOOST_TEST(verify_signature("secret", "",
                              "f9e66e179b6747ae54108f82f8ade8b3c25d76fd30afde6c395822c530196169"));
  BOOST_TEST(verify_signature("secret", std::string_view{"\0\xff\n", 3},
                              "db69bd84bd3f0fe6a5cdea5d16e5480baea1375676c04e04185fab082d4d88a5"));
  BOOST_TEST(!verify_signature(secret, std::string{body} + "\n", signature));
  BOOST_TEST(!verify_signature(secret, body.substr(1), signature));
  BOOST_TEST(!verify_signature("another", body, signature));
}

BOOST_AUTO_TEST_CASE(case_does_not_matter_and_everything_else_does) {
  std::string capitals{signature};
  for (auto& character : capitals)
    character = static_cast<char>(std::toupper(static_cast<unsigned char>(character)));
  BOOST_TEST(verify_signature(secret, body, capitals));
  for (const auto& wrong : {std::string{}, std::string{"sha256="} + std::string{signature},
                            std::string{signature.substr(1)}, std::string{signature} + " ",
                            std::string(64, '0'), std::string{signature} + std::string{signature}})
    BOOST_TEST(!verify_signature(secret, body, wrong), wrong);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string changed{signature};
    changed[i] = changed[i] == '0' ? '1' : '0';
    BOOST_TEST(!verify_signature(secret, body, changed), i);
  }
}

BOOST_AUTO_TEST_CASE(an_empty_secret_signs_nothing) {
  // The HMAC of an empty body with an empty key, as published in many places.
  BOOST_TEST(!verify_signature("", "",
                               "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(webhook_events)

BOOST_AUTO_TEST_CASE(a_ping_is_a_ping_whatever_else_it_says) {
  for (const auto* text :
       {R"({"timestamp":"2018-05-15T14:22:24Z","event":"PING"})", R"({"event":"PING"})",
        R"({"event":"PING","user_id":null,"extra":[1,2]})"})
    BOOST_TEST((read_event(text).value() == webhook_event{webhook_ping{}}), text);
}

BOOST_AUTO_TEST_CASE(an_exercise_names_itself) {
  const auto event = read_event(
      R"({"event":"EXERCISE","user_id":475,"entity_id":"aQlC83","timestamp":"2018-05-15T14:22:24Z",
          "url":"https://evil.example/v3/exercises/zzz"})");
  const webhook_news expected{.user = {"475"},
                              .announced = {stream::exercises, {}, "aQlC83"},
                              .timestamp = sys_days{2018y / May / 15} + 14h + 22min + 24s};
  BOOST_TEST((event.value() == webhook_event{expected}));
}

BOOST_AUTO_TEST_CASE(the_others_name_their_days) {
  const std::optional<date_range> day = date_range{april_12, april_12};
  const std::optional<date_range> period = date_range{april_12, april_12 + days{2}};
  const std::string date_member = R"(,"date":"2018-04-12")";
  const std::string period_members = R"(,"from":"2018-04-12","to":"2018-04-14")";
  const struct {
    std::string members;
    polar_news expected;
  } rows[] = {
      {R"("event":"SLEEP")" + date_member, {stream::sleep, day, {}}},
      {R"("event":"CONTINUOUS_HEART_RATE")" + date_member, {stream::continuous_hr, day, {}}},
      {R"("event":"ACTIVITY_SUMMARY")" + date_member, {stream::activity, day, {}}},
      {R"("event":"SLEEP_WISE_ALERTNESS")" + period_members,
       {stream::sleepwise_alertness, period, {}}},
      {R"("event":"SLEEP_WISE_CIRCADIAN_BEDTIME")" + period_members,
       {stream::sleepwise_bedtime, period, {}}},
      {R"("event":"PHYSICAL_INFORMATION")", {stream::physical_info, {}, {}}},
  };
  for (const auto& row : rows)
    BOOST_TEST((news_of(row.members).announced == row.expected), row.members);
}

BOOST_AUTO_TEST_CASE(what_an_event_does_not_name_is_absent) {
  for (const auto* members :
       {R"("event":"SLEEP")", R"("event":"SLEEP","date":"2018-02-30")",
        R"("event":"SLEEP","date":7)", R"("event":"SLEEP_WISE_ALERTNESS","from":"2018-04-12")",
        R"("event":"SLEEP_WISE_ALERTNESS","from":"2018-04-12","to":"2018-04-11")"})
    BOOST_TEST(!news_of(members).announced.days, members);
  BOOST_TEST(!news_of(R"("event":"EXERCISE","entity_id":"")").announced.polar_exercise_id);
  BOOST_TEST(
      !std::get<webhook_news>(read_event(R"({"event":"SLEEP","user_id":1})").value()).timestamp);
}

BOOST_AUTO_TEST_CASE(a_user_may_be_number_or_text) {
  const auto user_of = [](const std::string& id) {
    return std::get<webhook_news>(read_event(R"({"event":"SLEEP","user-id":)" + id + "}").value())
        .user.value;
  };
  BOOST_TEST(user_of("475") == "475");
  BOOST_TEST(user_of("\"475\"") == "475");
  BOOST_TEST(user_of("9007199254740993") == "9007199254740993");
}

BOOST_AUTO_TEST_CASE(an_unknown_event_is_a_value) {
  BOOST_TEST((read_event(R"({"event":"BODY_BATTERY","user_id":[]})").value()
              == webhook_event{unknown_webhook_event{"BODY_BATTERY"}}));
  BOOST_TEST((read_event(R"({"event":"sleep"})").value()
              == webhook_event{unknown_webhook_event{"sleep"}}));
}

BOOST_AUTO_TEST_CASE(what_is_no_event_is_refused) {
  for (const auto* text :
       {"", "null", "[]", "7", "{", "{}", R"({"event":null})", R"({"event":""})", R"({"event":[]})",
        R"({"event":"SLEEP"})", R"({"event":"SLEEP","user_id":-1})",
        R"({"event":"SLEEP","user_id":1.5})", R"({"event":"SLEEP","user_id":"a/b"})",
        R"({"event":"SLEEP","user_id":{}})", R"([{"event":"PING"}])"})
    BOOST_TEST((read_event(text).error().code == errc::invalid_argument), text);
}

BOOST_AUTO_TEST_CASE(an_event_is_small) {
  const std::string head = R"({"event":"PING","padding":")";
  const auto padded = [&](std::size_t size) {
    return head + std::string(size - head.size() - 2, 'x') + "\"}";
  };
  BOOST_TEST(read_event(padded(64 * 1024)).has_value());
  BOOST_TEST((read_event(padded(64 * 1024 + 1)).error().code == errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()
