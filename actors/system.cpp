#include "actors/system.hpp"

#include "actors/access.hpp"
#include "actors/environment.hpp"
#include "actors/errors.hpp"
#include "actors/importer.hpp"
#include "actors/lease.hpp"
#include "actors/limits.hpp"
#include "actors/polar_caller.hpp"
#include "actors/store_pool.hpp"
#include "actors/store_worker.hpp"
#include "actors/supervisor.hpp"
#include "actors/user_region.hpp"
#include "actors/webhooks.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

namespace polar_flow::actors {
namespace {

/// CAF's part of the configuration.
struct system_config : caf::actor_system_config {
  explicit system_config(const settings& config) {
    add_message_types<caf::id_block::polar_flow_actors>();
    // Measured 15 to 20 % faster than stealing for many short messages from outside.
    set("scheduler.policy", caf::atom("sharing"));
    if (config.actors.threads > 0)
      set("scheduler.max-threads", static_cast<std::size_t>(config.actors.threads));
  }
};

store_pool_settings pool_settings(const environment& env, const storage::connect_options& database,
                                  std::uint32_t workers) {
  const auto& storage = env.config.storage;
  auto& system = env.node->system();
  return {
      [&system, database] { return system.spawn<caf::detached>(store_worker, database); },
      std::max<std::size_t>(1, workers),
      storage.queue_max,
      limits::worker_answer(storage),
  };
}

/// A child whose handle is kept in `member` of node_actors.
template <class Handle, class Spawn>
child make_child(std::string name, Handle node_actors::*member, Spawn spawn) {
  return {std::move(name), [member, spawn](node_actors& actors) {
            actors.*member = spawn();
            return (actors.*member).address();
          }};
}

std::vector<child> make_children(const environment_ptr& env,
                                 const storage::connect_options& database) {
  auto& system = env->node->system();
  const auto book = std::make_shared<shard_epochs>();
  const auto& config = env->config.storage;
  return {
      make_child("reads", &node_actors::reads,
                 [=, &system] {
                   return system.spawn(store_pool,
                                       pool_settings(*env, database, config.read_connections));
                 }),
      make_child("writes", &node_actors::writes,
                 [=, &system] {
                   return system.spawn(store_pool,
                                       pool_settings(*env, database, config.write_connections));
                 }),
      make_child("lease", &node_actors::lease,
                 [=, &system] { return system.spawn(lease, env, book); }),
      make_child("polar_caller", &node_actors::polar,
                 [=, &system] { return polar_actor{system.spawn(polar_caller, env)}; }),
      make_child("user_region", &node_actors::region,
                 [=, &system] {
                   return user_region_actor{system.spawn(user_region, env, real_users(env))};
                 }),
      make_child("access", &node_actors::access,
                 [=, &system] { return access_actor{system.spawn(access, env)}; }),
      make_child("webhooks", &node_actors::webhooks,
                 [=, &system] { return webhooks_actor{system.spawn(webhooks, env)}; }),
      make_child("importer", &node_actors::importer,
                 [=, &system] { return system.spawn<caf::detached>(importer, env, database); }),
  };
}

/// What is idle answers at once; even a stop without patience leaves it this moment.
constexpr std::chrono::milliseconds least_patience{500};

/// Asks and waits for the answer; for the composition root only.
template <class Answer, class Handle, class Request>
result<Answer> ask_and_wait(caf::actor_system& system, const Handle& actor,
                            std::chrono::milliseconds timeout, Request request) {
  caf::scoped_actor self{system};
  result<Answer> outcome = fail(errc::internal, "no answer");
  self->request(actor, timeout, std::move(request))
      .receive([&](Answer& answer) { outcome = std::move(answer); },
               [&](caf::error& problem) { outcome = std::unexpected{from_caf(problem)}; });
  return outcome;
}

/// Tells an actor to end. False when it has not ended after `patience`.
template <class Handle>
bool end_and_wait(caf::actor_system& system, const Handle& actor,
                  std::chrono::milliseconds patience) {
  caf::scoped_actor self{system};
  self->monitor(actor);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  bool has_ended = false;
  self->receive([&](const caf::down_msg&) { has_ended = true; },
                caf::after(patience) >> [] {
                  // The caller says what that means.
                });
  return has_ended;
}

} // namespace

struct actor_runtime::impl {
  impl(const settings& config, dependencies needed)
      : caf_config{config}, system{caf_config}, needed{std::move(needed)} {
    auto values = std::make_shared<environment>();
    values->config = config;
    values->clock = this->needed.clock;
    values->random = this->needed.random;
    values->transport = this->needed.transport;
    values->secrets = this->needed.secrets;
    values->keys = this->needed.keys;
    values->node = std::make_shared<directory>(system);
    env = std::move(values);
  }

