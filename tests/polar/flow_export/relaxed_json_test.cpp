#define BOOST_TEST_DYN_LINK
#include "polar/flow_export/relaxed_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using polar::parse_export_document;

BOOST_AUTO_TEST_SUITE(export_relaxed_json)

BOOST_AUTO_TEST_CASE(bare_words_are_no_numbers) {
  const auto document =
      parse_export_document("{\"a\":NaN,\"b\":[1, NaN ,-Infinity,Infinity],\"c\": NaN\n}");
  BOOST_REQUIRE(document.has_value());
  BOOST_TEST(*document == boost::json::parse(R"({"a":"","b":[1,"","",""],"c":""})"));
  BOOST_TEST(parse_export_document("NaN").value() == "");
}

BOOST_AUTO_TEST_CASE(texts_stay_as_they_are) {
  for (const auto* text : {R"({"NaN":"NaN, Infinity"})", R"(["a\"",":NaN,"])", R"(["\\"])"})
    BOOST_TEST(parse_export_document(text).value() == boost::json::parse(text));
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_an_error_with_its_place) {
  for (const auto* text :
       {"[NaN,nan]", "[NaNa]", "[NaN,--Infinity]", "{NaN:1}", "[\"NaN", "[NaN"}) {
    const auto document = parse_export_document(text);
    BOOST_REQUIRE_MESSAGE(!document, text);
    BOOST_TEST((document.error().code == errc::polar_unreadable));
    BOOST_TEST(document.error().message.find("is not JSON") != std::string::npos);
  }
  // The place is that of the file, although a word before it was replaced.
  const auto document = parse_export_document("[NaN,-Infinity,x]");
  BOOST_TEST(document.error().message.find("at byte 15") != std::string::npos,
             document.error().message);
}

BOOST_AUTO_TEST_SUITE_END()
