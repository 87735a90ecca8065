// Goal: whatever goes in, what comes out is valid JSON and UTF-8. Boost.JSON judges.
#define BOOST_TEST_DYN_LINK
#include "telemetry/json_text.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

BOOST_AUTO_TEST_SUITE(json_text)

using namespace polar_flow::telemetry;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// What a JSON reader sees; throws, and so fails the test, when it is not valid.
std::string read_back(std::string_view text) {
  return std::string{boost::json::parse(quoted(text)).as_string()};
}

std::string number(double value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(text_is_escaped) {
  BOOST_TEST(quoted("") == R"("")");
  BOOST_TEST(quoted("plain") == R"("plain")");
  BOOST_TEST(quoted("a\"b\\c") == R"("a\"b\\c")");
  BOOST_TEST(quoted("a\nb\tc\r") == R"("a\nb\tc\u000d")");
  BOOST_TEST(quoted(std::string_view{"\0\x1f\x7f", 3}) == R"("\u0000\u001f\u007f")");
  BOOST_TEST(quoted("Größe → 😀") == "\"Größe → 😀\"");
}

BOOST_AUTO_TEST_CASE(every_byte_alone_is_survived) {
  for (int code = 0; code < 256; ++code) {
    const std::string text(1, static_cast<char>(code));
    BOOST_TEST(read_back(text) == (code < 0x80 ? text : "\xEF\xBF\xBD"), code);
  }
}

BOOST_AUTO_TEST_CASE(wrong_utf8_is_replaced) {
  const std::string mark = "\xEF\xBF\xBD";
  // Overlong, surrogate, beyond U+10FFFF, cut off, continuation alone: one mark per byte.
  BOOST_TEST(read_back("\xC0\x80") == mark + mark);
  BOOST_TEST(read_back("\xE0\x80\x80") == mark + mark + mark);
  BOOST_TEST(read_back("\xED\xA0\x80") == mark + mark + mark);
  BOOST_TEST(read_back("\xF0\x80\x80\x80") == mark + mark + mark + mark);
  BOOST_TEST(read_back("\xF4\x90\x80\x80") == mark + mark + mark + mark);
  BOOST_TEST(read_back("a\xE2\x82") == "a" + mark + mark);
  BOOST_TEST(read_back("\x80z") == mark + "z");
  // The borders themselves are right.
  for (const auto* text : {"\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    BOOST_TEST(read_back(text) == text);
}

BOOST_AUTO_TEST_CASE(long_text_is_cut_between_characters) {
  BOOST_TEST(read_back(std::string(4096, 'x')) == std::string(4096, 'x'));
  BOOST_TEST(read_back(std::string(4097, 'x')) == std::string(4096, 'x') + "…");
  // 4095 bytes and then characters of 4 bytes: the first of them does not fit.
  std::string text(4095, 'x');
  for (int i = 0; i < 10; ++i)
    text += "😀";
  BOOST_TEST(read_back(text) == std::string(4095, 'x') + "…");
  BOOST_TEST(quoted(std::string(1'000'000, '\x80')).size() < 3u * 4096 + 10);
}

BOOST_AUTO_TEST_CASE(random_bytes_make_valid_strings) {
  constexpr std::uint64_t seed = 8259;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  for (int i = 0; i < 2000; ++i) {
    std::string text(random() % 60, '\0');
    for (auto& byte : text)
      byte = static_cast<char>(random());
    BOOST_CHECK_NO_THROW(read_back(text));
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_json) {
  BOOST_TEST(number(0) == "0");
  BOOST_TEST(number(-1.5) == "-1.5");
  BOOST_TEST(number(0.1) == "0.1");
  BOOST_TEST(number(std::numeric_limits<double>::quiet_NaN()) == "null");
  BOOST_TEST(number(std::numeric_limits<double>::infinity()) == "null");
  for (const double value : {1e300, -1e-300, 1e16, std::numeric_limits<double>::max(),
                             std::numeric_limits<double>::denorm_min(), 2.0 / 3})
    BOOST_TEST(boost::json::parse(number(value)).to_number<double>() == value);
}

BOOST_AUTO_TEST_SUITE_END()
