#pragma once

#include "domain/sync.hpp"
#include "storage/encode.hpp"
#include "storage/guard.hpp"
#include "storage/statement.hpp"
#include "storage/store.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction_base>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>

namespace polar_flow::storage {

class session;

/// Statements that run together. Valid only inside the function that it is given to.
class transaction {
public:
  transaction(session& owner, pqxx::transaction_base& work) : owner_{owner}, work_{work} {
    // nop
  }

  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  /// Prepares the statement on its first use by this connection, and runs it.
  pqxx::result run(const statement& which, const parameters& values = {});

  /// Runs a text of any number of statements under `name`; for migrations and for commands that
  /// cannot be prepared.
  void run_script(std::string_view name, const char* text);

private:
  session& owner_;
  pqxx::transaction_base& work_;
};

/// One connection that is opened when it is needed and replaced when it was lost. `read`, `write`
/// and `command` run a function that takes a `transaction&` and returns a `result`.
class session {
public:
  explicit session(connect_options options);
  ~session();

  /// Connects now, so that wrong options show at once.
  result<void> open();

  /// Without BEGIN and COMMIT: one round trip per statement. Repeated once if the connection turns
  /// out to be lost.
  template <class Work>
  auto read(Work work) -> std::invoke_result_t<Work&, transaction&> {
    return execute(mode::read, work);
  }

  /// One transaction; rolled back if `work` returns an error. Repeated once if it is certain that
  /// nothing was committed: the connection was lost before the commit, or others were in the way.
  template <class Work>
  auto write(Work work) -> std::invoke_result_t<Work&, transaction&> {
    return execute(mode::write, work);
  }

  /// As `write`, for data of one user: refused with stale_epoch unless `claim` is of the user's
  /// shard and still in force.
  template <class Work>
  auto write_for(const shard_claim& claim, const user_id& user, Work work)
      -> std::invoke_result_t<Work&, transaction&> {
    using outcome = std::invoke_result_t<Work&, transaction&>;
    return write([&](transaction& tx) -> outcome {
      if (auto refusal = find_refusal(tx, claim, user))
        return std::unexpected{std::move(*refusal)};
      return work(tx);
    });
  }

  /// As `read`, and never repeated; for statements that must not run in a transaction.
  template <class Work>
  auto command(Work work) -> std::invoke_result_t<Work&, transaction&> {
    return execute(mode::command, work);
  }

private:
  friend class transaction;

  enum class mode { read, write, command };

  struct connection;

  template <class Work>
  auto execute(mode how, Work& work) -> std::invoke_result_t<Work&, transaction&> {
    std::optional<std::invoke_result_t<Work&, transaction&>> outcome;
    auto problem = attempt(how, [&](transaction& tx) {
      outcome.emplace(work(tx));
      return outcome->has_value();
    });
    if (problem)
      return std::unexpected{std::move(*problem)};
    return std::move(*outcome);
  }

  /// Runs `work`, which says whether to commit, at most twice.
  std::optional<error> attempt(mode how, const std::function<bool(transaction&)>& work);
  std::optional<failure> attempt_once(mode how, const std::function<bool(transaction&)>& work);
  void run_in_transaction(mode how, const std::function<bool(transaction&)>& work);
  void connect();
  bool may_repeat(mode how, const failure& reason) const;

  static std::optional<error> find_refusal(transaction& tx, const shard_claim& claim,
                                           const user_id& user);

  connect_options options_;
  std::unique_ptr<connection> connection_;
  /// What the log names when something goes wrong.
  std::string_view current_statement_;
  /// The newest attempt had a connection, so it did not fail for want of one.
  bool is_connected_ = false;
};

/// The connection string that libpq gets: `postgresql+asyncpg://` as `postgresql://` with
/// asyncpg's `ssl` option under libpq's name, and our own settings added.
std::string libpq_connection_string(const connect_options& options);

} // namespace polar_flow::storage
