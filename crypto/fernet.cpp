#include "crypto/fernet.hpp"

#include "crypto/aes.hpp"
#include "crypto/base64.hpp"
#include "crypto/hash.hpp"

namespace polar_flow::crypto {

namespace {

// A token is: version, time (8 bytes), IV, ciphertext, HMAC over all before it.
constexpr char version = '\x80';
constexpr std::size_t iv_begin = 9;
constexpr std::size_t iv_size = 16;
constexpr std::size_t ciphertext_begin = iv_begin + iv_size;
constexpr std::size_t hmac_size = 32;

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

std::optional<std::string> open_fernet(std::span<const std::uint8_t, 32> key,
                                       std::string_view token) {
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() < ciphertext_begin + hmac_size || bytes->front() != version)
    return std::nullopt;
  const auto all = std::string_view{*bytes};
  const auto is_signed = all.substr(0, all.size() - hmac_size);
  const auto signing_key = key.first<16>();
  const auto hmac = hmac_sha256(as_text(signing_key), is_signed);
  if (!equal_in_constant_time(as_text(hmac), all.substr(is_signed.size())))
    return std::nullopt;
  return decrypt_cbc(key.last<16>(), all.substr(iv_begin, iv_size),
                     is_signed.substr(ciphertext_begin));
}

} // namespace polar_flow::crypto
