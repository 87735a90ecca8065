#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

namespace {

boost::json::value shown(talk& polar, const char* target = "/simulator/faults/mix") {
  return boost::json::parse(polar.send("GET", target).body);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fault_control_endpoints)

BOOST_AUTO_TEST_CASE(a_mix_strikes_data_requests_and_counts) {
  talk polar;
  const auto token = polar.connect();
  const auto set =
      polar.control("/simulator/faults/mix",
                    {{"seed", 3}, {"share", 1.0}, {"kinds", {"malformed"}}, {"until_requests", 2}});
  BOOST_TEST(set.status == 201);
  // Neither a token nor a registration is a data request.
  polar.authorize(10000001);
  BOOST_TEST(polar.get("/v3/users/10000001", token).status == 200);
  boost::system::error_code code;
  boost::json::parse(polar.get("/v3/users/sleep", token).body, code);
  BOOST_TEST(code.failed());
  BOOST_TEST(shown(polar).at("active").as_bool());
  polar.get("/v3/exercises", token);
  const auto over = shown(polar);
  BOOST_TEST(!over.at("active").as_bool());
  BOOST_TEST(over.at("requests").as_int64() == 2);
  BOOST_TEST(over.at("struck").at("malformed").as_int64() == 2);
  const auto body = polar.get("/v3/users/sleep", token).body;
  BOOST_TEST(!boost::json::parse(body).at("nights").as_array().empty());
}

BOOST_AUTO_TEST_CASE(single_faults_come_first_and_are_counted_too) {
  talk polar;
  const auto token = polar.connect();
  polar.control("/simulator/faults/mix", {{"share", 1.0}, {"kinds", {"hang"}}});
  polar.control("/simulator/faults", {{"kind", "status"}, {"status", 503}, {"times", 1}});
  BOOST_TEST(polar.get("/v3/users/sleep", token).status == 503);
  BOOST_TEST((polar.get("/v3/users/sleep", token).how == delivery::hang));
  const auto counts = shown(polar, "/simulator/faults");
  BOOST_TEST(counts.at("faults").as_int64() == 0);
  BOOST_TEST(counts.at("struck").at("status").as_int64() == 1);
  BOOST_TEST(counts.at("struck").at("hang").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(mixes_end_when_told) {
  talk polar;
  const auto token = polar.connect();
  for (const auto* target : {"/simulator/faults/mix", "/simulator/faults"}) {
    polar.control("/simulator/faults/mix", {{"share", 1.0}, {"kinds", {"hang"}}});
    BOOST_TEST(polar.send("DELETE", target).status == 204);
    BOOST_TEST((polar.get("/v3/users/sleep", token).how == delivery::whole));
    BOOST_TEST(!shown(polar).at("active").as_bool());
  }
  BOOST_TEST(polar.control("/simulator/faults/mix", {{"share", 7}}).status == 400);
  BOOST_TEST(polar.send("PUT", "/simulator/faults").status == 405);
  BOOST_TEST(polar.send("GET", "/simulator/faults/other").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
