// Goal: RFC 4648 exactly, and one text only for each byte string.
#define BOOST_TEST_DYN_LINK
#include "crypto/base64.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(base64)

using namespace polar_flow::crypto;

namespace {

std::string encode(std::string_view text, padding ending) {
  const std::vector<std::uint8_t> bytes{text.begin(), text.end()};
  return to_base64url(bytes, ending);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_vectors_of_the_rfc) {
  // RFC 4648, section 10.
  constexpr std::pair<const char*, const char*> vectors[]
      = {{"", ""},         {"f", "Zg=="},         {"fo", "Zm8="},      {"foo", "Zm9v"},
         {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    BOOST_TEST(encode(plain, padding::equals_signs) == coded);
    BOOST_TEST((from_base64url(coded) == plain));
    const std::string bare{coded, std::string_view{coded}.find_last_not_of('=') + 1};
    BOOST_TEST(encode(plain, padding::none) == bare);
    BOOST_TEST((from_base64url(bare) == plain));
  }
  // The two characters that the URL-safe alphabet changes.
  BOOST_TEST(encode("\xfb\xff", padding::none) == "-_8");
}

BOOST_AUTO_TEST_CASE(other_texts_are_refused) {
  for (const auto* text : {"Z", "Zg=", "Zg===", "Zm8==", "=", "====", "Zg==Zg==", "Zm9v=", "Z g=",
                           "Zm9v\n", "Zm+v", "Zm/v", "Zm9vY", "Zm\xc3\xa9", "Z=g="})
    BOOST_TEST(!from_base64url(text).has_value(), text);
  BOOST_TEST(!from_base64url(std::string_view{"Zm\0v", 4}).has_value());
}

BOOST_AUTO_TEST_CASE(spare_bits_are_zero_unless_allowed) {
  // "Zg" and "Zh" differ in bits that no byte needs.
  BOOST_TEST(!from_base64url("Zh==").has_value());
  BOOST_TEST(!from_base64url("Zm9").has_value());
  BOOST_TEST((from_base64url("Zh==", spare_bits::ignored) == "f"));
}

BOOST_AUTO_TEST_CASE(random_bytes_come_back) {
  constexpr std::uint64_t seed = 4648;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  for (int i = 0; i < 500; ++i) {
    std::string bytes(random() % 80, '\0');
    for (auto& byte : bytes)
      byte = static_cast<char>(random());
    BOOST_TEST((from_base64url(encode(bytes, padding::none)) == bytes));
    BOOST_TEST((from_base64url(encode(bytes, padding::equals_signs)) == bytes));
  }
}

BOOST_AUTO_TEST_SUITE_END()
