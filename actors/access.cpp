#include "actors/access.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "crypto/hash.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

/// Whether both describe the same key; counters aside, which this process knows better.
bool is_same_key(api_key_record left, const api_key_record& right) {
  left.rate_limit_remaining = right.rate_limit_remaining;
  left.rate_limit_reset_at = right.rate_limit_reset_at;
  left.last_used_at = right.last_used_at;
  return left == right;
}

/// Whether `older` stops to work once `issued` exists: the rule by which the store replaces keys.
/// An app without a client id is known by the name that its key was given.
bool is_replaced_by(const api_key_record& older, const api_key_record& issued) {
  return older.user == issued.user && older.client_id == issued.client_id
         && (issued.client_id || older.name == issued.name);
}

void log_failure(std::string_view event, const caf::error& problem) {
  telemetry::log_warning(event, {{"error", std::string{to_string(from_caf(problem).code)}}});
}

} // namespace

// -- keys ------------------------------------------------------------------------------------

void access_state::tick() {
  self->delayed_send(self, limits::key_flush_interval, caf::tick_atom_v);
  // Nobody waits for these: a promise without an asker swallows its answer.
  if (!is_flushing)
    flush({});
  if (!is_reloading && self->clock().now() >= next_reload)
    load({});
}

void access_state::load(done_promise promise) {
  is_reloading = true;
  const auto began = self->clock().now();
  const auto changes_before = key_changes;
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage), list_keys{})
      .then(
          [this, promise, began, changes_before](const key_list& list) mutable {
            // A key has changed meanwhile, and this list may be older than that.
            if (changes_before != key_changes) {
              load(promise);
              return;
            }
            is_reloading = false;
            const auto now = self->clock().now();
            const caf::actor_clock::duration_type pause = limits::key_reload_share * (now - began);
            // Counted from the tick that began it, or every second tick would be just too early.
            next_reload = std::min(std::max(now + pause, began + limits::key_reload_interval),
                                   now + limits::key_reload_interval_max);
            use_keys(list.keys);
            promise.deliver(done{});
          },
          [this, promise](caf::error& problem) mutable {
            is_reloading = false;
            next_reload = self->clock().now() + limits::key_reload_interval;
            log_failure("the API keys could not be read", problem);
            promise.deliver(std::move(problem));
          });
}

void access_state::use_keys(const std::vector<api_key_record>& records) {
  std::map<api_key_id, std::shared_ptr<key_entry>> current;
  bool is_changed = false;
  for (const auto& record : records) {
    if (!record.is_active)
      continue;
    const auto known = keys.find(record.id);
    const bool is_known = known != keys.end() && is_same_key(known->second->record(), record);
    is_changed = is_changed || !is_known;
    current.emplace(record.id, is_known ? known->second : std::make_shared<key_entry>(record));
  }
  is_changed = is_changed || current.size() != keys.size();
  keys = std::move(current);
  if (is_changed)
    publish();
}

void access_state::publish() {
  auto table = std::make_shared<key_table>();
  table->reserve(keys.size());
  for (const auto& [id, entry] : keys)
    table->emplace(entry->record().hash, entry);
  env->keys->store(std::move(table));
}

std::vector<storage::key_usage> access_state::collect_usage() {
  const auto now = env->now();
  for (const auto& [id, entry] : keys)
    if (entry->fetch_dirty())
      unflushed.insert(id);
  std::vector<storage::key_usage> usage;
  for (const auto id : unflushed) {
    const auto place = keys.find(id);
    if (place == keys.end())
      continue;
    const auto window = place->second->peek(now);
    usage.push_back({id, window.remaining, window.reset_at, place->second->last_used_at()});
  }
  return usage;
}

void access_state::flush(done_promise promise) {
  auto usage = collect_usage();
  if (usage.empty()) {
    promise.deliver(done{});
    return;
  }
  is_flushing = true;
  // What is used while the store works is dirty again, so it may leave the set now; after a
  // failure it comes back.
  auto flushing = std::exchange(unflushed, {});
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                flush_key_usage{std::move(usage)})
      .then(
          [this, promise](const done& answer) mutable {
            is_flushing = false;
            promise.deliver(answer);
          },
          [this, promise, flushing](caf::error& problem) mutable {
            is_flushing = false;
            unflushed.merge(flushing);
            log_failure("the counters of API keys could not be stored", problem);
            promise.deliver(std::move(problem));
          });
}

caf::result<key_issued> access_state::exchange(const exchange_code& command) {
  auto promise = self->make_response_promise<key_issued>();
  self->request(
          env->node->actors()->writes, limits::store_answer(env->config.storage),
          take_temporary_code{crypto::sha256_hex(command.code), command.client_id, env->now()})
      .then(
          [this, promise](const storage::temporary_code_record& code) { issue_key(code, promise); },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

void access_state::issue_key(const storage::temporary_code_record& code,
                             caf::typed_response_promise<key_issued> promise) {
  auto key = crypto::random_api_key(*env->random);
  api_key_record record;
  record.hash = crypto::sha256_hex(key);
  record.prefix = key.substr(0, api_key_prefix_length);
  record.name = "OAuth key for " + code.user.value;
  record.user = code.user;
  record.client_id = code.client_id;
  record.rate_limit_requests = limits::issued_key_requests;
  record.rate_limit_remaining = limits::issued_key_requests;
  record.created_at = env->now();
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                create_key{std::move(record), storage::store::same_client::replace})
      .then(
          [this, promise, key, user = code.user](const api_key_record& stored) mutable {
            ++key_changes;
            std::erase_if(keys, [&](const auto& item) {
              return is_replaced_by(item.second->record(), stored);
            });
            keys.insert_or_assign(stored.id, std::make_shared<key_entry>(stored));
            publish();
            promise.deliver(key_issued{key, user});
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
}

// -- behaviour -------------------------------------------------------------------------------

access_self::behavior_type access(access_self::stateful_pointer<access_state> self,
                                  environment_ptr env) {
  auto* state = &self->state;
  state->env = std::move(env);
  self->delayed_send(self, limits::key_flush_interval, caf::tick_atom_v);
  return {
      [self](const load_keys&) -> caf::result<done> {
        auto promise = self->make_response_promise<done>();
        self->state.load(promise);
        return promise;
      },
      [self](const flush_keys&) -> caf::result<done> {
        auto promise = self->make_response_promise<done>();
        self->state.flush(promise);
        return promise;
      },
      [state](const start_oauth& command) { return state->start(command); },
      [state](const finish_oauth& command) { return state->finish(command); },
      [state](const exchange_code& command) { return state->exchange(command); },
      [state](const find_user_key& question) { return state->find(question); },
      [state](const regenerate_user_key& command) { return state->regenerate(command); },
      [state](const revoke_user_key& command) { return state->revoke(command); },
      [state](caf::tick_atom) { state->tick(); },
  };
}

} // namespace polar_flow::actors
