#include "http/auth.hpp"

#include "crypto/hash.hpp"

#include <functional>
#include <utility>

namespace polar_flow::http {

bool caller::may_access(std::string_view user) const {
  if (kind == caller_kind::user)
    return key != nullptr && key->record().user && key->record().user->value == user;
  return true;
}

bool is_still_valid(const caller& who, const published_keys& keys) {
  // The master key is in the configuration and cannot be revoked.
  if (who.key == nullptr)
    return true;
  const auto table = keys.load();
  const auto found = table->find(who.key->record().hash);
  return found != table->end() && found->second->record().is_active;
}

std::optional<std::string_view> presented_key(const request& message) {
  const auto own = message.header("X-API-Key");
  if (own && !trimmed(*own).empty())
    return trimmed(*own);
  constexpr std::string_view scheme = "Bearer ";
  const auto authorization = message.header("Authorization");
  if (!authorization || !authorization->starts_with(scheme)
      || authorization->size() == scheme.size())
    return std::nullopt;
  return authorization->substr(scheme.size());
}

authenticator::authenticator(std::optional<std::string> master_key,
                             std::shared_ptr<const published_keys> keys,
                             std::shared_ptr<const wall_clock> clock)
    : master_key_{std::move(master_key)}, keys_{std::move(keys)}, clock_{std::move(clock)} {
  // nop
}

result<caller> authenticator::identify(const request& message, guessing suspicion) {
  const auto key = presented_key(message);
  if (!key)
    return fail(errc::missing_api_key);
  if (master_key_ && suspicion == guessing::no
      && crypto::equal_in_constant_time(*key, *master_key_))
    return caller{caller_kind::master, nullptr, std::nullopt};
  const auto entry = find_entry(*key);
  if (!entry || !entry->record().is_active)
    return fail(errc::invalid_api_key);
  const auto kind = entry->record().user ? caller_kind::user : caller_kind::service;
  const auto state = entry->take(clock_->now());
  return caller{kind, entry, state};
}

std::shared_ptr<key_entry> authenticator::find_entry(std::string_view key) {
  auto table = keys_->load();
  if (table != table_) {
    remembered_.fill({});
    table_ = std::move(table);
  }
  auto& slot = remembered_[std::hash<std::string_view>{}(key) % remembered_keys_max];
  if (slot.entry && slot.text == key)
    return slot.entry;
  const auto found = table_->find(crypto::sha256_hex(key));
  if (found == table_->end())
    return nullptr;
  slot = remembered_key{std::string{key}, found->second};
  return slot.entry;
}

} // namespace polar_flow::http
