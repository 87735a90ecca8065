// Goal: tokens of the server that came before are read; nothing that was changed is.
#define BOOST_TEST_DYN_LINK
#include "crypto/fernet.hpp"

#include "crypto/base64.hpp"
#include "crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(fernet)

using namespace polar_flow::crypto;

namespace {

// The published vector of the Fernet specification.
constexpr std::string_view published_key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
constexpr std::string_view published_token
    = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVm"
      "pU4IwqDA==";

std::array<std::uint8_t, 32> key_bytes() {
  std::array<std::uint8_t, 32> key{};
  std::ranges::copy(*from_base64url(published_key), key.begin());
  return key;
}

std::string encode(std::string_view bytes) {
  return to_base64url(std::vector<std::uint8_t>{bytes.begin(), bytes.end()},
                      padding::equals_signs);
}

/// A token whose signature is right, whatever its content.
std::string sign(std::string content) {
  const auto key = key_bytes();
  const std::string signing_key{key.begin(), key.begin() + 16};
  const auto signature = hmac_sha256(signing_key, content);
  content.append(signature.begin(), signature.end());
  return encode(content);
}

/// What the published token says without its signature.
std::string published_content() {
  auto bytes = *from_base64url(published_token);
  bytes.resize(bytes.size() - 32);
  return bytes;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_published_token_opens) {
  BOOST_TEST((open_fernet(key_bytes(), published_token) == "hello"));
  const auto bare = published_token.substr(0, published_token.find('='));
  BOOST_TEST((open_fernet(key_bytes(), bare) == "hello"));
  // The helper for the tests below signs as the specification does.
  BOOST_TEST(sign(published_content()) == published_token);
}

BOOST_AUTO_TEST_CASE(every_changed_byte_is_noticed) {
  const auto bytes = *from_base64url(published_token);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    BOOST_TEST(!open_fernet(key_bytes(), encode(changed)).has_value(), i);
  }
}

BOOST_AUTO_TEST_CASE(every_changed_character_is_noticed) {
  for (std::size_t i = 0; i < published_token.size(); ++i) {
    std::string changed{published_token};
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    BOOST_TEST(!open_fernet(key_bytes(), changed).has_value(), i);
    // Without its padding the token is whole.
    if (i != published_token.find('='))
      BOOST_TEST(!open_fernet(key_bytes(), published_token.substr(0, i)).has_value(), i);
  }
}

BOOST_AUTO_TEST_CASE(signed_nonsense_is_refused) {
  // Those of the specification's invalid vectors that do not depend on the time.
  const auto content = published_content();
  BOOST_TEST(!open_fernet(key_bytes(), sign("")).has_value());
  BOOST_TEST(!open_fernet(key_bytes(), sign("\x80")).has_value());
  auto wrong_version = content;
  wrong_version[0] = '\x81';
  BOOST_TEST(!open_fernet(key_bytes(), sign(wrong_version)).has_value());
  BOOST_TEST(!open_fernet(key_bytes(), sign(content.substr(0, 25))).has_value());
  BOOST_TEST(!open_fernet(key_bytes(), sign(content.substr(0, content.size() - 1))).has_value());
  auto wrong_padding = content;
  wrong_padding[9] = static_cast<char>(wrong_padding[9] ^ 1);
  wrong_padding.back() = static_cast<char>(wrong_padding.back() ^ 1);
  BOOST_TEST(!open_fernet(key_bytes(), sign(wrong_padding)).has_value());
}

BOOST_AUTO_TEST_CASE(another_key_opens_nothing) {
  auto signing = key_bytes();
  signing[0] ^= 1;
  BOOST_TEST(!open_fernet(signing, published_token).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
