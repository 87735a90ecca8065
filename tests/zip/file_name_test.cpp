// Goal: a name that climbs, cheats or cannot be shown is refused, and can be reported all the same.
#define BOOST_TEST_DYN_LINK
#include "zip/file_name.hpp"

#include <boost/test/unit_test.hpp>

using polar_flow::zip::objection_to_name;
using polar_flow::zip::printable_name;

namespace {

std::string_view objection(std::string_view name) {
  return objection_to_name(name, 40);
}

} // namespace

BOOST_AUTO_TEST_SUITE(zip_file_name)

BOOST_AUTO_TEST_CASE(harmless_names_are_accepted) {
  for (const auto* name : {"a", "activity-2020-05-01.json", "folder/file.json", "a..b/..c",
                           ".hidden", "session_2020-05-01T10:00:00.json", "grüße/日本.json"})
    BOOST_TEST(objection(name) == "", name);
}

BOOST_AUTO_TEST_CASE(names_that_climb_are_refused) {
  for (const auto* name : {"..", "../a", "a/..", "a/../b", "a/b/../../../c"})
    BOOST_TEST(objection(name) == "leads out of its folder", name);
  BOOST_TEST(objection("/etc/passwd") == "is an absolute path");
  BOOST_TEST(objection("C:/a") == "begins with a drive letter");
  BOOST_TEST(objection("c:a") == "begins with a drive letter");
  BOOST_TEST(objection("..\\a") == "has a backslash");
}

BOOST_AUTO_TEST_CASE(names_that_cannot_be_shown_are_refused) {
  using namespace std::string_view_literals;
  BOOST_TEST(objection("") == "is empty or not UTF-8");
  BOOST_TEST(objection("a\0b"sv) == "has control characters");
  BOOST_TEST(objection("a\nb") == "has control characters");
  BOOST_TEST(objection("a\x7f") == "has control characters");
  BOOST_TEST(objection("a\xff") == "is not UTF-8");
  // A sequence that is cut, one that is longer than it must be, half of a surrogate pair.
  for (const auto* name : {"a\xc3", "\xc0\xaf", "\xed\xa0\x80"})
    BOOST_TEST(objection(name) == "is not UTF-8");
  BOOST_TEST(objection("lost \xef\xbf\xbd") == "is not UTF-8");
}

BOOST_AUTO_TEST_CASE(a_name_has_a_limit) {
  BOOST_TEST(objection(std::string(40, 'a')) == "");
  BOOST_TEST(objection(std::string(41, 'a')) == "is too long");
}

BOOST_AUTO_TEST_CASE(every_name_can_be_reported) {
  using namespace std::string_view_literals;
  BOOST_TEST(printable_name("../grüße", 40) == "../grüße");
  BOOST_TEST(printable_name("a\0b\n\xff\xc3"sv, 40) == "a?b???");
  BOOST_TEST(printable_name(std::string(50, 'a'), 40) == std::string(40, 'a'));
  // A character is not cut in two.
  BOOST_TEST(printable_name("aü", 2) == "a");
}

BOOST_AUTO_TEST_SUITE_END()
