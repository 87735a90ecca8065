#include "crypto/secret_box.hpp"

#include "crypto/aes.hpp"
#include "crypto/base64.hpp"
#include "crypto/fernet.hpp"
#include "crypto/hash.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace polar_flow::crypto {

namespace {

constexpr std::string_view version_prefix = "v1.";

/// How every Fernet token begins: version 0x80 and a time before the year 2242.
constexpr std::string_view fernet_prefix = "gAAAA";

/// Keeps this use of the key apart from any other that may be derived from it later.
constexpr std::string_view key_purpose = "polar-flow-server secret_box v1";

/// The sentence names no detail: which check failed helps only who tries to forge.
std::unexpected<error> undecryptable() {
  return fail(errc::undecryptable, "a stored secret cannot be decrypted with this encryption key");
}

std::string_view without_surrounding_space(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

} // namespace

result<secret_box> secret_box::from_fernet_key(std::string_view fernet_key,
                                               std::shared_ptr<random_source> random) {
  // Python, which made the keys in use, reads the other base64 alphabet as well.
  std::string text{without_surrounding_space(fernet_key)};
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  auto bytes = from_base64url(text, spare_bits::ignored);
  OPENSSL_cleanse(text.data(), text.size());
  secret_box box;
  if (!bytes || bytes->size() != box.fernet_key_.size()) {
    return fail(errc::invalid_argument,
                "the encryption key must be URL-safe base64 of 32 bytes (44 characters)");
  }
  std::ranges::copy(*bytes, box.fernet_key_.begin());
  box.key_ = hkdf_sha256(*bytes, {}, key_purpose);
  OPENSSL_cleanse(bytes->data(), bytes->size());
  box.random_ = std::move(random);
  return box;
}

secret_box::~secret_box() {
  OPENSSL_cleanse(key_.data(), key_.size());
  OPENSSL_cleanse(fernet_key_.data(), fernet_key_.size());
}

std::string secret_box::seal(std::string_view secret, std::string_view context) const {
  gcm_nonce nonce{};
  random_->fill(nonce);
  std::string text{version_prefix};
  text += to_base64url(encrypt_gcm(key_, nonce, secret, context), padding::none);
  return text;
}

result<std::string> secret_box::open(std::string_view sealed, std::string_view context) const {
  std::optional<std::string> secret;
  if (sealed.starts_with(fernet_prefix)) {
    secret = open_fernet(fernet_key_, sealed);
  } else if (sealed.starts_with(version_prefix)) {
    const auto bytes = from_base64url(sealed.substr(version_prefix.size()));
    if (bytes)
      secret = decrypt_gcm(key_, *bytes, context);
  }
  if (!secret)
    return undecryptable();
  return *std::move(secret);
}

std::string generate_fernet_key(random_source& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  auto text = to_base64url(bytes, padding::equals_signs);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return text;
}

} // namespace polar_flow::crypto
