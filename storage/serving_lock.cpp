#include "storage/serving_lock.hpp"

#include "storage/decode.hpp"
#include "storage/statements.hpp"
#include "telemetry/log.hpp"

#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace polar_flow::storage {

namespace {

constexpr std::chrono::milliseconds poll_interval{100};

/// Who has served the database last.
using node_name = std::optional<std::string>;

struct lock_attempt {
  bool is_ours = false;
  node_name last_server;
};

result<lock_attempt> try_lock(session& holder) {
  return holder.read([](transaction& tx) -> result<lock_attempt> {
    tx.run(statements::notice_dead_clients);
    const auto rows = tx.run(statements::try_serving_lock);
    if (rows.empty())
      return fail(errc::storage_failed, "shard_leases does not hold one row per shard");
    lock_attempt attempt;
    const auto row = rows.front();
    row_reader{row} >> attempt.is_ours >> attempt.last_server;
    return attempt;
  });
}

} // namespace

result<serving_lock> serving_lock::take(const connect_options& options,
                                        std::chrono::seconds patience,
                                        const unwanted& is_unwanted) {
  auto holder = std::make_unique<session>(options);
  const auto give_up_at = std::chrono::steady_clock::now() + patience;
  bool is_told = false;
  for (;;) {
    const auto attempt = try_lock(*holder);
    if (!attempt)
      return std::unexpected{attempt.error()};
    if (attempt->is_ours)
      return serving_lock{std::move(holder)};
    const auto other = attempt->last_server.value_or("unknown");
    if (is_unwanted())
      return fail(errc::shutting_down, "the wait for another server was broken off");
    if (std::chrono::steady_clock::now() >= give_up_at)
      return fail(errc::storage_failed,
                  "another polar-flow-server (" + other
                      + ") serves this database; stop it, or name another DATABASE_URL");
    if (!is_told)
      telemetry::log_info("waiting for another server to end", {{"node", other}});
    is_told = true;
    std::this_thread::sleep_for(poll_interval);
  }
}

} // namespace polar_flow::storage
