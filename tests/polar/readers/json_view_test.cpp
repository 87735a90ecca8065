#define BOOST_TEST_DYN_LINK
#include "polar/readers/json_document.hpp"
#include "polar/readers/json_view.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;

namespace {

boost::json::value parse(std::string_view text) {
  return parse_document(text).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_view)

BOOST_AUTO_TEST_CASE(hyphen_and_underscore_are_one_character) {
  const auto document = parse(R"({"a-b_c":1})");
  const object_view view{document};
  for (const auto* name : {"a-b-c", "a_b_c", "a-b_c", "a_b-c"})
    BOOST_TEST((view.integer(name) == 1), name);
  BOOST_TEST(!view.integer("abc"));
  BOOST_TEST(!view.integer("a_b_c_"));
}

BOOST_AUTO_TEST_CASE(of_equal_names_the_last_counts) {
  const auto same = parse(R"({"a":1,"b":2,"a":3})");
  BOOST_TEST((object_view{same}.integer("a") == 3));
  const auto two_spellings = parse(R"({"x_y":1,"x-y":2})");
  BOOST_TEST((object_view{two_spellings}.integer("x_y") == 2));
}

BOOST_AUTO_TEST_CASE(null_is_absent) {
  const auto document = parse(R"({"a":null})");
  const object_view view{document};
  BOOST_TEST(view.has("a"));
  BOOST_TEST(!view.has("b"));
  BOOST_TEST((view.find("a") == nullptr));
  BOOST_TEST(!view.integer("a"));
  BOOST_TEST(!view.object("a").exists());
}

BOOST_AUTO_TEST_CASE(integers_come_in_many_forms) {
  const auto document = parse(
      R"({"int":63,"float":63.0,"text":"63","float_text":" 63.0 ","exponent":6.3e1,"half":63.5,
      "large":2147483648,"huge":18446744073709551615,"negative":-1,"bool":true,"list":[63],
      "hex":"0x3f","words":"63 bpm","empty":"","plus":"+63","overflow":1e999})");
  const object_view view{document};
  for (const auto* name : {"int", "float", "text", "float_text", "exponent"})
    BOOST_TEST((view.integer(name) == 63), name);
  for (const auto* name : {"half", "large", "huge", "negative", "bool", "list", "hex", "words",
                           "empty", "plus", "overflow", "absent"})
    BOOST_TEST(!view.integer(name), name);
  BOOST_TEST((view.large_integer("large") == 2147483648));
}

BOOST_AUTO_TEST_CASE(numbers_outside_their_range_are_unknown) {
  const auto document = parse(R"({"a":10,"b":"-0.5","c":1e400,"d":"nan","e":"Infinity"})");
  const object_view view{document};
  BOOST_TEST((view.number("a", {0, 10}) == 10.0));
  BOOST_TEST(!view.number("a", {0, 9.9}));
  BOOST_TEST((view.number("b", {-1, 1}) == -0.5));
  for (const auto* name : {"c", "d", "e"})
    BOOST_TEST(!view.number(name, {-1e308, 1e308}), name);
}

BOOST_AUTO_TEST_CASE(texts_are_short_and_printable) {
  const auto document =
      parse(R"({"a":"x","b":"","c":"a\u0000b","d":"a\nb","e":12,"f":1.5,"g":"Ünï","h":[],
         "long":")"
            + std::string(256, 'x') + R"(","fits":")" + std::string(255, 'x') + "\"}");
  const object_view view{document};
  BOOST_TEST((view.text("a") == "x"));
  BOOST_TEST((view.text("e") == "12"));
  BOOST_TEST((view.text("g") == "Ünï"));
  BOOST_TEST(view.text("fits").has_value());
  for (const auto* name : {"b", "c", "d", "f", "h", "long"})
    BOOST_TEST(!view.text(name), name);
}

BOOST_AUTO_TEST_CASE(flags_are_true_or_false) {
  const auto document = parse(R"({"a":true,"b":"false","c":1,"d":"yes"})");
  const object_view view{document};
  BOOST_TEST((view.flag("a") == true));
  BOOST_TEST((view.flag("b") == false));
  BOOST_TEST(!view.flag("c"));
  BOOST_TEST(!view.flag("d"));
}

