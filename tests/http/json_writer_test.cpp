#define BOOST_TEST_DYN_LINK
#include "http/json_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace polar_flow::http;

namespace {

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_writer_suite)

// Expected texts are those of the contract, 1.10 and appendix A.
BOOST_AUTO_TEST_CASE(numbers_look_as_in_the_contract) {
  BOOST_TEST(number(1e-5) == "0.00001");
  BOOST_TEST(number(1e-7) == "1e-7");
  BOOST_TEST(number(1e15) == "1000000000000000.0");
  BOOST_TEST(number(1e16) == "1e16");
  BOOST_TEST(number(2.0 / 3.0) == "0.6666666666666666");
  BOOST_TEST(number(50.0) == "50.0");
  BOOST_TEST(number(4.1000000000000005) == "4.1000000000000005");
  BOOST_TEST(number(7.502777777777778) == "7.502777777777778");
}

BOOST_AUTO_TEST_CASE(numbers_at_the_edges) {
  BOOST_TEST(number(0.0) == "0.0");
  BOOST_TEST(number(-0.0) == "-0.0");
  BOOST_TEST(number(-2.5) == "-2.5");
  BOOST_TEST(number(-1.5e-7) == "-1.5e-7");
  BOOST_TEST(number(1.25e20) == "1.25e20");
  BOOST_TEST(number(9.9e-6) == "9.9e-6");
  BOOST_TEST(number(9999999999999998.0) == "9999999999999998.0");
  BOOST_TEST(number(5e-324) == "5e-324");
  BOOST_TEST(number(std::numeric_limits<double>::max()) == "1.7976931348623157e308");
  BOOST_TEST(number(std::nan("")) == "null");
  BOOST_TEST(number(std::numeric_limits<double>::infinity()) == "null");
}

// Goal: whatever the bits, the text reads back as the same double.
BOOST_AUTO_TEST_CASE(random_numbers_read_back) {
  constexpr std::uint64_t seed = 20261122;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value))
      continue;
    const auto text = number(value);
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    BOOST_REQUIRE_EQUAL(back, value);
  }
}

BOOST_AUTO_TEST_CASE(text_is_escaped) {
  BOOST_TEST(quoted("a\"b\\c/") == R"("a\"b\\c/")");
  BOOST_TEST(quoted("\b\f\n\r\t\x01\x1f\x7f") == "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  BOOST_TEST(quoted(std::string_view{"\0", 1}) == R"("\u0000")");
  BOOST_TEST(quoted("Jyväskylä €  😀") == "\"Jyväskylä €  😀\"");
}

// One U+FFFD for every byte that does not belong to a valid sequence.
BOOST_AUTO_TEST_CASE(what_is_not_utf8_is_replaced) {
  const std::string mark = "\xEF\xBF\xBD";
  BOOST_TEST(quoted("a\xFFz") == "\"a" + mark + "z\"");
  BOOST_TEST(quoted("\xC3") == "\"" + mark + "\"");
  BOOST_TEST(quoted("\xC0\xAF") == "\"" + mark + mark + "\"");                       // overlong
  BOOST_TEST(quoted("\xED\xA0\x80") == "\"" + mark + mark + mark + "\"");            // surrogate
  BOOST_TEST(quoted("\xF4\x90\x80\x80") == "\"" + mark + mark + mark + mark + "\""); // > 10FFFF
  BOOST_TEST(quoted("\xE2\x82z") == "\"" + mark + mark + "z\"");
}

// Round half to even on the exact binary value; results are those of Python's round().
BOOST_AUTO_TEST_CASE(rounding) {
  BOOST_TEST(rounded(2.675, 2) == 2.67);
  BOOST_TEST(rounded(0.125, 2) == 0.12);
  BOOST_TEST(rounded(0.25, 1) == 0.2);
  BOOST_TEST(rounded(62.5, 0) == 62.0);
  BOOST_TEST(rounded(-0.375, 2) == -0.38);
  BOOST_TEST(rounded(1e300, 2) == 1e300);
  BOOST_TEST(std::isnan(rounded(std::nan(""), 2)));
}

BOOST_AUTO_TEST_CASE(structure) {
  json_writer out;
  out.begin_object();
  out.member("text", "a");
  out.member("whole", 7);
  out.member("broken", 7.0);
  out.member("truth", true);
  out.member("none", std::optional<int>{});
  out.member("some", std::optional<double>{1.5});
  out.key("list");
  out.begin_list();
  out.value(1);
  out.begin_object();
  out.end_object();
  out.begin_list();
  out.end_list();
  out.null();
  out.end_list();
  out.end_object();
  BOOST_TEST(out.take()
             == R"({"text":"a","whole":7,"broken":7.0,"truth":true,"none":null,"some":1.5,)"
                R"("list":[1,{},[],null]})");
  BOOST_TEST(out.take().empty());
}

BOOST_AUTO_TEST_SUITE_END()
