#define BOOST_TEST_DYN_LINK
#include "polar/readers/json_document.hpp"

#include <boost/test/unit_test.hpp>

#include <charconv>

using namespace polar_flow;
using namespace polar_flow::polar;

namespace {

boost::json::value parse(std::string_view text) {
  return parse_document(text).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_document)

BOOST_AUTO_TEST_CASE(members_keep_the_order_of_the_text) {
  const auto document = parse(R"({"23:30":1,"00:07":2,"00:01":3})");
  std::string keys;
  for (const auto& member : document.get_object())
    keys += std::string{member.key()} + " ";
  BOOST_TEST(keys == "23:30 00:07 00:01 ");
}

BOOST_AUTO_TEST_CASE(fractions_are_exact) {
  // Products of a mantissa and a power of ten that a fast conversion misses by one unit.
  for (const std::string text :
       {"146.411", "80.67548", "79.473885", "0.1", "6917.941", "1389.35", "0.10000000149011612",
        "8.41e21", "9.5e-22", "2.2250738585072014e-308"}) {
    double expected = 0;
    std::from_chars(text.data(), text.data() + text.size(), expected);
    BOOST_TEST((parse(text).as_double() == expected), text);
    BOOST_TEST((parse("[" + text + "]").as_array()[0].as_double() == expected), text);
    BOOST_TEST((parse("-" + text).as_double() == -expected), text);
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_null) {
  BOOST_TEST(parse("").is_null());
  BOOST_TEST(parse(" \r\n\t").is_null());
  BOOST_TEST(parse("\xef\xbb\xbf").is_null());
  BOOST_TEST(parse("\xef\xbb\xbf[]").is_array());
}

BOOST_AUTO_TEST_CASE(errors_name_the_byte_and_no_value) {
  const auto document = parse_document(R"({"name":"secret","date":)");
  BOOST_REQUIRE(!document.has_value());
  BOOST_TEST((document.error().code == errc::polar_unreadable));
  BOOST_TEST(document.error().message.find("byte 24") != std::string::npos,
             document.error().message);
  BOOST_TEST(document.error().message.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused) {
  for (const auto* text : {"<html></html>", "[1,]", "{]", "[NaN]", "[1] 2", "'x'", "[\"\xff\"]",
                           "\x1f\x8b\x08", "{\"a\"}"})
    BOOST_TEST(!parse_document(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  BOOST_TEST(parse_document(nested(32)).has_value());
  BOOST_TEST(!parse_document(nested(33)).has_value());
  BOOST_TEST(!parse_document(nested(1'000'000)).has_value());
  BOOST_TEST(!parse_document(std::string(1'000'000, '[')).has_value());
}

BOOST_AUTO_TEST_CASE(too_many_values_are_refused) {
  // One more than four million, the limit.
  std::string text = "[0";
  for (int i = 0; i < 4'000'000; ++i)
    text += ",0";
  BOOST_TEST(!parse_document(text + "]").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
