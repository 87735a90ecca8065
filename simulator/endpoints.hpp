#pragma once

#include "simulator/messages.hpp"

#include <cstdint>
#include <optional>

/// The endpoints that change something or need more than one athlete's data.
namespace polar_flow::simulator {

struct world;

// -- OAuth ---

/// GET and POST /oauth2/authorization
response authorize(world& all, const request& received, const parsed_target& target);

/// POST /v2/oauth2/token
response exchange_token(world& all, const request& received);

// -- users ---

/// POST /v3/users
response register_user(world& all, const request& received, std::int64_t caller);

/// GET /v3/users/{id}
response show_user(world& all, std::string_view id, std::int64_t caller);

/// DELETE /v3/users/{id}
response delete_user(world& all, std::string_view id, std::int64_t caller);

// -- webhooks ---

/// Everything under /v3/webhooks
response answer_webhooks(world& all, const request& received, const parsed_target& target);

// -- control ---

/// Everything under /simulator/
response control(world& all, const request& received, const parsed_target& target);

/// POST and GET /simulator/events
response send_events(world& all, const request& received);
response list_events(const world& all);

/// Everything under /simulator/faults
response control_faults(world& all, const request& received, const parsed_target& target);

} // namespace polar_flow::simulator
