// Goal: a line of text becomes the JSON Schema that it means. Method: literals.
#define BOOST_TEST_DYN_LINK
#include "http/shapes.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <set>
#include <stdexcept>
#include <string>

using namespace polar_flow::http;

namespace {

std::string text_of(std::string_view type) {
  return boost::json::serialize(schema_of_type(type));
}

} // namespace

BOOST_AUTO_TEST_SUITE(api_shapes)

BOOST_AUTO_TEST_CASE(types) {
  BOOST_TEST(text_of("int") == R"({"type":"integer"})");
  BOOST_TEST(text_of("number?") == R"({"type":["number","null"]})");
  BOOST_TEST(text_of("date?") == R"({"type":["string","null"],"format":"date"})");
  BOOST_TEST(text_of("instant") == R"({"type":"string","format":"date-time"})");
  BOOST_TEST(text_of("uuid") == R"({"type":"string","format":"uuid"})");
  BOOST_TEST(text_of("bool") == R"({"type":"boolean"})");
  BOOST_TEST(text_of("any") == "{}");
  BOOST_TEST(text_of("low|high") == R"({"type":"string","enum":["low","high"]})");
  BOOST_TEST(text_of("low|high?")
             == R"({"anyOf":[{"type":"string","enum":["low","high"]},{"type":"null"}]})");
  BOOST_TEST(text_of("queued") == R"({"type":"string","enum":["queued"]})");
  BOOST_TEST(text_of("Night") == R"({"$ref":"#/components/schemas/Night"})");
  BOOST_TEST(text_of("Night?")
             == R"({"anyOf":[{"$ref":"#/components/schemas/Night"},{"type":"null"}]})");
  BOOST_TEST(text_of("[int?]") == R"({"type":"array","items":{"type":["integer","null"]}})");
  BOOST_TEST(text_of("{number}?")
             == R"({"type":["object","null"],"additionalProperties":{"type":"number"}})");
  BOOST_TEST(text_of("A/B")
             == R"({"anyOf":[{"$ref":"#/components/schemas/A"},)"
                R"({"$ref":"#/components/schemas/B"}]})");
}

BOOST_AUTO_TEST_CASE(what_is_no_type) {
  for (const auto* type : {"", "?", "[int", "int]", "[]", "{}", "a:b", "a b"})
    BOOST_CHECK_THROW(schema_of_type(type), std::invalid_argument);
  BOOST_CHECK_THROW(schema_of(shape{"X", "", "name"}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(members) {
  BOOST_TEST(boost::json::serialize(schema_of(shape{"X", "A thing.", "a:int b~:string?"}))
             == R"({"type":"object","description":"A thing.","properties":)"
                R"({"a":{"type":"integer"},"b":{"type":["string","null"]}},)"
                R"("required":["a"],"additionalProperties":false})");
}

BOOST_AUTO_TEST_CASE(all_shapes_can_be_read_and_have_names_of_their_own) {
  std::set<std::string_view> names;
  for (const auto& each : all_shapes()) {
    BOOST_TEST(names.insert(each.name).second, each.name);
    BOOST_TEST(each.sentence.ends_with('.'), each.name);
    BOOST_TEST(!schema_of(each).at("properties").as_object().empty(), each.name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
