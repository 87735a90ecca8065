#include "http/api_types.hpp"
#include "http/error_response.hpp"
#include "http/handlers.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

/// The last item of a comma list: what the nearest proxy, the only one we trust, has added.
std::string_view last_item(std::string_view list) {
  const auto comma = list.rfind(',');
  return trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

/// The value of a forwarding header, if the peer may tell.
std::optional<std::string_view> forwarded(const request& message, std::string_view name) {
  // A proxy that adds a line of its own adds it behind the client's.
  const auto value = message.last_header(name);
  if (!message.is_from_trusted_proxy || !value || last_item(*value).empty())
    return std::nullopt;
  return last_item(*value);
}

/// Host and port as they may stand in an address; anything else could smuggle a path or a user.
bool is_host(std::string_view text) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789.-:[]_";
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

/// Our own callback address as the browser sees it.
result<std::string> own_callback_url(const services& available, const request& message) {
  constexpr std::string_view path = "/oauth/callback";
  if (available.base_url)
    return *available.base_url + std::string{path};
  const auto host = forwarded(message, "X-Forwarded-Host")
                        .value_or(message.header("Host").value_or(std::string_view{}));
  if (!is_host(host))
    return fail(errc::invalid_argument, "Malformed Host header");
  std::string url{client_scheme(message)};
  url += "://";
  url += host;
  url += path;
  return url;
}

/// Ties an authorization to the browser that began it: without it, somebody could begin one,
/// and have another person's browser end it.
constexpr std::string_view browser_cookie = "polar_flow_oauth";
constexpr std::size_t browser_secret_bytes = 32;
/// That many bytes in base64url without padding.
constexpr std::size_t browser_secret_chars = 43;
/// As long as the state of an authorization is remembered.
constexpr std::chrono::seconds browser_cookie_life = std::chrono::minutes{10};

bool is_browser_secret(std::string_view text) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789-_";
  return text.size() == browser_secret_chars
         && text.find_first_not_of(allowed) == std::string_view::npos;
}

/// The secret that the browser brought; nullopt when there is none that we could have given it.
std::optional<std::string> browser_secret(const request& message) {
  for (const auto& [name, value] : message.headers) {
    if (!equal_ignoring_case(name, "Cookie"))
      continue;
    for (auto rest = value; !rest.empty();) {
      const auto pair = trimmed(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
      const auto equals_sign = std::min(pair.find('='), pair.size());
      if (pair.substr(0, equals_sign) != browser_cookie || equals_sign == pair.size())
        continue;
      if (const auto secret = pair.substr(equals_sign + 1); is_browser_secret(secret))
        return std::string{secret};
    }
  }
  return std::nullopt;
}

/// Where the browser sees our OAuth pages: our public address may have a path of its own.
std::string oauth_path(const services& available) {
  const std::string_view base = available.base_url ? *available.base_url : std::string_view{};
  const auto host = base.find("://");
  const auto path = host == std::string_view::npos ? host : base.find('/', host + 3);
  return std::string{path == std::string_view::npos ? std::string_view{} : base.substr(path)}
         + "/oauth";
}

/// `Lax`, because the browser comes back from Polar's pages.
std::string make_browser_cookie(const services& available, const request& message,
                                std::string_view secret) {
  std::string cookie{browser_cookie};
  cookie += '=';
  cookie += secret;
  cookie += "; Path=" + oauth_path(available);
  cookie += "; Max-Age=" + std::to_string(browser_cookie_life.count());
  cookie += "; HttpOnly; SameSite=Lax";
  // A proxy that we are not told to trust may hide that the browser speaks https.
  if (client_scheme(message) == "https"
      || (available.base_url && available.base_url->starts_with("https://")))
    cookie += "; Secure";
  return cookie;
}

std::optional<std::string> non_empty(std::optional<std::string> text) {
  return text && !text->empty() ? std::move(text) : std::nullopt;
}

response refuse(const call& asked, const error& failure) {
  return make_error_response(failure, {{}, asked.target.path});
}

response refuse_body(const call& asked, const body_problem& problem) {
  if (problem.is_malformed)
    return make_status_response(400, "JSON is malformed: " + problem.message);
  // Members of the body are named without a source, as clients have always seen it.
  const std::optional<std::string_view> source =
      problem.member.empty() ? std::optional<std::string_view>{"body"} : std::nullopt;
  return make_validation_response(asked.message, {problem.message, problem.member, source});
}

} // namespace

std::string_view client_scheme(const request& message) {
  const auto scheme = forwarded(message, "X-Forwarded-Proto");
  return scheme && equal_ignoring_case(*scheme, "https") ? "https" : "http";
}

/// GET /oauth/start
awaitable<response> start_oauth(services& available, const call& asked) {
  auto callback_url = query_value(asked.target.query, oauth_callback_url.name);
  if (!callback_url)
    co_return make_missing_parameter_response("query", oauth_callback_url.name, asked.target.path);
  oauth_start_request wanted;
  wanted.callback_url = std::move(*callback_url);
  wanted.client_id = non_empty(query_value(asked.target.query, oauth_client_id.name));

  const auto url_check = check_callback_url(wanted.callback_url, available.callbacks);
  if (!url_check)
    co_return refuse(asked, url_check.error());
  const auto client_check = check_client_id(wanted.client_id);
  if (!client_check)
    co_return refuse(asked, client_check.error());
  auto redirect_uri = own_callback_url(available, asked.message);
  if (!redirect_uri)
    co_return refuse(asked, redirect_uri.error());
  wanted.redirect_uri = std::move(*redirect_uri);
  // One secret for all that a browser begins, so that logins in several tabs all work.
  auto secret = browser_secret(asked.message);
  if (!secret)
    secret = crypto::random_base64url(available.random, browser_secret_bytes);
  wanted.browser = *secret;

  auto location = co_await available.behind.start_oauth(wanted);

  if (!location)
    co_return refuse(asked, location.error());
  auto answer = make_redirect(std::move(*location));
  answer.headers.emplace_back("Set-Cookie",
                              make_browser_cookie(available, asked.message, wanted.browser));
  co_return answer;
}

/// GET /oauth/callback
awaitable<response> finish_oauth(services& available, const call& asked) {
  oauth_callback_request wanted;
  wanted.code = non_empty(query_value(asked.target.query, oauth_code.name));
  wanted.state = non_empty(query_value(asked.target.query, oauth_state.name));
  wanted.denial = non_empty(query_value(asked.target.query, oauth_error.name));
  wanted.browser = browser_secret(asked.message);

  auto location = co_await available.behind.finish_oauth(wanted);

  if (!location)
    co_return refuse(asked, location.error());
  co_return make_redirect(std::move(*location));
}

/// POST /oauth/exchange
awaitable<response> exchange_code(services& available, const call& asked) {
  auto parsed = parse_exchange_body(asked.message.body);
  if (const auto* problem = std::get_if<body_problem>(&parsed))
    co_return refuse_body(asked, *problem);
  auto& body = std::get<exchange_body>(parsed);
  oauth_exchange_request wanted;
  wanted.code = std::move(body.code);
  wanted.client_id = std::move(body.client_id);

  const auto issued = co_await available.behind.exchange_code(wanted);

  if (!issued)
    co_return refuse(asked, issued.error());
  co_return make_response(201, to_json(*issued));
}

} // namespace polar_flow::http
