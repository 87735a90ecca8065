#include "http/protocol.hpp"

#include "http/message.hpp"

#include <boost/beast/http/error.hpp>

namespace polar_flow::http {

namespace {

namespace beast = boost::beast;
using beast::http::field;

constexpr protocol_failure bad_expectation{417, "Only 100-continue can be expected"};
constexpr protocol_failure bad_host{400, "HTTP/1.1 requests need exactly one Host header"};
constexpr protocol_failure bad_target{400, "Malformed request target"};
constexpr protocol_failure bad_coding{400, "Transfer-Encoding can only be chunked, and only once"};
constexpr protocol_failure unknown_coding{501, "The only transfer coding known here is chunked"};

/// Whether the end of the body is beyond doubt. The parser takes a coding that it does not know
/// for none; a proxy in front of us need not, and then each sees other requests in the same bytes.
std::optional<protocol_failure> check_transfer_coding(const beast::http::request_header<>& head) {
  constexpr std::string_view chunked = "chunked";
  const auto times = head.count(field::transfer_encoding);
  if (times == 0)
    return std::nullopt;
  const auto codings = as_std(head[field::transfer_encoding]);
  if (times > 1 || head.version() < 11)
    return bad_coding;
  if (equal_ignoring_case(codings, chunked))
    return std::nullopt;
  // RFC 9112, section 6.3: what does not end in chunks has no end, so it is malformed; what does
  // is only unknown to us.
  const auto comma = codings.rfind(',');
  const bool ends_in_chunks = comma != std::string_view::npos
                              && equal_ignoring_case(trimmed(codings.substr(comma + 1)), chunked);
  const auto others = to_lower(trimmed(codings.substr(0, comma)));
  const bool is_well_formed =
      ends_in_chunks && !others.empty() && others.find(chunked) == std::string::npos;
  return is_well_formed ? unknown_coding : bad_coding;
}

} // namespace

protocol_failure describe(const boost::system::error_code& problem) {
  if (problem == beast::http::error::header_limit || problem == beast::http::error::buffer_overflow)
    return {431, "Request header fields too large"};
  if (problem == beast::http::error::body_limit)
    return {413, "Request body too large"};
  if (problem == boost::system::errc::no_space_on_device)
    return {503, "The upload cannot be stored", errc::storage_unavailable};
  return {400, "Malformed HTTP request"};
}

std::optional<protocol_failure> check_head(const beast::http::request_header<>& head) {
  if (head.version() >= 11 && head.count(field::host) != 1)
    return bad_host;
  const auto target = as_std(head.target());
  if (!target.starts_with('/') && target.find("://") == std::string_view::npos)
    return bad_target;
  const auto expect = head.find(field::expect);
  if (expect != head.end() && !equal_ignoring_case(as_std(expect->value()), "100-continue"))
    return bad_expectation;
  return check_transfer_coding(head);
}

} // namespace polar_flow::http
