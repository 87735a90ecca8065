#define BOOST_TEST_DYN_LINK
#include "polar/oauth.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;

namespace {

polar_settings make_settings() {
  polar_settings settings;
  settings.api_base_url = "https://www.polaraccesslink.com";
  settings.authorization_url = "https://flow.polar.com/oauth2/authorization";
  settings.token_url = "https://polarremote.com/v2/oauth2/token";
  return settings;
}

http_response answer(int status, std::string body = {}) {
  return {.status = status, .headers = {}, .body = std::move(body)};
}

std::string header(const http_request& request, std::string_view name) {
  for (const auto& [key, value] : request.headers)
    if (key == name)
      return value;
  return "(none)";
}

result<token_outcome> read_outcome(const std::string& members) {
  return read_token_answer(answer(200, "{" + members + "}"));
}

/// For answers that hold a whole grant.
std::optional<token_grant> read_grant(const std::string& members) {
  const auto outcome = read_outcome(members);
  const auto* grant = outcome ? std::get_if<token_grant>(&*outcome) : nullptr;
  return grant == nullptr ? std::nullopt : std::optional{*grant};
}

} // namespace

BOOST_AUTO_TEST_SUITE(oauth_exchange)

BOOST_AUTO_TEST_CASE(the_link_carries_everything_encoded) {
  BOOST_TEST(authorization_link(make_settings(), "id&1", "https://me.example/oauth/callback?a=b c",
                                "s+t/=")
             == "https://flow.polar.com/oauth2/authorization?response_type=code&client_id=id%261"
                "&redirect_uri=https%3A%2F%2Fme.example%2Foauth%2Fcallback%3Fa%3Db%20c"
                "&scope=accesslink.read_all&state=s%2Bt%2F%3D");
}

BOOST_AUTO_TEST_CASE(a_link_that_has_a_query_keeps_it) {
  auto settings = make_settings();
  settings.authorization_url = "http://127.0.0.1:1/authorize?athlete=7";
  BOOST_TEST(authorization_link(settings, "i", "r", "s")
                 .starts_with("http://127.0.0.1:1/authorize?athlete=7&response_type=code&"));
}

BOOST_AUTO_TEST_CASE(the_exchange_is_a_form_with_basic_credentials) {
  const auto request =
      token_request(make_settings(), {"Aladdin", "open sesame"}, "c+d", "https://me.example/cb");
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.url == "https://polarremote.com/v2/oauth2/token");
  // The example of RFC 7617.
  BOOST_TEST(header(request, "Authorization") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  BOOST_TEST(header(request, "Content-Type") == "application/x-www-form-urlencoded");
  BOOST_TEST(header(request, "Accept") == "application/json;charset=UTF-8");
  BOOST_TEST(
      request.body
      == "grant_type=authorization_code&code=c%2Bd&redirect_uri=https%3A%2F%2Fme.example%2Fcb");
}

BOOST_AUTO_TEST_CASE(credentials_use_the_standard_alphabet) {
  // Both characters in which the two alphabets differ; the text is that of the tool `base64`.
  const auto request = token_request(make_settings(), {"?\?>", "\xfb\xff"}, "c", "");
  BOOST_TEST(header(request, "Authorization") == "Basic Pz8+Ovv/");
  BOOST_TEST(request.body == "grant_type=authorization_code&code=c");
}

BOOST_AUTO_TEST_CASE(a_grant_is_read) {
  const auto grant = read_grant(
      R"("access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"bearer",
         "expires_in":31535999,"x_user_id":10579)");
  BOOST_REQUIRE(grant.has_value());
  BOOST_TEST(grant->access_token == "2YotnFZFEjr1zCsicMWpAA");
  BOOST_TEST(grant->user.value == "10579");
  BOOST_TEST((grant->expires_in == 31535999s));
}

BOOST_AUTO_TEST_CASE(the_user_may_be_text_and_the_end_unknown) {
  const auto grant = read_grant(R"("access_token":"t","x_user_id":"10579")");
  BOOST_TEST(grant.value().user.value == "10579");
  BOOST_TEST(!grant->expires_in.has_value());
  // Ten years, as observed.
  BOOST_TEST(
      (read_grant(R"("access_token":"t","x_user_id":1,"expires_in":"315359999")").value().expires_in
       == 315359999s));
  BOOST_TEST((read_grant(R"("access_token":"t","x_user_id":2278512345678)").value().user.value
              == "2278512345678"));
  BOOST_TEST(!read_grant(R"("access_token":"t","x_user_id":1,"expires_in":-5)")
                  .value()
                  .expires_in.has_value());
}

