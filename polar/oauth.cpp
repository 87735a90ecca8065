#include "polar/oauth.hpp"

#include "crypto/base64.hpp"
#include "polar/endpoint.hpp"
#include "polar/readers/json_document.hpp"
#include "polar/readers/json_view.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace polar_flow::polar {

namespace {

/// The only scope that AccessLink v3 knows.
constexpr std::string_view read_all_scope = "accesslink.read_all";

constexpr std::string_view users_target = "/v3/users";

/// Longer than any token; it has to fit into a header and into a column.
constexpr std::size_t token_bytes_max = 4096;

/// A grant that claims to live longer does not end in practice; the sum with today stays a date.
constexpr double expires_in_max_s = 100.0 * 366 * 24 * 3600;

using form_fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// The form that both a query and an `application/x-www-form-urlencoded` body may have.
std::string encode_form(form_fields fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty())
      form += '&';
    form += percent_encode(name) + "=" + percent_encode(value);
  }
  return form;
}

bool is_token_character(unsigned char character) {
  return character > 0x20 && character < 0x7f;
}

std::optional<std::string> read_token(const object_view& answer) {
  const auto* value = answer.find("access_token");
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr || text->empty() || text->size() > token_bytes_max
      || !std::ranges::all_of(*text, is_token_character))
    return std::nullopt;
  return std::string{text->data(), text->size()};
}

/// The `error` of an OAuth answer, if it looks like one of the names in RFC 6749.
std::string denial_reason(const http_response& response) {
  const auto document = parse_document(response.body);
  if (!document)
    return {};
  const auto name = object_view{*document}.text("error");
  const auto is_name_character = [](char character) {
    return character == '_' || ('a' <= character && character <= 'z');
  };
  return name && std::ranges::all_of(*name, is_name_character) ? ": " + *name : std::string{};
}

/// What every refusal means that the call itself gives no other meaning.
std::unexpected<error> refusal(const http_response& response) {
  const auto status = std::to_string(response.status);
  if (response.status == 429)
    return fail(errc::polar_rate_limited, "Polar received too many requests, try again later");
  if (response.status >= 500)
    return fail(errc::polar_unavailable,
                "Polar has a problem at the moment (status " + status + ")");
  return fail(errc::polar_rejected_request, "Polar refused the request (status " + status + ")");
}

http_request bearer_request(std::string method, std::string url, const std::string& access_token) {
  return {.method = std::move(method),
          .url = std::move(url),
          .headers = {{"Authorization", "Bearer " + access_token}, {"Accept", "application/json"}},
          .body = {}};
}

std::string user_url(const polar_settings& settings, const user_id& user) {
  return join_url(settings.api_base_url,
                  std::string{users_target} + "/" + percent_encode(user.value));
}

} // namespace

std::string basic_credentials(const client_credentials& client) {
  const auto text = client.id + ":" + client.secret;
  const std::vector<std::uint8_t> bytes{text.begin(), text.end()};
  auto encoded = crypto::to_base64url(bytes, crypto::padding::equals_signs);
  // The standard alphabet differs from the URL-safe one in two characters.
  std::ranges::replace(encoded, '-', '+');
  std::ranges::replace(encoded, '_', '/');
  return "Basic " + encoded;
}

std::string authorization_link(const polar_settings& settings, const std::string& client_id,
                               const std::string& redirect_uri, const std::string& state) {
  const auto& base = settings.authorization_url;
  const char separator = base.find('?') == std::string::npos ? '?' : '&';
  return base + separator
         + encode_form({{"response_type", "code"},
                        {"client_id", client_id},
                        {"redirect_uri", redirect_uri},
                        {"scope", read_all_scope},
                        {"state", state}});
}

http_request token_request(const polar_settings& settings, const client_credentials& client,
                           const std::string& code, const std::string& redirect_uri) {
  auto body = encode_form({{"grant_type", "authorization_code"}, {"code", code}});
  // Required here exactly when it was sent to the authorization page.
  if (!redirect_uri.empty())
    body += "&" + encode_form({{"redirect_uri", redirect_uri}});
  return {.method = "POST",
          .url = settings.token_url,
          .headers = {{"Authorization", basic_credentials(client)},
                      {"Accept", "application/json;charset=UTF-8"},
                      {"Content-Type", "application/x-www-form-urlencoded"}},
          .body = std::move(body)};
}

result<token_outcome> read_token_answer(const http_response& response) {
  if (response.status == 400 || response.status == 401 || response.status == 403)
    return fail(errc::authorization_denied,
                "Polar refused to exchange the code" + denial_reason(response));
  if (response.status != 200 && response.status != 201)
    return refusal(response);
  const auto document = parse_document(response.body);
  if (!document)
    return fail(errc::polar_unreadable, "the answer of the token exchange is not JSON");
  const object_view answer{*document};
  auto token = read_token(answer);
  if (!token)
    return fail(errc::polar_unreadable, "the answer of the token exchange lacks access_token");
  auto user = answer.user("x_user_id");
  if (!user)
    return grant_without_user{};
  token_grant grant{.access_token = std::move(*token), .user = std::move(*user), .expires_in = {}};
  if (const auto seconds = answer.number("expires_in", {1, expires_in_max_s}))
    grant.expires_in = std::chrono::seconds{static_cast<std::int64_t>(*seconds)};
  return grant;
}

http_request registration_request(const polar_settings& settings, const token_grant& grant,
                                  const std::string& member_id) {
  auto request =
      bearer_request("POST", join_url(settings.api_base_url, users_target), grant.access_token);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = boost::json::serialize(boost::json::object{{"member-id", member_id}});
  return request;
}

result<registration> read_registration_answer(const http_response& response) {
  switch (response.status) {
  case 204:
    return fail(errc::authorization_denied, "Polar does not know the user to be registered");
  case 401:
    return fail(errc::needs_reauthorization, "Polar does not accept the access token any more");
  case 403:
    return fail(errc::consent_missing, "a mandatory consent is missing, see account.polar.com");
  case 409:
    return registration::conflict;
  default:
    break;
  }
  if (response.status >= 200 && response.status <= 299)
    return registration::done;
  return refusal(response);
}

http_request user_request(const polar_settings& settings, const user_id& user,
                          const std::string& access_token) {
  return bearer_request("GET", user_url(settings, user), access_token);
}

http_request deregistration_request(const polar_settings& settings, const user_id& user,
                                    const std::string& access_token) {
  return bearer_request("DELETE", user_url(settings, user), access_token);
}

} // namespace polar_flow::polar
