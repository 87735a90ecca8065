// Goal: the two modes give what the standards say, and what was changed is not decrypted.
#define BOOST_TEST_DYN_LINK
#include "crypto/aes.hpp"

#include "crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

BOOST_AUTO_TEST_SUITE(aes)

using namespace polar_flow::crypto;

namespace {

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string{text.substr(i, 2)}, nullptr, 16));
  return bytes;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> array_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  std::array<std::uint8_t, Size> out{};
  std::ranges::copy(bytes, out.begin());
  return out;
}

std::string as_text(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

// Test case 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega).
const auto gcm_key
    = array_of<32>("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
const auto nonce = array_of<12>("cafebabefacedbaddecaf888");
const auto plain = from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
const auto context = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const std::string sealed_hex
    = "cafebabefacedbaddecaf888"
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b";

// Encrypted with `openssl enc -aes-128-cbc`; key and IV of NIST SP 800-38A, F.2.
const auto cbc_key = array_of<16>("2b7e151628aed2a6abf7158809cf4f3c");
const auto iv = from_hex("000102030405060708090a0b0c0d0e0f");

} // namespace

BOOST_AUTO_TEST_CASE(gcm_is_as_published) {
  BOOST_TEST(to_hex(encrypt_gcm(gcm_key, nonce, plain, context)) == sealed_hex);
  BOOST_TEST((decrypt_gcm(gcm_key, from_hex(sealed_hex), context) == plain));
}

BOOST_AUTO_TEST_CASE(empty_secrets_and_contexts_work) {
  const auto sealed = as_text(encrypt_gcm(gcm_key, nonce, "", ""));
  BOOST_TEST(sealed.size() == 28u);
  BOOST_TEST((decrypt_gcm(gcm_key, sealed, "") == std::string{}));
  BOOST_TEST(!decrypt_gcm(gcm_key, sealed, "x").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_cut_is_refused) {
  const auto sealed = from_hex(sealed_hex);
  for (std::size_t size = 0; size < sealed.size(); ++size)
    BOOST_TEST(!decrypt_gcm(gcm_key, sealed.substr(0, size), context).has_value(), size);
}

BOOST_AUTO_TEST_CASE(cbc_takes_the_padding_off) {
  BOOST_TEST((decrypt_cbc(cbc_key, iv, from_hex("d8666ea8aad65cc08354b4bc43d4ff56")) == "hello"));
  const auto two_blocks
      = from_hex("7774240c17c9451dcf85349c1714262eae8de21da7e1acba45e42dbd24568cc9");
  BOOST_TEST((decrypt_cbc(cbc_key, iv, two_blocks) == "exactly 16 bytes"));
}

BOOST_AUTO_TEST_CASE(cbc_refuses_wrong_shapes) {
  const auto good = from_hex("d8666ea8aad65cc08354b4bc43d4ff56");
  BOOST_TEST(!decrypt_cbc(cbc_key, iv, "").has_value());
  BOOST_TEST(!decrypt_cbc(cbc_key, iv, good.substr(1)).has_value());
  BOOST_TEST(!decrypt_cbc(cbc_key, iv.substr(1), good).has_value());
  // The first block of F.2.1 decrypts to text without padding.
  const auto unpadded = from_hex("7649abac8119b246cee98e9b12e9197d");
  BOOST_TEST(!decrypt_cbc(cbc_key, iv, unpadded).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
