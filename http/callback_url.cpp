#include "http/callback_url.hpp"

#include "config/text_rules.hpp"
#include "http/message.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>

namespace polar_flow::http {

namespace {

/// Longest address that browsers and proxies pass on without trouble.
constexpr std::size_t url_chars_max = 2048;
/// What the contract allows; the table holds as much.
constexpr std::size_t client_id_chars_max = 255;

std::unexpected<error> refuse(std::string_view reason) {
  return fail(errc::callback_not_allowed, "Invalid callback_url: " + std::string{reason});
}

/// Where an address leads, in lower case.
struct web_origin {
  std::string scheme;
  std::string host;
  /// Empty when the scheme implies it.
  std::string port;

  bool operator==(const web_origin&) const = default;
};

/// Cut out of the text as browsers cut it: everything up to the first `/`, `?` or `#` belongs to
/// the authority. Boost.URL ends a host where an IP address could end, and so reads
/// `http://127.0.0.1.evil.example/` as the host 127.0.0.1 with a path.
web_origin origin_of(std::string_view url) {
  web_origin origin;
  const auto scheme_end = std::min(url.find("://"), url.size());
  origin.scheme = to_lower(url.substr(0, scheme_end));
  auto authority = url.substr(std::min(scheme_end + 3, url.size()));
  authority = authority.substr(0, authority.find_first_of("/?#"));
  const auto host_end = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  origin.host = to_lower(authority.substr(0, host_end));
  if (host_end != std::string_view::npos)
    origin.port = authority.substr(host_end + 1);
  if (origin.port == (origin.scheme == "https" ? "443" : "80"))
    origin.port.clear();
  return origin;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

} // namespace

result<void> check_callback_url(std::string_view text, const callback_rules& rules) {
  if (text.size() > url_chars_max)
    return refuse("URL too long (max 2048 characters)");
  // The strict grammar also keeps out blanks, backslashes and control characters, which
  // browsers read differently from servers.
  const auto url = boost::urls::parse_uri(boost::urls::string_view{text.data(), text.size()});
  if (!url || !url->has_authority() || url->encoded_host().empty())
    return refuse("must be an absolute URL with scheme and host");
  const auto origin = origin_of(text);
  if (origin.scheme != "http" && origin.scheme != "https")
    return refuse("Only http and https schemes are allowed");
  if (url->has_userinfo() || url->has_fragment())
    return refuse("must not have a user name or a fragment");
  if (origin.scheme == "http" && rules.is_public)
    return refuse("https is required because this server has a public address (BASE_URL)");
  if (origin.scheme == "http" && !is_loopback(origin.host))
    return refuse("http is allowed for localhost only; use https");
  if (rules.allowed_origins.empty())
    return refuse("no origins are registered (set OAUTH_ALLOWED_CALLBACK_ORIGINS)");
  const bool is_registered =
      std::ranges::any_of(rules.allowed_origins, [&](const std::string& allowed) {
        return origin_of(allowed) == origin;
      });
  if (!is_registered)
    return refuse("origin is not registered (OAUTH_ALLOWED_CALLBACK_ORIGINS)");
  return {};
}

result<void> check_client_id(const std::optional<std::string>& client_id) {
  if (client_id && client_id->size() > client_id_chars_max)
    return fail(errc::callback_not_allowed, "Invalid client_id: too long (max 255 characters)");
  if (client_id && !text_rules::is_printable(*client_id))
    return fail(errc::callback_not_allowed,
                "Invalid client_id: must be UTF-8 without control characters");
  return {};
}

} // namespace polar_flow::http
