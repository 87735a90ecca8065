#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Checks of single texts, in the form of `text_rule`.
namespace polar_flow::text_rules {

using complaint = std::optional<std::string>;

/// Whether `text` is UTF-8 without control characters, as every text of a configuration must be.
bool is_printable(std::string_view text);

/// Address or name to listen on.
complaint host(std::string& text);

/// http or https URL without user, query and fragment; a slash at the end is cut off.
complaint url(std::string& text);

/// As RFC 6454: scheme, host and port if it is not the usual one; http only for this machine.
/// Put in lower case.
complaint origin(std::string& text);

/// Address, network such as 10.0.0.0/8, or name of a peer.
complaint proxy(std::string& text);

/// URL, also in SQLAlchemy's notation, or keywords for libpq.
complaint connection(std::string& text);

/// Base64 of 32 bytes.
complaint fernet_key(std::string& text);

/// What may travel in an HTTP header: visible ASCII.
complaint header_token(std::string& text);

} // namespace polar_flow::text_rules
