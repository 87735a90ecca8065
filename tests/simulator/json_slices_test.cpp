#define BOOST_TEST_DYN_LINK
#include "simulator/json_slices.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow::simulator;

namespace {

/// Number of records; -1 when the body is no list.
int count(const char* body) {
  const auto found = find_records(body);
  return found ? static_cast<int>(found->records.size()) : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_structure)

BOOST_AUTO_TEST_CASE(lists_and_wrapped_lists_have_records) {
  BOOST_TEST(count("[]") == 0);
  BOOST_TEST(count("[1,2]") == 2);
  BOOST_TEST(count(R"([{"a":[1,2]},{"b":"],["}])") == 2);
  BOOST_TEST(count(R"({"nights":[{"a":1,"b":2},{"c":"\"}"}]})") == 2);
  BOOST_TEST(count(R"({"nights":[]})") == 0);
}

BOOST_AUTO_TEST_CASE(single_records_are_no_list) {
  BOOST_TEST(count("") == -1);
  BOOST_TEST(count("7") == -1);
  BOOST_TEST(count("{}") == -1);
  // A list inside a record is not a list of records.
  BOOST_TEST(count(R"({"date":"2026-01-01","samples":[1,2]})") == -1);
  BOOST_TEST(count(R"({"samples":[1,2],"date":"2026-01-01"})") == -1);
  BOOST_TEST(count("[1,2") == -1);
}

BOOST_AUTO_TEST_CASE(joining_gives_every_byte_back) {
  for (const std::string body : {"[]", "[1.50,2]", R"({"nights":[{"a":0.10},{"b":"é"}]})"}) {
    const auto found = find_records(body);
    BOOST_REQUIRE(found);
    BOOST_TEST(join_records(*found, found->records) == body);
  }
}

BOOST_AUTO_TEST_CASE(separators_in_strings_do_not_count) {
  BOOST_TEST((middle_separator(R"(["a,b:c"])") == std::nullopt));
  BOOST_TEST((middle_separator("[1,2,3,4]") == 4U));
  BOOST_TEST((middle_separator(R"({"a":"long text"})") == 4U));
}

BOOST_AUTO_TEST_SUITE_END()
