#pragma once

#include "domain/ids.hpp"
#include "domain/insights.hpp"
#include "domain/sync.hpp"
#include "http/backend.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Our JSON: one function per answer. Members come in the order of the API's contract, what we
/// added comes last.
namespace polar_flow::http {

std::string to_json(const std::vector<baseline>& baselines);
std::string to_json(const insights& today, const user_id& user);
/// The answer of a finished trigger: all streams are counted, 0 for those that did not run.
std::string to_json(const sync_report& report);
std::string to_json(const issued_key& issued);
std::string to_json(const readiness& state);

/// Body of POST /oauth/exchange.
struct exchange_body {
  std::string code;
  std::optional<std::string> client_id;
};

/// Why a body was refused. `is_malformed`: it is not JSON at all.
struct body_problem {
  bool is_malformed = false;
  std::string message;
  /// The member that is wrong; empty when the whole body is.
  std::string_view member;
};

std::variant<exchange_body, body_problem> parse_exchange_body(std::string_view text);

} // namespace polar_flow::http
