#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace polar_flow::crypto {

using sha256_digest = std::array<std::uint8_t, 32>;

sha256_digest sha256(std::string_view bytes);

/// Lower-case hex of SHA-256; the form in which API keys and temporary codes are stored.
std::string sha256_hex(std::string_view bytes);

sha256_digest hmac_sha256(std::string_view key, std::string_view bytes);

std::string to_hex(std::span<const std::uint8_t> bytes);

/// Whether both are equal, in a time that depends on their lengths only.
bool equal_in_constant_time(std::string_view left, std::string_view right);

/// 16 bytes as a UUID's text, with the bits that say `version` and RFC 4122 put in.
std::string format_uuid(std::span<const std::uint8_t, 16> bytes, std::uint8_t version);

/// HKDF-SHA256 (RFC 5869): the first 32 bytes that `secret` gives for the purpose `info`.
sha256_digest hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info);

/// UUIDv5 (RFC 4122, SHA-1) of `name` in our own namespace, as text.
std::string stable_uuid(std::string_view name);

/// Public id of an exercise: `stable_uuid("{user}/{polar exercise id}")`.
std::string exercise_public_id(std::string_view user, std::string_view polar_exercise_id);

} // namespace polar_flow::crypto
