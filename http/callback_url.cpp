#include "http/callback_url.hpp"

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

/// `scheme://host[:port]` in lower case, without a port that the scheme implies.
std::string origin_of(const boost::urls::url_view& url) {
  const std::string scheme = to_lower(url.scheme());
  std::string origin = scheme + "://" + to_lower(url.encoded_host());
  const std::string port = url.port();
  const bool is_implied =
      port.empty() || (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
  return is_implied ? origin : origin + ":" + port;
}

std::optional<std::string> parse_origin(std::string_view text) {
  const auto url = boost::urls::parse_uri(boost::urls::string_view{text.data(), text.size()});
  return url ? std::optional{origin_of(*url)} : std::nullopt;
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
  const std::string scheme = to_lower(url->scheme());
  if (scheme != "http" && scheme != "https")
    return refuse("Only http and https schemes are allowed");
  if (url->has_userinfo() || url->has_fragment())
    return refuse("must not have a user name or a fragment");
  if (scheme == "http" && rules.is_public)
    return refuse("https is required because this server has a public address (BASE_URL)");
  if (scheme == "http" && !is_loopback(to_lower(url->encoded_host())))
    return refuse("http is allowed for localhost only; use https");
  if (rules.allowed_origins.empty())
    return refuse("no origins are registered (set OAUTH_ALLOWED_CALLBACK_ORIGINS)");
  const auto origin = origin_of(*url);
  const bool is_registered =
      std::ranges::any_of(rules.allowed_origins, [&](const std::string& allowed) {
        return parse_origin(allowed) == origin;
      });
  if (!is_registered)
    return refuse("origin is not registered (OAUTH_ALLOWED_CALLBACK_ORIGINS)");
  return {};
}

result<void> check_client_id(const std::optional<std::string>& client_id) {
  if (client_id && client_id->size() > client_id_chars_max)
    return fail(errc::callback_not_allowed, "Invalid client_id: too long (max 255 characters)");
  return {};
}

} // namespace polar_flow::http
