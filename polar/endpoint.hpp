#pragma once

#include "domain/errc.hpp"
#include "polar/transport.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace polar_flow::polar {

/// Where a connection leads to.
struct endpoint {
  bool is_encrypted = false;
  /// Name or address, without brackets.
  std::string host;
  std::uint16_t port = 0;

  auto operator<=>(const endpoint&) const = default;
};

/// An absolute URL, taken apart.
struct request_address {
  endpoint where;
  /// Value of the Host header.
  std::string authority;
  /// Path and query; at least "/".
  std::string target;
};

/// Error: invalid_argument for what is not an absolute http or https URL without credentials.
result<request_address> parse_address(const std::string& url);

/// Whether `request` can be written to a connection as it is: a method that we know, and header
/// names and values that cannot break out of their line. Error: invalid_argument.
result<void> check_request(const http_request& request);

/// `text` with every character but the unreserved ones of RFC 3986 percent-encoded.
std::string percent_encode(std::string_view text);

/// `base` without the slash at its end, then `target`.
std::string join_url(std::string_view base, std::string_view target);

} // namespace polar_flow::polar
