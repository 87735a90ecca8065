#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

const std::string authorization = "/oauth2/authorization?response_type=code&client_id="
                                  "polar-flow-demo&redirect_uri=https%3A%2F%2Fapp.example%2Fcb";
const std::string approved = authorization + "&auto_approve=10000001";

std::string location(const response& answer) {
  return std::string{find_header(answer.headers, "Location")};
}

response redeem(talk& polar, const std::string& body,
                const std::string& credentials = demo_authorization) {
  return polar.send(
      "POST", "/v2/oauth2/token",
      {{"authorization", credentials}, {"content-type", "application/x-www-form-urlencoded"}},
      body);
}

std::string grant_body(const std::string& code) {
  return "grant_type=authorization_code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code=" + code;
}

std::string error_of(const response& answer) {
  return std::string{boost::json::parse(answer.body).at("error").as_string()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(oauth_endpoints)

BOOST_AUTO_TEST_CASE(consent_page_lists_athletes_and_escapes_what_it_repeats) {
  options settings;
  settings.athletes = 3;
  talk polar{settings};
  const auto page = polar.send("GET", authorization + "&state=%22%3E%3Cscript%3E");
  BOOST_TEST(page.status == 200);
  BOOST_TEST(find_header(page.headers, "Content-Type") == "text/html;charset=UTF-8");
  BOOST_TEST(page.body.find("value=\"10000003\"") != std::string::npos);
  BOOST_TEST(page.body.find("<script>") == std::string::npos);
  BOOST_TEST(page.body.find("&quot;&gt;&lt;script&gt;") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(form_accepts_and_denies) {
  talk polar;
  const std::string fields = "response_type=code&client_id=polar-flow-demo&redirect_uri="
                             "https%3A%2F%2Fapp.example%2Fcb%3Fa%3D1&state=a%26b&athlete=10000001";
  const auto accepted =
      polar.send("POST", "/oauth2/authorization", {}, fields + "&decision=accept");
  BOOST_TEST(accepted.status == 303);
  BOOST_TEST(location(accepted).starts_with("https://app.example/cb?a=1&code="));
  BOOST_TEST(parameter_of(location(accepted), "state") == "a%26b");
  const auto denied = polar.send("POST", "/oauth2/authorization", {}, fields + "&decision=deny");
  BOOST_TEST(location(denied) == "https://app.example/cb?a=1&error=access_denied&state=a%26b");
}

BOOST_AUTO_TEST_CASE(auto_approval_by_option_takes_the_first_athlete) {
  options settings;
  settings.auto_approve = true;
  talk polar{settings};
  const auto code = parameter_of(location(polar.send("GET", authorization)), "code");
  const auto grant = redeem(polar, grant_body(code));
  BOOST_TEST(boost::json::parse(grant.body).at("x_user_id").as_int64() == 10000001);
}

BOOST_AUTO_TEST_CASE(mistakes_of_the_client_are_never_redirected) {
  talk polar;
  for (const std::string query :
       {"response_type=code&client_id=other&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
        "response_type=code&client_id=polar-flow-demo",
        "response_type=code&client_id=polar-flow-demo&redirect_uri=javascript%3Aalert(1)",
        "response_type=code&client_id=polar-flow-demo&redirect_uri=https%3A%2F%2Fa%0D%0AX%3A1",
        "response_type=code&client_id=polar-flow-demo&redirect_uri=https%3A%2F%2Fa&auto_approve="
        "5"}) {
    const auto answer = polar.send("GET", "/oauth2/authorization?" + query);
    BOOST_TEST_INFO(query);
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(location(answer).empty());
  }
  const auto wrong_type = polar.send(
      "GET", "/oauth2/authorization?response_type=token&client_id=polar-flow-demo&redirect_uri="
             "https%3A%2F%2Fapp.example%2Fcb");
  BOOST_TEST(location(wrong_type) == "https://app.example/cb?error=unsupported_response_type");
}

BOOST_AUTO_TEST_CASE(registered_redirects_must_match_exactly) {
  options settings;
  settings.redirect_uris = {"https://app.example/cb"};
  talk polar{settings};
  BOOST_TEST(polar.send("GET", approved).status == 303);
  const auto other = "/oauth2/authorization?response_type=code&client_id=polar-flow-demo&"
                     "redirect_uri=https%3A%2F%2Fapp.example%2Fcb%2F&auto_approve=10000001";
  BOOST_TEST(polar.send("GET", other).status == 400);
  // Left out, it is the registered one.
  const auto implied = polar.send("GET", "/oauth2/authorization?response_type=code&client_id="
                                         "polar-flow-demo&auto_approve=10000001");
  BOOST_TEST(location(implied).starts_with("https://app.example/cb?code="));
}

BOOST_AUTO_TEST_CASE(token_has_the_shape_of_the_contract) {
  talk polar;
  const auto code = parameter_of(location(polar.send("GET", approved)), "code");
  const auto grant = redeem(polar, grant_body(code));
  BOOST_TEST(grant.status == 200);
  const auto body = boost::json::parse(grant.body);
  BOOST_TEST(keys_of(body) == "access_token token_type expires_in x_user_id");
  BOOST_TEST(body.at("token_type").as_string() == "bearer");
  BOOST_TEST(body.at("access_token").as_string().size() == 32U);
}

BOOST_AUTO_TEST_CASE(second_use_of_a_code_voids_its_token) {
  talk polar;
  const auto code = parameter_of(location(polar.send("GET", approved)), "code");
  const auto grant = boost::json::parse(redeem(polar, grant_body(code)).body);
  const std::string token{grant.at("access_token").as_string()};
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 403);
  const auto second = redeem(polar, grant_body(code));
  BOOST_TEST(second.status == 400);
  BOOST_TEST(error_of(second) == "invalid_grant");
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 401);
}

BOOST_AUTO_TEST_CASE(codes_live_ten_minutes) {
  talk polar;
  const auto in_time = parameter_of(location(polar.send("GET", approved)), "code");
  const auto too_late = parameter_of(location(polar.send("GET", approved)), "code");
  polar.clock->time += 10min;
  BOOST_TEST(redeem(polar, grant_body(in_time)).status == 200);
  polar.clock->time += 1s;
  BOOST_TEST(error_of(redeem(polar, grant_body(too_late))) == "invalid_grant");
}

BOOST_AUTO_TEST_CASE(wrong_exchanges_are_refused) {
  talk polar;
  const auto code = parameter_of(location(polar.send("GET", approved)), "code");
  const auto unknown_client = redeem(polar, grant_body(code), "Basic d3Jvbmc6c2VjcmV0");
  BOOST_TEST(unknown_client.status == 401);
  BOOST_TEST(error_of(unknown_client) == "invalid_client");
  BOOST_TEST(redeem(polar, grant_body(code), "Basic !!!").status == 401);
  BOOST_TEST(redeem(polar, grant_body(code), "Basic ").status == 401);
  BOOST_TEST(error_of(redeem(polar, "code=" + code)) == "invalid_request");
  BOOST_TEST(error_of(redeem(polar, "grant_type=authorization_code")) == "invalid_request");
  BOOST_TEST(error_of(redeem(polar, "grant_type=password&code=" + code))
             == "unsupported_grant_type");
  BOOST_TEST(error_of(redeem(polar, "grant_type=authorization_code&code=" + code))
             == "invalid_grant");
  BOOST_TEST(error_of(redeem(polar, "grant_type=authorization_code&redirect_uri=https%3A%2F%2F"
                                    "evil.example&code="
                                        + code))
             == "invalid_grant");
  const auto json = polar.send(
      "POST", "/v2/oauth2/token",
      {{"Authorization", demo_authorization}, {"Content-Type", "application/json"}}, "{}");
  BOOST_TEST(error_of(json) == "invalid_request");
  BOOST_TEST(polar.send("GET", "/v2/oauth2/token").status == 405);
  // None of these used the code up.
  BOOST_TEST(redeem(polar, grant_body(code)).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
