#include "http/cors.hpp"

#include <algorithm>
#include <utility>

namespace polar_flow::http {

namespace {

/// What pages may send and read beyond what every page may.
constexpr std::string_view request_headers
    = "Authorization, Content-Type, If-None-Match, Last-Event-ID, X-API-Key, X-Polar-Token, "
      "X-Request-ID";
constexpr std::string_view answer_headers
    = "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
      "X-Request-ID";

/// Browsers ask again after ten minutes; a changed configuration is not waited for longer.
constexpr std::string_view preflight_max_age_s = "600";

} // namespace

cors_rules::cors_rules(std::vector<std::string> origins) : origins_{std::move(origins)} {
  // nop
}

void cors_rules::apply(response& answer, const request& message, std::string_view allow) const {
  if (origins_.empty())
    return;
  // Also said to others: a cache in between must not give them what was said to a page.
  answer.headers.emplace_back("Vary", "Origin");
  const auto origin = message.header("Origin");
  if (!origin || std::ranges::find(origins_, to_lower(*origin)) == origins_.end())
    return;
  answer.headers.emplace_back("Access-Control-Allow-Origin", std::string{*origin});
  if (!allow.empty() && message.header("Access-Control-Request-Method")) {
    answer.headers.emplace_back("Access-Control-Allow-Methods", std::string{allow});
    answer.headers.emplace_back("Access-Control-Allow-Headers", std::string{request_headers});
    answer.headers.emplace_back("Access-Control-Max-Age", std::string{preflight_max_age_s});
    return;
  }
  answer.headers.emplace_back("Access-Control-Expose-Headers", std::string{answer_headers});
}

} // namespace polar_flow::http
