#pragma once

#include "domain/ids.hpp"
#include "polar/transport.hpp"

#include <optional>
#include <string>
#include <variant>

namespace polar_flow::polar {

struct client_credentials {
  std::string id;
  std::string secret;
};

/// Value of the Authorization header for what concerns the client and not one user (RFC 7617).
std::string basic_credentials(const client_credentials& client);

/// Where to send the browser: the authorization URL with response_type=code, client_id,
/// redirect_uri, scope and state.
std::string authorization_link(const polar_settings& settings, const std::string& client_id,
                               const std::string& redirect_uri, const std::string& state);

http_request token_request(const polar_settings& settings, const client_credentials& client,
                           const std::string& code, const std::string& redirect_uri);

struct token_grant {
  std::string access_token;
  user_id user;
  std::optional<std::chrono::seconds> expires_in;
};

/// A grant that does not say whose it is; apps know it by a name of its own.
struct grant_without_user {};

using token_outcome = std::variant<token_grant, grant_without_user>;

/// Errors: authorization_denied (400, 401), polar_unreadable, polar_unavailable.
result<token_outcome> read_token_answer(const http_response& response);

/// POST /v3/users with `member_id`.
http_request registration_request(const polar_settings& settings, const token_grant& grant,
                                  const std::string& member_id);

/// What POST /v3/users answered. `conflict` (409) means either that the user is registered
/// already or that the member id is taken; `user_request` tells which.
enum class registration { done, conflict };
result<registration> read_registration_answer(const http_response& response);

/// GET /v3/users/{id}: 200 when the token belongs to that registered user.
http_request user_request(const polar_settings& settings, const user_id& user,
                          const std::string& access_token);

/// DELETE /v3/users/{id}: ends the grant at Polar.
http_request deregistration_request(const polar_settings& settings, const user_id& user,
                                    const std::string& access_token);

} // namespace polar_flow::polar
