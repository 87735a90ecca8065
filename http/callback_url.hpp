#pragma once

#include "domain/errc.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::http {

/// Where GET /oauth/start may send a browser back to.
struct callback_rules {
  /// `scheme://host[:port]`, as configured.
  std::vector<std::string> allowed_origins;
  /// The server has a public address, so plain http is refused.
  bool is_public = false;
};

/// Checks an integrator's callback address (contract 7.1, in its order). Pure.
/// Error: callback_not_allowed, with the sentence for the client.
result<void> check_callback_url(std::string_view url, const callback_rules& rules);

/// Checks the optional name of the app. Error: callback_not_allowed.
result<void> check_client_id(const std::optional<std::string>& client_id);

} // namespace polar_flow::http
