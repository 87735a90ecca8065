#include "polar/endpoint.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace polar_flow::polar {

namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};

/// Characters of a token of RFC 9110.
bool is_name_character(char character) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return ('a' <= character && character <= 'z') || ('A' <= character && character <= 'Z')
         || ('0' <= character && character <= '9') || marks.find(character) != marks.npos;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, port);
  return failure == std::errc{} && stop == end && port != 0 ? std::optional{port} : std::nullopt;
}

bool is_value_character(unsigned char character) {
  return character == '\t' || (character >= 0x20 && character != 0x7f);
}

} // namespace

result<request_address> parse_address(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed)
    return fail(errc::invalid_argument, "the address of a request to Polar is not a URL");
  const bool is_encrypted = parsed->scheme_id() == boost::urls::scheme::https;
  const bool is_known = is_encrypted || parsed->scheme_id() == boost::urls::scheme::http;
  if (!is_known || parsed->host().empty() || parsed->has_userinfo())
    return fail(errc::invalid_argument,
                "the address of a request to Polar is not an http or https URL with a host");
  const auto default_port = is_encrypted ? https_port : http_port;
  const auto port = parsed->has_port() ? parse_port(parsed->port()) : default_port;
  if (!port)
    return fail(errc::invalid_argument, "the address of a request to Polar has no valid port");

  request_address address;
  address.where.is_encrypted = is_encrypted;
  address.where.host = parsed->host_address();
  address.where.port = *port;
  const auto host = parsed->encoded_host();
  address.authority.assign(host.data(), host.size());
  if (address.where.port != default_port)
    address.authority += ":" + std::to_string(address.where.port);
  const auto path = parsed->encoded_path();
  address.target = path.empty() ? "/" : std::string{path.data(), path.size()};
  if (parsed->has_query())
    address.target +=
        "?" + std::string{parsed->encoded_query().data(), parsed->encoded_query().size()};
  return address;
}

result<void> check_request(const http_request& request) {
  if (std::ranges::find(methods, request.method) == methods.end())
    return fail(errc::invalid_argument, "a request to Polar has an unknown method");
  for (const auto& [name, value] : request.headers) {
    const bool is_good_name = !name.empty() && std::ranges::all_of(name, is_name_character);
    if (!is_good_name || !std::ranges::all_of(value, is_value_character))
      return fail(errc::invalid_argument,
                  "a header of a request to Polar has a forbidden character");
  }
  return {};
}

std::string percent_encode(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string join_url(std::string_view base, std::string_view target) {
  if (base.ends_with('/'))
    base.remove_suffix(1);
  return std::string{base} + std::string{target};
}

} // namespace polar_flow::polar
