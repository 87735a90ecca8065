#define BOOST_TEST_DYN_LINK
#include "http/routes.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <utility>

using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(routes)

BOOST_AUTO_TEST_CASE(the_table_is_sound) {
  std::set<std::pair<http_method, std::string_view>> seen;
  for (const auto& item : all_routes()) {
    BOOST_TEST(item.pattern.starts_with('/'));
    BOOST_TEST(!item.pattern.ends_with('/'));
    BOOST_TEST((item.answer != nullptr), item.pattern);
    BOOST_TEST(!item.summary.empty(), item.pattern);
    BOOST_TEST(seen.emplace(item.method, item.pattern).second, "twice: " << item.pattern);
  }
}

// Health data must never be readable without a key, whoever adds the next route.
BOOST_AUTO_TEST_CASE(everything_of_a_user_needs_a_key) {
  for (const auto& item : all_routes()) {
    const bool is_of_user = item.pattern.starts_with("/api/v1/users/{user_id}/");
    BOOST_TEST((item.access == access_kind::api_key) == is_of_user, item.pattern);
  }
}

BOOST_AUTO_TEST_SUITE_END()
