#include "actors/store_pool.hpp"

#include "actors/errors.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {
namespace {

using self_pointer = store_actor::stateful_pointer<store_pool_state>;

/// The answer that a store gives to `Request`.
template <class Request>
using answer_to = caf::detail::tl_head_t<caf::response_type_t<store_actor::signatures, Request>>;

/// Sends `request` to `worker` and its answer to whoever holds `promise`.
template <class Request>
void forward(store_pool_state& state, const store_actor& worker, const Request& request,
             caf::typed_response_promise<answer_to<Request>> promise) {
  auto* pool = &state;
  pool->self->request(worker, pool->settings.worker_timeout, request)
      .then(
          [=](const answer_to<Request>& answer) mutable {
            promise.deliver(answer);
            pool->release(worker);
          },
          [=](caf::error& problem) mutable {
            const bool is_alive = is_ours(problem);
            promise.deliver(std::move(problem));
            if (is_alive)
              pool->release(worker);
            else
              pool->replace(worker.address());
          });
}

/// The handler of one kind of request: all of them queue in the same way.
template <class Request>
auto pooled(self_pointer self) {
  return [self](const Request& request) -> caf::result<answer_to<Request>> {
    auto promise = self->template make_response_promise<answer_to<Request>>();
    auto* state = &self->state;
    state->submit({
        [=](const store_actor& worker) { forward(*state, worker, request, promise); },
        [=](const caf::error& problem) mutable { promise.deliver(problem); },
    });
    return promise;
  };
}

} // namespace

void store_pool_state::start() {
  for (std::size_t i = 0; i < settings.workers; ++i)
    add_worker();
}

void store_pool_state::add_worker() {
  auto worker = settings.make_worker();
  self->monitor(worker);
  workers.insert(worker.address());
  idle.push_back(std::move(worker));
}

void store_pool_state::submit(store_job job) {
  if (idle.empty() && waiting.size() >= settings.queue_max) {
    job.refuse(to_caf(errc::overloaded, "too many statements are waiting for the database"));
    return;
  }
  waiting.push_back(std::move(job));
  run_waiting();
}

void store_pool_state::run_waiting() {
  while (!idle.empty() && !waiting.empty()) {
    auto worker = std::move(idle.back());
    idle.pop_back();
    auto job = std::move(waiting.front());
    waiting.pop_front();
    job.run(worker);
  }
}

void store_pool_state::release(const store_actor& worker) {
  // A worker that died right after its answer has been replaced already.
  if (!workers.contains(worker.address()))
    return;
  idle.push_back(worker);
  run_waiting();
}

void store_pool_state::replace(const caf::actor_addr& worker) {
  if (workers.erase(worker) == 0)
    return;
  std::erase_if(idle, [&](const store_actor& other) { return other.address() == worker; });
  telemetry::log_error("a database worker was replaced");
  self->demonitor(worker);
  if (auto stuck = caf::actor_cast<caf::strong_actor_ptr>(worker))
    caf::anon_send_exit(caf::actor_cast<caf::actor>(stuck), caf::exit_reason::kill);
  add_worker();
  run_waiting();
}

store_actor::behavior_type store_pool(self_pointer self, store_pool_settings settings) {
  auto* state = &self->state;
  state->settings = std::move(settings);
  state->start();
  self->set_down_handler([state](caf::down_msg& down) { state->replace(down.source); });
  self->set_exit_handler([self, state](caf::exit_msg& exit) {
    for (const auto& worker : state->workers)
      if (auto strong = caf::actor_cast<caf::strong_actor_ptr>(worker))
        self->send_exit(caf::actor_cast<caf::actor>(strong), exit.reason);
    self->quit(exit.reason);
  });
  return {
      pooled<take_all_shards>(self),
      pooled<check_shards>(self),
      pooled<find_user>(self),
      pooled<list_users>(self),
      pooled<upsert_user>(self),
      pooled<find_sealed_token>(self),
      pooled<note_read>(self),
      pooled<open_sync_log>(self),
      pooled<store_reply>(self),
      pooled<close_sync>(self),
      pooled<close_interrupted_syncs>(self),
      pooled<load_analytics_input>(self),
      pooled<store_snapshot>(self),
      pooled<load_coverage>(self),
      pooled<load_present_days>(self),
      pooled<list_sync_reports>(self),
      pooled<forget_token>(self),
      pooled<erase_rows>(self),
      pooled<find_webhook>(self),
      pooled<put_webhook>(self),
      pooled<keep_news>(self),
      pooled<take_pending_news>(self),
      pooled<load_list>(self),
      pooled<load_detail>(self),
      pooled<load_takeout_page>(self),
      pooled<find_import>(self),
      pooled<list_keys>(self),
      pooled<create_key>(self),
      pooled<regenerate_key>(self),
      pooled<revoke_key>(self),
      pooled<flush_key_usage>(self),
      pooled<put_oauth_state>(self),
      pooled<take_oauth_state>(self),
      pooled<put_temporary_code>(self),
      pooled<take_temporary_code>(self),
      pooled<change_budget>(self),
  };
}

} // namespace polar_flow::actors
