#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

namespace {

response post_user(talk& polar, const std::string& token, const std::string& body) {
  return polar.send("POST", "/v3/users", {{"Authorization", "Bearer " + token}}, body);
}

} // namespace

BOOST_AUTO_TEST_SUITE(users)

BOOST_AUTO_TEST_CASE(user_object_is_hyphenated) {
  talk polar;
  const auto token = polar.connect();
  const auto answer = polar.get("/v3/users/10000001", token);
  BOOST_TEST(answer.status == 200);
  const auto user = boost::json::parse(answer.body);
  BOOST_TEST(keys_of(user)
             == "polar-user-id member-id registration-date first-name last-name birthdate gender "
                "weight height extra-info");
  BOOST_TEST(user.at("polar-user-id").as_int64() == 10000001);
  BOOST_TEST(user.at("registration-date").as_string() == "2026-06-17T12:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(registration_conflicts_as_at_polar) {
  options settings;
  settings.athletes = 2;
  talk polar{settings};
  const auto first = polar.authorize(10000001);
  const auto second = polar.authorize(10000002);
  BOOST_TEST(polar.get("/v3/users/10000001", first).status == 204);
  BOOST_TEST(post_user(polar, first, R"({"member-id":"a"})").status == 200);
  BOOST_TEST(post_user(polar, first, R"({"member-id":"b"})").status == 409);
  BOOST_TEST(post_user(polar, second, R"({"member-id":"a"})").status == 409);
  BOOST_TEST(polar.get("/v3/users/10000002", second).status == 204);
  for (const std::string body : {"", "[]", "{}", R"({"member-id":7})", R"({"member-id":""})", "{"})
    BOOST_TEST(post_user(polar, second, body).status == 400);
  BOOST_TEST(polar.get("/v3/users/10000001", second).status == 403);
  BOOST_TEST(polar.send("PUT", "/v3/users", {{"Authorization", "Bearer " + first}}).status == 405);
}

BOOST_AUTO_TEST_CASE(deleting_revokes_and_frees_the_member_id) {
  talk polar;
  const auto token = polar.connect();
  const headers bearer{{"Authorization", "Bearer " + token}};
  BOOST_TEST(polar.send("DELETE", "/v3/users/10000002", bearer).status == 403);
  BOOST_TEST(polar.send("DELETE", "/v3/users/10000001", bearer).status == 204);
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 401);
  BOOST_TEST(polar.get("/v3/users/sleep", polar.connect()).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