BOOST_AUTO_TEST_CASE(an_incomplete_grant_is_unreadable) {
  for (const auto* members :
       {"", R"("x_user_id":1)", R"("access_token":"","x_user_id":1)",
        R"("access_token":7,"x_user_id":1)", R"("access_token":"a\nb","x_user_id":1)",
        R"("access_token":"a b","x_user_id":1)"}) {
    const auto outcome = read_outcome(members);
    BOOST_TEST(!outcome.has_value(), members);
    if (!outcome)
      BOOST_TEST((outcome.error().code == errc::polar_unreadable));
  }
  for (const auto* body : {"", "<html>", "[]", "null"})
    BOOST_TEST((read_token_answer(answer(200, body)).error().code == errc::polar_unreadable), body);
}

BOOST_AUTO_TEST_CASE(a_grant_that_is_nobodys_is_told_apart) {
  for (const auto* members :
       {R"("access_token":"t")", R"("access_token":"t","x_user_id":-1)",
        R"("access_token":"t","x_user_id":null)", R"("access_token":"t","x_user_id":"a/b")",
        R"("access_token":"t","x_user_id":1.5)"}) {
    const auto outcome = read_outcome(members);
    BOOST_TEST((outcome && std::holds_alternative<grant_without_user>(*outcome)), members);
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_says_why_and_nothing_secret) {
  for (const int status : {400, 401, 403}) {
    const auto grant = read_token_answer(
        answer(status, R"({"error":"invalid_grant","error_description":"code SECRET"})"));
    BOOST_TEST((grant.error().code == errc::authorization_denied));
    BOOST_TEST(grant.error().message.find("invalid_grant") != std::string::npos);
    BOOST_TEST(grant.error().message.find("SECRET") == std::string::npos);
  }
  for (const auto* body : {"", "no json", R"({"error":"<script>"})", R"({"error":7})"})
    BOOST_TEST(read_token_answer(answer(400, body)).error().message
                   == "Polar refused to exchange the code",
               body);
}

BOOST_AUTO_TEST_CASE(other_statuses_have_their_names) {
  BOOST_TEST((read_token_answer(answer(429)).error().code == errc::polar_rate_limited));
  BOOST_TEST((read_token_answer(answer(500)).error().code == errc::polar_unavailable));
  BOOST_TEST((read_token_answer(answer(302)).error().code == errc::polar_rejected_request));
  BOOST_TEST((read_token_answer(answer(204)).error().code == errc::polar_rejected_request));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(user_registration)

BOOST_AUTO_TEST_CASE(the_requests_are_those_of_the_contract) {
  const token_grant grant{"t0ken", {"10579"}, {}};
  const auto registration = registration_request(make_settings(), grant, "member \"1\"");
  BOOST_TEST(registration.method == "POST");
  BOOST_TEST(registration.url == "https://www.polaraccesslink.com/v3/users");
  BOOST_TEST(registration.body == R"({"member-id":"member \"1\""})");
  BOOST_TEST(header(registration, "Content-Type") == "application/json");
  BOOST_TEST(header(registration, "Authorization") == "Bearer t0ken");
  const auto question = user_request(make_settings(), {"10579"}, "t0ken");
  BOOST_TEST(question.method == "GET");
  BOOST_TEST(question.url == "https://www.polaraccesslink.com/v3/users/10579");
  const auto farewell = deregistration_request(make_settings(), {"a/b"}, "t0ken");
  BOOST_TEST(farewell.method == "DELETE");
  BOOST_TEST(farewell.url == "https://www.polaraccesslink.com/v3/users/a%2Fb");
}

BOOST_AUTO_TEST_CASE(any_2xx_is_a_success) {
  for (const int status : {200, 201, 202})
    BOOST_TEST((read_registration_answer(answer(status, "not read")).value() == registration::done),
               status);
}

BOOST_AUTO_TEST_CASE(each_refusal_has_its_name) {
  BOOST_TEST((read_registration_answer(answer(409)).value() == registration::conflict));
  BOOST_TEST((read_registration_answer(answer(204)).error().code == errc::authorization_denied));
  BOOST_TEST((read_registration_answer(answer(401)).error().code == errc::needs_reauthorization));
  BOOST_TEST((read_registration_answer(answer(403)).error().code == errc::consent_missing));
  BOOST_TEST((read_registration_answer(answer(429)).error().code == errc::polar_rate_limited));
  BOOST_TEST((read_registration_answer(answer(500)).error().code == errc::polar_unavailable));
  BOOST_TEST((read_registration_answer(answer(400)).error().code == errc::polar_rejected_request));
}

BOOST_AUTO_TEST_SUITE_END()
