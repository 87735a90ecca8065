#include "crypto/hash.hpp"

#include "crypto/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace polar_flow::crypto {

namespace {

/// UUIDv5 of "polar-flow-server" in RFC 4122's DNS namespace:
/// 276e0dd6-7a01-5bb9-89ca-914e0fd76f69.
constexpr std::array<std::uint8_t, 16> uuid_namespace{
    0x27, 0x6e, 0x0d, 0xd6, 0x7a, 0x01, 0x5b, 0xb9,
    0x89, 0xca, 0x91, 0x4e, 0x0f, 0xd7, 0x6f, 0x69};

constexpr std::size_t sha1_size = 20;

} // namespace

sha256_digest sha256(std::string_view bytes) {
  sha256_digest digest{};
  check_openssl(EVP_Digest(data_of(bytes), bytes.size(), digest.data(), nullptr, EVP_sha256(),
                           nullptr)
                    == 1,
                "SHA-256 failed");
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) {
  sha256_digest digest{};
  check_openssl(HMAC(EVP_sha256(), data_of(key), static_cast<int>(key.size()), data_of(bytes),
                     bytes.size(), digest.data(), nullptr)
                    != nullptr,
                "HMAC-SHA-256 failed");
  return digest;
}

sha256_digest hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info) {
  // One block of output is all that is needed, so expanding is a single HMAC over info and 1.
  const auto extracted = hmac_sha256(salt, secret);
  std::string block{info};
  block += '\x01';
  return hmac_sha256({reinterpret_cast<const char*>(extracted.data()), extracted.size()}, block);
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0xf];
  }
  return text;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size()
         && CRYPTO_memcmp(data_of(left), data_of(right), left.size()) == 0;
}

std::string stable_uuid(std::string_view name) {
  std::string input{uuid_namespace.begin(), uuid_namespace.end()};
  input += name;
  std::array<std::uint8_t, sha1_size> digest{};
  check_openssl(EVP_Digest(data_of(input), input.size(), digest.data(), nullptr, EVP_sha1(),
                           nullptr)
                    == 1,
                "SHA-1 failed");
  return format_uuid(std::span{digest}.first<16>(), 5);
}

std::string format_uuid(std::span<const std::uint8_t, 16> bytes, std::uint8_t version) {
  std::array<std::uint8_t, 16> marked{};
  std::ranges::copy(bytes, marked.begin());
  marked[6] = static_cast<std::uint8_t>((marked[6] & 0x0f) | version << 4);
  // The variant of RFC 4122: binary 10.
  marked[8] = static_cast<std::uint8_t>((marked[8] & 0x3f) | 0x80);
  auto text = to_hex(marked);
  for (const std::size_t position : {8, 13, 18, 23})
    text.insert(position, 1, '-');
  return text;
}

std::string exercise_public_id(std::string_view user, std::string_view polar_exercise_id) {
  std::string name{user};
  name += '/';
  name += polar_exercise_id;
  return stable_uuid(name);
}

} // namespace polar_flow::crypto