BOOST_AUTO_TEST_CASE(times_keep_to_plausible_years) {
  const auto document = parse(R"({"a":"2026-05-03","b":"2026-05-03T10:00:00Z","c":"0000-01-01",
    "d":"2200-01-01","e":"1969-12-31","f":"2199-12-31","g":20260503,"h":"2200-01-01T00:00:00Z",
    "i":"2199-12-31T23:59:59.999999Z"})");
  const object_view view{document};
  const date expected = std::chrono::year{2026} / 5 / 3;
  BOOST_TEST((view.day("a") == expected));
  BOOST_TEST((view.day("b") == expected));
  BOOST_TEST(view.day("f").has_value());
  for (const auto* name : {"c", "d", "e", "g"})
    BOOST_TEST(!view.day(name), name);
  BOOST_TEST(!view.utc_time("h"));
  BOOST_TEST(!view.wall_time("h"));
  BOOST_TEST(!view.zoned_time("h"));
  BOOST_TEST(view.utc_time("i").has_value());
}

BOOST_AUTO_TEST_CASE(a_view_of_nothing_has_nothing) {
  const auto document = parse("[1]");
  for (const auto& view : {object_view{}, object_view{document}}) {
    BOOST_TEST(!view.exists());
    BOOST_TEST(view.is_empty());
    BOOST_TEST(!view.text("a"));
    BOOST_TEST((view.list("a") == nullptr));
    BOOST_TEST((view.map("a") == nullptr));
  }
}

BOOST_AUTO_TEST_CASE(birthdays_are_older_than_health_data) {
  const auto document = parse(
      R"({"old":"1931-02-03","first":"1900-01-01","timed":"1931-02-03T00:00:00",
      "older":"1899-12-31","future":"2200-01-01","number":19310203})");
  const object_view view{document};
  BOOST_TEST((view.birthday("old") == date{std::chrono::year{1931} / 2 / 3}));
  BOOST_TEST((view.birthday("timed") == view.birthday("old")));
  BOOST_TEST(view.birthday("first").has_value());
  for (const auto* name : {"older", "future", "number", "absent"})
    BOOST_TEST(!view.birthday(name), name);
  BOOST_TEST(!view.day("old"));
}

BOOST_AUTO_TEST_CASE(unix_times_tell_their_unit_by_their_size) {
  const auto document = parse(
      R"({"s":1697787256,"ms":1697787256123,"text":"1697787256123","zero":0,"negative":-1,
      "between":99999999999,"first_ms":100000000000,"last":7258118399999,"beyond":7258118400000,
      "huge":9223372036854775807,"half":1697787256.5})");
  const object_view view{document};
  const instant second{std::chrono::seconds{1697787256}};
  BOOST_TEST((view.unix_time("s") == second));
  BOOST_TEST((view.unix_time("ms") == second + std::chrono::milliseconds{123}));
  BOOST_TEST((view.unix_time("text") == view.unix_time("ms")));
  BOOST_TEST((view.unix_time("first_ms") == instant{std::chrono::seconds{100'000'000}}));
  // The last millisecond of 2199, by `date -u -d @7258118399`.
  BOOST_TEST(view.unix_time("last").has_value());
  for (const auto* name : {"zero", "negative", "between", "beyond", "huge", "half", "absent"})
    BOOST_TEST(!view.unix_time(name), name);
}

BOOST_AUTO_TEST_CASE(users_are_numbers_or_text) {
  const auto document = parse(
      R"({"number":475,"text":"475","negative":-475,"path":"a/b","empty":"","float":4.5,
      "list":[]})");
  const object_view view{document};
  for (const auto* name : {"number", "text"})
    BOOST_TEST((view.user(name) == user_id{"475"}), name);
  for (const auto* name : {"negative", "path", "empty", "float", "list", "absent"})
    BOOST_TEST(!view.user(name), name);
}

BOOST_AUTO_TEST_SUITE_END()
