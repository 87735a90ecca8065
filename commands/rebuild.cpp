#include "commands/rebuild.hpp"

#include "actors/analyse_again.hpp"
#include "commands/opened_store.hpp"
#include "polar/flow_export.hpp"
#include "polar/readers.hpp"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace polar_flow::commands {

namespace {

/// What a sync or an import would have made of it.
result<std::vector<stream_records>> read_archived(const storage::archived_reply& reply) {
  std::vector<stream_records> parts;
  if (reply.origin == storage::accesslink_origin) {
    auto records = polar::read_answer(reply.raw.kind, reply.raw.body);
    if (!records)
      return std::unexpected{std::move(records.error())};
    parts.push_back(std::move(*records));
  } else if (reply.origin == storage::flow_export_origin) {
    auto file = polar::read_export_file(reply.raw.request, reply.raw.body);
    if (!file)
      return std::unexpected{std::move(file.error())};
    for (auto& part : file->parts)
      parts.push_back(std::move(part.records));
  }
  return parts;
}

result<storage::store::rebuild_outcome> rebuild_once(storage::store& store, const user_id& user,
                                                     instant now) {
  const auto claim = store.current_claim(user);
  if (!claim)
    return std::unexpected{claim.error()};
  return store.rebuild(*claim, user, now, read_archived);
}

/// A server that starts in between takes the shard; then the claim has to be read again.
result<storage::store::rebuild_outcome> rebuild_user(storage::store& store, const user_id& user,
                                                     instant now) {
  auto outcome = rebuild_once(store, user, now);
  if (!outcome && outcome.error().code == errc::stale_epoch)
    outcome = rebuild_once(store, user, now);
  return outcome;
}

result<std::vector<user_id>> users_to_rebuild(storage::store& store,
                                              const rebuild_command& arguments) {
  if (arguments.user) {
    const auto found = store.find_user(*arguments.user);
    if (!found)
      return std::unexpected{found.error()};
    return std::vector{*arguments.user};
  }
  const auto all = store.list_users();
  if (!all)
    return std::unexpected{all.error()};
  std::vector<user_id> users;
  for (const auto& record : *all)
    users.push_back(record.id);
  return users;
}

} // namespace

int rebuild(const settings& values, const wall_clock& clock, const rebuild_command& arguments) {
  auto patient = values;
  // A user with years of data takes longer than a question of the server may.
  patient.storage.statement_timeout = std::chrono::hours{1};
  const auto opened = open_existing_store(patient);
  if (!opened)
    return report(opened.error());
  auto& store = *opened->store;
  const auto users = users_to_rebuild(store, arguments);
  if (!users)
    return report(users.error());

  const auto began = std::chrono::steady_clock::now();
  std::int64_t replies = 0;
  std::size_t failures = 0;
  for (const auto& user : *users) {
    const auto outcome = rebuild_user(store, user, clock.now());
    const auto analysed
        = outcome ? actors::analyse_again(store, user, clock.now(), values.analytics)
                  : std::unexpected{outcome.error()};
    if (!analysed) {
      ++failures;
      std::cerr << user.value << ": ";
      report(analysed.error());
      continue;
    }
    replies += outcome->replies;
    std::cout << user.value << ": " << outcome->replies << " replies, " << outcome->unreadable
              << " unreadable\n";
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began;
  std::cout << "Rebuilt " << users->size() - failures << " of " << users->size() << " users from "
            << replies << " replies in " << std::fixed << std::setprecision(1) << passed.count()
            << " s (" << std::setprecision(0)
            << static_cast<double>(replies) / std::max(passed.count(), 1e-9)
            << " replies per second)\n";
  return failures == 0 ? 0 : 1;
}

} // namespace polar_flow::commands
