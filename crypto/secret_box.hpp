#pragma once

#include "crypto/random.hpp"
#include "domain/errc.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace polar_flow::crypto {

/// Encrypts secrets at rest (Polar tokens, the client secret) with AES-256-GCM. The key is
/// derived by HKDF-SHA256 from the 32 bytes of `ENCRYPTION_KEY`. `context` (for example
/// "token/12345") is authenticated too, so a ciphertext cannot be moved to another row.
class secret_box {
public:
  /// `fernet_key` is URL-safe base64 of 32 bytes, as `ENCRYPTION_KEY` has always been.
  /// Error: invalid_argument.
  static result<secret_box> from_fernet_key(std::string_view fernet_key,
                                            std::shared_ptr<random_source> random);

  secret_box(const secret_box&) = default;
  secret_box& operator=(const secret_box&) = default;

  /// Wipes the keys.
  ~secret_box();

  /// Text form: "v1." and URL-safe base64 of nonce, ciphertext and tag.
  std::string seal(std::string_view secret, std::string_view context) const;

  /// Error: undecryptable. Also opens Fernet tokens ("gAAAA…") sealed with the same key.
  result<std::string> open(std::string_view sealed, std::string_view context) const;

private:
  secret_box() = default;

  std::array<std::uint8_t, 32> key_{};
  std::array<std::uint8_t, 32> fernet_key_{};
  std::shared_ptr<random_source> random_;
};

/// A new key in the form `from_fernet_key` takes.
std::string generate_fernet_key(random_source& random);

} // namespace polar_flow::crypto
