#include "commands/keys.hpp"

#include "commands/database.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <utility>

namespace polar_flow::commands {

namespace {

/// The part of a key by which people recognise it.
constexpr std::size_t prefix_length = 12;

int report(const error& problem) {
  std::cerr << "polar-flow-server: "
            << (problem.message.empty() ? std::string{to_string(problem.code)} : problem.message)
            << '\n';
  return 1;
}

struct opened_store {
  opened_database database;
  std::unique_ptr<storage::store> store;
};

result<opened_store> open_store(const settings& values) {
  auto database = open_beside_server(values.storage);
  if (!database)
    return std::unexpected{std::move(database.error())};
  auto store = storage::store::open(database->options);
  if (!store)
    return std::unexpected{std::move(store.error())};
  return opened_store{std::move(*database), std::move(*store)};
}

std::string owner_of(const api_key_record& key) {
  return key.user ? "user " + key.user->value : "service " + key.name;
}

void print_line(const api_key_record& key) {
  std::cout << std::left << std::setw(6) << key.id.value << std::setw(15) << key.prefix
            << std::setw(8) << (key.is_active ? "active" : "revoked") << std::setw(8)
            << key.rate_limit_requests << std::setw(29) << format_instant(key.created_at)
            << owner_of(key) << '\n';
}

} // namespace

int create_key(const keys_environment& environment, const create_key_command& arguments) {
  auto opened = open_store(environment.values);
  if (!opened)
    return report(opened.error());
  if (arguments.user)
    if (auto known = opened->store->find_user(*arguments.user); !known)
      return report(known.error());
  const auto key = crypto::random_api_key(environment.random);
  api_key_record wanted;
  wanted.hash = crypto::sha256_hex(key);
  wanted.prefix = key.substr(0, prefix_length);
  wanted.name = arguments.service_name.value_or("command line");
  wanted.user = arguments.user;
  wanted.rate_limit_requests = arguments.rate_limit.value_or(wanted.rate_limit_requests);
  wanted.rate_limit_remaining = wanted.rate_limit_requests;
  wanted.created_at = environment.clock.now();
  const auto created = opened->store->create_key(wanted, storage::store::same_client::keep);
  if (!created)
    return report(created.error());
  // The key alone on standard output, so that scripts can take it.
  std::cerr << "API key for " << owner_of(*created) << ", shown only this once:\n";
  std::cout << key << '\n';
  return 0;
}

int list_keys(const keys_environment& environment, const list_keys_command& arguments) {
  auto opened = open_store(environment.values);
  if (!opened)
    return report(opened.error());
  const auto keys = opened->store->list_keys();
  if (!keys)
    return report(keys.error());
  std::cout << std::left << std::setw(6) << "id" << std::setw(15) << "prefix" << std::setw(8)
            << "state" << std::setw(8) << "limit" << std::setw(29) << "created" << "owner\n";
  for (const auto& key : *keys) {
    const bool is_wanted = (!arguments.user || key.user == arguments.user)
                           && (!arguments.service_name
                               || (!key.user && key.name == *arguments.service_name));
    if (is_wanted)
      print_line(key);
  }
  return 0;
}

int revoke_key(const keys_environment& environment, const revoke_key_command& arguments) {
  auto opened = open_store(environment.values);
  if (!opened)
    return report(opened.error());
  const auto keys = opened->store->list_keys();
  if (!keys)
    return report(keys.error());
  const auto is_meant = [&](const api_key_record& key) {
    return key.is_active
           && (std::to_string(key.id.value) == arguments.key || key.prefix == arguments.key);
  };
  const auto found = std::ranges::find_if(*keys, is_meant);
  if (found == keys->end())
    return report({errc::not_found, "no active key has the id or prefix " + arguments.key});
  if (std::ranges::count_if(*keys, is_meant) > 1)
    return report({errc::invalid_argument,
                   "several keys have the prefix " + arguments.key + "; name the id instead"});
  if (auto revoked = opened->store->revoke_key(found->id); !revoked)
    return report(revoked.error());
  std::cout << "Revoked key " << found->prefix << "… of " << owner_of(*found) << '\n';
  return 0;
}

} // namespace polar_flow::commands
