// Goal: typing errors get the right hint, other words none.
#define BOOST_TEST_DYN_LINK
#include "config/suggestion.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(suggestions)

using polar_flow::suggest;

BOOST_AUTO_TEST_CASE(near_names_are_suggested) {
  const std::vector<std::string> names{"http.threads", "http.max-connections", "server.port"};
  BOOST_TEST(suggest("http.thread", names) == " (did you mean http.threads?)");
  BOOST_TEST(suggest("htpt.threads", names) == " (did you mean http.threads?)");
  BOOST_TEST(suggest("HTTP.max_connections", names) == " (did you mean http.max-connections?)");
  BOOST_TEST(suggest("server.prot", names) == " (did you mean server.port?)");
}

BOOST_AUTO_TEST_CASE(what_was_typed_is_never_suggested) {
  BOOST_TEST(suggest("--user", {"--users", "--user"}) == "");
  BOOST_TEST(suggest("--USER", {"--user"}) == " (did you mean --user?)");
}

BOOST_AUTO_TEST_CASE(far_names_are_not) {
  const std::vector<std::string> names{"http.threads", "sync.enabled"};
  for (const auto* typed : {"", "x", "colour", "actors.idle", "zzzzzzzzzzzz"})
    BOOST_TEST(suggest(typed, names) == "", typed);
  BOOST_TEST(suggest("http.threads", {}) == "");
  // Nothing of a candidate is left when as many characters as it has are changed.
  BOOST_TEST(suggest("ab", {"xy"}) == "");
  BOOST_TEST(suggest(std::string(100'000, 'h'), names) == "");
}

BOOST_AUTO_TEST_SUITE_END()
