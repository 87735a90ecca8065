#pragma once

#include "domain/errc.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

/// What HTTP/1.1 demands of a request before anybody asks what it wants.
namespace polar_flow::http {

/// A request that cannot be served, while we still can say why. The connection ends after it.
struct protocol_failure {
  std::uint16_t status;
  std::string_view detail;
  errc code = errc::invalid_argument;
};

inline constexpr protocol_failure too_slow{408, "The request did not arrive in time"};
inline constexpr protocol_failure too_many_connections{503, "Too many connections. Try again.",
                                                       errc::overloaded};

/// Why the parser refused what came.
protocol_failure describe(const boost::system::error_code& problem);

/// What HTTP demands of a head beyond its grammar.
std::optional<protocol_failure> check_head(const boost::beast::http::request_header<>& head);

inline std::string_view as_std(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

} // namespace polar_flow::http
