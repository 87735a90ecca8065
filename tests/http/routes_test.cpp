#define BOOST_TEST_DYN_LINK
#include "http/routes.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(routes)

BOOST_AUTO_TEST_CASE(the_table_is_sound) {
  std::set<std::pair<http_method, std::string_view>> seen;
  for (const auto& item : all_routes()) {
    BOOST_TEST(item.pattern.starts_with('/'));
    BOOST_TEST((item.pattern == "/" || !item.pattern.ends_with('/')), item.pattern);
    BOOST_TEST((item.answer != nullptr), item.pattern);
    BOOST_TEST(!item.summary.empty(), item.pattern);
    BOOST_TEST(seen.emplace(item.method, item.pattern).second, "twice: " << item.pattern);
  }
}

// What stands in a path is declared as it is read, and nothing else is.
BOOST_AUTO_TEST_CASE(parameters_of_paths_are_declared) {
  for (const auto& item : all_routes()) {
    std::ptrdiff_t declared = 0;
    for (const auto& parameter : item.parameters) {
      if (parameter.source != parameter_source::path)
        continue;
      ++declared;
      const auto placeholder = "/{" + std::string{parameter.name} + "}";
      BOOST_TEST((item.pattern.find(placeholder) != std::string_view::npos), item.pattern);
      BOOST_TEST((parameter.need == presence::required), item.pattern);
    }
    // The user, who is in most paths, is read before any handler is asked.
    const bool has_user = item.pattern.find("{user_id}") != std::string_view::npos;
    BOOST_TEST(std::ranges::count(item.pattern, '{') == declared + (has_user ? 1 : 0),
               item.pattern);
  }
}

// Health data must never be readable without a key, whoever adds the next route.
BOOST_AUTO_TEST_CASE(everything_of_a_user_needs_a_key) {
  for (const auto& item : all_routes()) {
    const bool is_of_user = item.pattern.starts_with("/api/v1/users/{user_id}");
    BOOST_TEST((item.access == access_kind::api_key) == is_of_user, item.pattern);
  }
}

BOOST_AUTO_TEST_SUITE_END()
