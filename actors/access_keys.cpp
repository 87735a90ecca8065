#include "actors/access.hpp"
#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "crypto/hash.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {
namespace {

bool is_newer(const api_key_record& left, const api_key_record& right) {
  return std::pair{left.created_at, left.id} > std::pair{right.created_at, right.id};
}

caf::error no_active_key() {
  return to_caf(errc::not_found, "the user has no active API key");
}

} // namespace

std::shared_ptr<key_entry> access_state::key_of(const user_id& user,
                                                std::optional<api_key_id> own) const {
  std::shared_ptr<key_entry> newest;
  for (const auto& [id, entry] : keys) {
    if (entry->record().user != user)
      continue;
    if (id == own)
      return entry;
    if (newest == nullptr || is_newer(entry->record(), newest->record()))
      newest = entry;
  }
  return newest;
}

caf::result<found_user_key> access_state::find(const find_user_key& question) {
  const auto entry = key_of(question.user, question.own);
  if (entry == nullptr)
    return found_user_key{};
  auto shown = entry->record();
  const auto window = entry->peek(env->now());
  shown.rate_limit_remaining = window.remaining;
  shown.rate_limit_reset_at = window.reset_at;
  shown.last_used_at = entry->last_used_at();
  return found_user_key{std::move(shown)};
}

caf::result<key_issued> access_state::regenerate(const regenerate_user_key& command) {
  const auto entry = key_of(command.user, command.own);
  if (entry == nullptr)
    return no_active_key();
  auto promise = self->make_response_promise<key_issued>();
  const auto key = crypto::random_api_key(*env->random);
  regenerate_key change{entry->record().id, crypto::sha256_hex(key),
                        key.substr(0, api_key_prefix_length), env->now()};
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                std::move(change))
      .then(
          [this, promise, key, user = command.user](const api_key_record& stored) mutable {
            ++key_changes;
            unflushed.erase(stored.id);
            keys.insert_or_assign(stored.id, std::make_shared<key_entry>(stored));
            publish();
            promise.deliver(key_issued{key, user});
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

caf::result<done> access_state::revoke(const revoke_user_key& command) {
  const auto entry = key_of(command.user, command.own);
  if (entry == nullptr)
    return no_active_key();
  auto promise = self->make_response_promise<done>();
  const auto id = entry->record().id;
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                revoke_key{id})
      .then(
          [this, promise, id](const done& answer) mutable {
            ++key_changes;
            unflushed.erase(id);
            keys.erase(id);
            publish();
            promise.deliver(answer);
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

} // namespace polar_flow::actors
