#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The two AES modes that `secret_box` needs; nobody else should.
namespace polar_flow::crypto {

/// 96 bits: the size that GCM takes as it is. Random ones are safe for 2^32 secrets per key.
using gcm_nonce = std::array<std::uint8_t, 12>;

/// AES-256-GCM: nonce, ciphertext and tag in one row.
std::vector<std::uint8_t> encrypt_gcm(std::span<const std::uint8_t, 32> key,
                                      const gcm_nonce& nonce, std::string_view secret,
                                      std::string_view context);

/// The secret in what `encrypt_gcm` returned; nothing when anything about it was changed.
std::optional<std::string> decrypt_gcm(std::span<const std::uint8_t, 32> key,
                                       std::string_view sealed, std::string_view context);

/// AES-128-CBC with PKCS #7 padding. Authenticate `ciphertext` before calling this.
std::optional<std::string> decrypt_cbc(std::span<const std::uint8_t, 16> key,
                                       std::string_view iv, std::string_view ciphertext);

} // namespace polar_flow::crypto
