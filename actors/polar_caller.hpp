#pragma once

#include "actors/environment.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <unordered_map>

namespace polar_flow::actors {

/// The POLAR actor as it sees itself.
using polar_self = polar_actor::extend<
    // INTERNAL: The transport is done with a call.
    caf::reacts_to<transport_answered>>;

/// Calls under way.
///
///   call_polar ──▶ request_permit ──▶ transport ──▶ permit_spent, answer
struct polar_caller_state {
  explicit polar_caller_state(polar_self::pointer owner) : self{owner} {
    // nop
  }

  using promise = caf::typed_response_promise<polar_answered>;

  polar_self::pointer self;
  environment_ptr env;
  struct pending_call {
    promise answer;
    bool is_budgeted = true;
  };

  std::unordered_map<std::uint64_t, pending_call> under_way;
  std::uint64_t last_call = 0;

  /// Waits for a permit, if it needs one, then sends.
  caf::result<polar_answered> call(const call_polar& command);
  caf::result<polar_answered> call_without_permit(const call_polar& command);
  void send(const polar::http_request& request, pending_call waiting);
  void finish(const transport_answered& outcome);
  void settle(const transport_answered& outcome);

  static inline const char* name = "polar_caller";
};

/// The only actor that holds the transport, so no request that counts leaves without a permit.
/// Whoever asks gets any status as an answer; errors are those of the transport, polar_rate_limited
/// when no permit came in time, or when there was none and the call was not to wait, and overloaded
/// when too many calls without a permit are under way.
polar_self::behavior_type polar_caller(polar_self::stateful_pointer<polar_caller_state> self,
                                       environment_ptr env);

} // namespace polar_flow::actors
