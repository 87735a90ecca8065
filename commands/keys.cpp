#include "commands/keys.hpp"

#include "commands/opened_store.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace polar_flow::commands {

namespace {

std::string owner_of(const api_key_record& key) {
  return key.user ? "user " + key.user->value : "service " + key.name;
}

void print_line(const api_key_record& key) {
  std::cout << std::left << std::setw(6) << key.id.value << std::setw(15) << key.prefix
            << std::setw(8) << (key.is_active ? "active" : "revoked") << std::setw(12)
            << key.rate_limit_requests << std::setw(29) << format_instant(key.created_at)
            << owner_of(key) << '\n';
}

/// What is absent does not matter.
bool is_owned_by(const api_key_record& key, const std::optional<user_id>& user,
                 const std::optional<std::string>& service_name) {
  return (!user || key.user == user) && (!service_name || (!key.user && key.name == *service_name));
}

/// The active keys that `arguments` mean: one, or all of an owner.
result<std::vector<api_key_record>> find_active_keys(storage::store& store,
                                                     const revoke_key_command& arguments) {
  auto keys = store.list_keys();
  if (!keys)
    return keys;
  // Who has to revoke a key in a hurry has the key at hand, not its number.
  const auto hash = arguments.key ? crypto::sha256_hex(*arguments.key) : std::string{};
  std::erase_if(*keys, [&](const api_key_record& key) {
    const bool is_named = !arguments.key || std::to_string(key.id.value) == *arguments.key
                          || key.prefix == *arguments.key || key.hash == hash;
    return !key.is_active || !is_named
           || !is_owned_by(key, arguments.user, arguments.service_name);
  });
  if (keys->empty())
    return fail(errc::not_found,
                arguments.key ? "no active key has this id or prefix, or is this key: "
                                    + arguments.key->substr(0, api_key_prefix_length)
                : arguments.user ? "user " + arguments.user->value + " has no active key"
                                 : "service " + *arguments.service_name + " has no active key");
  if (arguments.key && keys->size() > 1)
    return fail(errc::invalid_argument,
                "several keys have the prefix " + *arguments.key + "; name the id instead");
  return keys;
}

} // namespace

int create_key(const keys_environment& environment, const create_key_command& arguments) {
  // A service may get its key before there is anything else; a user's is for somebody who is there.
  auto opened = arguments.user ? open_existing_store(environment.values)
                               : open_store(environment.values);
  if (!opened)
    return report(opened.error());
  if (arguments.user)
    if (auto known = opened->store->find_user(*arguments.user); !known)
      return report(known.error());
  const auto key = crypto::random_api_key(environment.random);
  api_key_record wanted;
  wanted.hash = crypto::sha256_hex(key);
  wanted.prefix = key.substr(0, api_key_prefix_length);
  wanted.name = arguments.service_name.value_or("command line");
  wanted.user = arguments.user;
  wanted.rate_limit_requests = arguments.rate_limit.value_or(wanted.rate_limit_requests);
  wanted.rate_limit_remaining = wanted.rate_limit_requests;
  wanted.created_at = environment.clock.now();
  const auto created = opened->store->create_key(wanted, storage::store::same_client::keep);
  if (!created)
    return report(created.error());
  // The key alone on standard output, so that scripts can take it.
  std::cerr << "API key for " << owner_of(*created)
            << ", shown only this once; a running server accepts it within a second:\n";
  std::cout << key << '\n';
  return 0;
}

int list_keys(const keys_environment& environment, const list_keys_command& arguments) {
  auto opened = open_existing_store(environment.values);
  if (!opened)
    return report(opened.error());
  const auto keys = opened->store->list_keys();
  if (!keys)
    return report(keys.error());
  std::cout << std::left << std::setw(6) << "id" << std::setw(15) << "prefix" << std::setw(8)
            << "state" << std::setw(12) << "limit" << std::setw(29) << "created" << "owner\n";
  for (const auto& key : *keys)
    if (is_owned_by(key, arguments.user, arguments.service_name))
      print_line(key);
  return 0;
}

int revoke_key(const keys_environment& environment, const revoke_key_command& arguments) {
  auto opened = open_existing_store(environment.values);
  if (!opened)
    return report(opened.error());
  const auto found = find_active_keys(*opened->store, arguments);
  if (!found)
    return report(found.error());
  for (const auto& key : *found) {
    if (auto revoked = opened->store->revoke_key(key.id); !revoked)
      return report(revoked.error());
    std::cout << "Revoked key " << key.prefix << "… of " << owner_of(key) << '\n';
  }
  return 0;
}

} // namespace polar_flow::commands
