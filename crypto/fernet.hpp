#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace polar_flow::crypto {

/// Reads a token of the Fernet specification, version 0x80, of any age. Nothing when it was not
/// made with this key or has been changed.
std::optional<std::string> open_fernet(std::span<const std::uint8_t, 32> key,
                                       std::string_view token);

} // namespace polar_flow::crypto
