#define BOOST_TEST_DYN_LINK
#include "http/request_id.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(request_id)

BOOST_AUTO_TEST_CASE(a_harmless_id_of_the_client_is_kept) {
  request_ids ids{"ab12"};
  BOOST_TEST(ids.choose("trace-7_x.Y") == "trace-7_x.Y");
}

BOOST_AUTO_TEST_CASE(others_are_replaced_by_running_numbers) {
  request_ids ids{"ab12"};
  BOOST_TEST(ids.choose(std::nullopt) == "ab12-1");
  BOOST_TEST(ids.choose("") == "ab12-2");
  BOOST_TEST(ids.choose("a b") == "ab12-3");
  BOOST_TEST(ids.choose("x\"y") == "ab12-4");
  BOOST_TEST(ids.choose(std::string(65, 'a')) == "ab12-5");
  for (int i = 0; i < 5; ++i)
    ids.choose(std::nullopt);
  BOOST_TEST(ids.choose(std::nullopt) == "ab12-b"); // the eleventh, in hex
}

BOOST_AUTO_TEST_SUITE_END()
