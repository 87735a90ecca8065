#pragma once

#include "actors/environment.hpp"
#include "polar/webhooks.hpp"

#include <caf/actor_clock.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polar_flow::actors {

/// WEBHOOKS as it sees itself.
using webhooks_self = webhooks_actor::extend<
    // INTERNAL: Time to look whether Polar still posts to us.
    caf::reacts_to<caf::tick_atom>>;

/// Polar's announcements.
///
///   start ─▶ what do we know? ─▶ what does Polar know? ─┬─ the same ────────────▶ rest
///                   ▲                                   ├─ ours, elsewhere ─▶ change ─▶ rest
///                   │ hours later                       ├─ ours, asleep ─▶ activate ──▶ rest
///                   └───────────────────────────────────├─ ours, secret lost ─▶ delete ┐
///                                                       └─ none ─▶ create ◀────────────┘
///
/// Polar keeps one webhook per client. One that points to a stranger's address is left alone: it
/// may belong to another installation of the same client.
struct webhooks_state {
  explicit webhooks_state(webhooks_self::pointer owner) : self{owner} {
    // nop
  }

  webhooks_self::pointer self;
  environment_ptr env;
  /// Where Polar is to post; absent when it could not reach us.
  std::optional<std::string> url;
  std::optional<storage::webhook_record> known;
  std::string secret;
  bool is_loaded = false;
  bool is_checking = false;
  /// All was well when we last looked; the next look is due then.
  caf::actor_clock::time_point next_check;

  void tick();
  void load();
  void use(const std::optional<storage::webhook_record>& record);
  void check();
  void compare(const std::vector<polar::webhook>& found);
  void create();
  void keep(const polar::webhook& created);
  void change(const std::string& webhook_id);
  void activate();
  void remove(const std::string& webhook_id);
  void forget();
  void rest();
  void give_up(std::string_view step, const error& problem);

  /// Sends a request of ours to Polar; `use` gets the answer.
  template <class Use>
  void ask_polar(std::string_view step, polar::http_request request, Use use);

  caf::result<done> receive(const receive_webhook& delivery);
  caf::result<done> announce(const polar::webhook_news& news);

  static inline const char* name = "webhooks";
};

/// Registers our webhook at Polar, keeps it alive, and passes what it announces to the supervisor.
webhooks_self::behavior_type webhooks(webhooks_self::stateful_pointer<webhooks_state> self,
                                      environment_ptr env);

/// Where Polar can post to this server: the configured address, else one made from a public base
/// URL. Absent when there is none or webhooks are switched off.
std::optional<std::string> webhook_url(const settings& config);

} // namespace polar_flow::actors
