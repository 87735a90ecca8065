#pragma once

#include "actors/environment.hpp"
#include "polar/oauth.hpp"

#include <caf/actor_clock.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace polar_flow::actors {

/// ACCESS as it sees itself.
using access_self = access_actor::extend<
    // INTERNAL: A second has passed.
    caf::reacts_to<caf::tick_atom>>;

/// One browser on its way back from Polar's consent page.
struct oauth_flow {
  caf::typed_response_promise<redirect> promise;
  storage::oauth_state_record state;
  std::string code;
  polar::token_grant grant;
  std::string member_id;
  std::int32_t registrations = 0;
};

/// API keys in memory, and OAuth flows.
///
///   finish_oauth ─▶ take state ─▶ token ─▶ register ─▶ connect_user ─▶ temporary code ─▶ redirect
///                                            │ 409
///                                            ▼
///                                  registered already? ─ no ─▶ another member id
struct access_state {
  explicit access_state(access_self::pointer owner) : self{owner} {
    // nop
  }

  using flow_ptr = std::shared_ptr<oauth_flow>;
  using time_point = caf::actor_clock::time_point;
  using done_promise = caf::typed_response_promise<done>;

  access_self::pointer self;
  environment_ptr env;
  std::map<api_key_id, std::shared_ptr<key_entry>> keys;
  /// Used since the last successful flush.
  std::set<api_key_id> unflushed;
  time_point next_reload;
  /// Grows with every key that is made, replaced or revoked here, so that a list from before it
  /// can be told.
  std::uint64_t key_changes = 0;
  bool is_flushing = false;
  bool is_reloading = false;

  // -- keys (access.cpp) ------------------------------------------------------------------------

  void tick();
  void load(done_promise promise);
  void use_keys(const std::vector<api_key_record>& records);
  void publish();
  void flush(done_promise promise);
  std::vector<storage::key_usage> collect_usage();
  caf::result<key_issued> exchange(const exchange_code& command);
  void issue_key(const storage::temporary_code_record& code,
                 caf::typed_response_promise<key_issued> promise);

  // -- what the holder of a key may do with it (access_keys.cpp) ---------------------------------

  std::shared_ptr<key_entry> key_of(const user_id& user, std::optional<api_key_id> own) const;
  caf::result<found_user_key> find(const find_user_key& question);
  caf::result<key_issued> regenerate(const regenerate_user_key& command);
  caf::result<done> revoke(const revoke_user_key& command);

  // -- OAuth (access_oauth.cpp) -----------------------------------------------------------------

  caf::result<redirect> start(const start_oauth& command);
  caf::result<redirect> finish(const finish_oauth& command);
  void continue_with(flow_ptr flow, const finish_oauth& command);
  void exchange_at_polar(flow_ptr flow, const polar::client_credentials& client);
  void register_user(flow_ptr flow);
  void resolve_conflict(flow_ptr flow);
  void connect(flow_ptr flow);
  void issue_code(flow_ptr flow);

  static inline const char* name = "access";
};

/// Keeps the API keys for http/ and connects users.
access_self::behavior_type access(access_self::stateful_pointer<access_state> self,
                                  environment_ptr env);

} // namespace polar_flow::actors
