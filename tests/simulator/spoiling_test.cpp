#define BOOST_TEST_DYN_LINK
#include "simulator/spoiling.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow::simulator;
using namespace std::chrono_literals;

namespace {

response spoiled(const std::string& body, fault_kind kind) {
  fault by;
  by.kind = kind;
  return spoil(text_response(body), by);
}

bool is_json(const std::string& text) {
  boost::system::error_code code;
  boost::json::parse(text, code);
  return !code;
}

} // namespace

BOOST_AUTO_TEST_SUITE(spoiled_answers)

BOOST_AUTO_TEST_CASE(malformed_bodies_are_whole_but_not_json) {
  for (const std::string body : {"[]", "{}", "[1,2]", "{\"a\":\"b:c\"}", "[7]",
                                 "{\"nights\":[{\"date\":\"2026-01-01\",\"x\":[1,2,3]}]}"}) {
    BOOST_TEST_INFO(body);
    const auto answer = spoiled(body, fault_kind::malformed);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(!is_json(answer.body));
  }
  BOOST_TEST(spoiled("", fault_kind::malformed).body.empty());
}

BOOST_AUTO_TEST_CASE(lists_are_doubled_and_reversed_to_the_byte) {
  BOOST_TEST(spoiled("[1.50,{\"a\":2}]", fault_kind::duplicated).body
             == "[1.50,1.50,{\"a\":2},{\"a\":2}]");
  BOOST_TEST(spoiled("{\"nights\":[1.50,2,3]}", fault_kind::reordered).body
             == "{\"nights\":[3,2,1.50]}");
  const std::string single = "{\"date\":\"2026-01-01\",\"samples\":[1,2]}";
  for (const auto kind : {fault_kind::duplicated, fault_kind::reordered})
    BOOST_TEST(spoiled(single, kind).body == single);
}

BOOST_AUTO_TEST_CASE(faults_of_the_question_leave_the_answer_alone) {
  for (const auto kind : {fault_kind::status, fault_kind::revoke_token, fault_kind::clock_skew,
                          fault_kind::latency}) {
    const auto answer = spoiled("[1]", kind);
    BOOST_TEST(answer.body == "[1]");
    BOOST_TEST((answer.how == delivery::whole));
  }
}

BOOST_AUTO_TEST_CASE(every_kind_can_be_late) {
  fault by;
  by.kind = fault_kind::truncated;
  by.latency = 30ms;
  const auto answer = spoil(text_response("[1,2]"), by);
  BOOST_TEST((answer.delay == 30ms));
  BOOST_TEST(answer.body == "[1");
}

BOOST_AUTO_TEST_SUITE_END()