  void spawn_supervisor();
  bool end_all(std::chrono::milliseconds patience);

  system_config caf_config;
  caf::actor_system system;
  dependencies needed;
  environment_ptr env;
  supervisor_actor supervisor_handle;
  std::shared_ptr<std::atomic<bool>> is_stopping = std::make_shared<std::atomic<bool>>(false);
  bool is_started = false;
};

void actor_runtime::impl::spawn_supervisor() {
  supervisor_handle = system.spawn(supervisor, env, make_children(env, needed.database));
  auto* watched = caf::actor_cast<caf::abstract_actor*>(supervisor_handle);
  watched->attach_functor(
      [stopping = is_stopping, on_failure = needed.on_failure](const caf::error&) {
        if (*stopping)
          return;
        telemetry::log_error("the supervisor ended");
        if (on_failure)
          on_failure();
      });
}

bool actor_runtime::impl::end_all(std::chrono::milliseconds patience) {
  const auto actors = *env->node->actors();
  const std::vector<caf::strong_actor_ptr> others{
      caf::actor_cast<caf::strong_actor_ptr>(actors.access),
      caf::actor_cast<caf::strong_actor_ptr>(actors.webhooks),
      caf::actor_cast<caf::strong_actor_ptr>(actors.importer),
      caf::actor_cast<caf::strong_actor_ptr>(actors.polar),
      caf::actor_cast<caf::strong_actor_ptr>(actors.lease),
      caf::actor_cast<caf::strong_actor_ptr>(actors.reads),
      caf::actor_cast<caf::strong_actor_ptr>(actors.writes),
      caf::actor_cast<caf::strong_actor_ptr>(actors.supervisor)};
  const auto end_others = [others](const caf::error&) {
    for (const auto& actor : others)
      if (actor)
        caf::anon_send_exit(caf::actor_cast<caf::actor>(actor), caf::exit_reason::user_shutdown);
  };
  supervisor_handle = nullptr;
  // The region ends after its users, and only then may what they wait for end, be it after our
  // patience has ended.
  if (actors.region)
    caf::actor_cast<caf::abstract_actor*>(actors.region)->attach_functor(end_others);
  else
    end_others({});
  if (actors.region && !end_and_wait(system, actors.region, patience))
    return false;
  env->node->publish({});
  return true;
}

actor_runtime::actor_runtime(const settings& config, dependencies needed)
    : impl_{std::make_unique<impl>(config, std::move(needed))} {
  // nop
}

actor_runtime::~actor_runtime() {
  stop(std::chrono::milliseconds{0});
}

result<void> actor_runtime::start() {
  impl_->is_started = true;
  impl_->spawn_supervisor();
  // Shards, keys, interrupted syncs and users are four questions to the store.
  const auto timeout = 4 * limits::store_answer(impl_->env->config.storage);
  const auto begun = ask_and_wait<done>(impl_->system, impl_->supervisor_handle, timeout,
                                        begin_supervision{impl_->needed.node_name});
  if (!begun)
    return std::unexpected{begun.error()};
  return {};
}

void actor_runtime::drain() {
  if (!impl_->is_started)
    return;
  *impl_->is_stopping = true;
  caf::anon_send(impl_->supervisor_handle, stop_syncs{});
}

bool actor_runtime::stop(std::chrono::milliseconds patience) {
  if (!impl_->is_started)
    return true;
  impl_->is_started = false;
  *impl_->is_stopping = true;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const auto time_left = [deadline] {
    const auto left = deadline - std::chrono::steady_clock::now();
    return std::max(least_patience, std::chrono::ceil<std::chrono::milliseconds>(left));
  };
  const auto drained =
      ask_and_wait<done>(impl_->system, impl_->supervisor_handle, time_left(), stop_syncs{});
  if (!drained)
    telemetry::log_warning("running syncs were cut off by the shutdown");
  const auto access = impl_->env->node->actors()->access;
  const auto flushed = ask_and_wait<done>(
      impl_->system, access,
      std::min<std::chrono::milliseconds>(limits::local_answer, time_left()), flush_keys{});
  if (!flushed)
    telemetry::log_warning("the counters of API keys could not be stored before the end");
  const bool are_users_gone = impl_->end_all(time_left());
  if (!are_users_gone)
    telemetry::log_warning("users that wait for the database were cut off by the shutdown");
  return are_users_gone;
}

std::shared_ptr<const directory> actor_runtime::node() const {
  return impl_->env->node;
}

} // namespace polar_flow::actors
