#pragma once

#include "domain/details.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Public ids of records that are known by their moment. To clients they are opaque texts, which
/// lists show and the endpoints of one record take.
namespace polar_flow::http {

/// Microseconds since the epoch; then, where the device is known, a hyphen and its name.
std::string record_id(const device_moment& key);

/// What `record_id` would show as `text`; nullopt for every other text.
std::optional<device_moment> parse_record_id(std::string_view text);

} // namespace polar_flow::http
