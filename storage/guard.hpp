#pragma once

#include "domain/errc.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::storage {

/// What became of work that failed in libpqxx.
struct failure {
  error problem{};
  /// SQLSTATE, empty when PostgreSQL did not say one.
  std::string sql_state{};
  /// The connection is of no use any more.
  bool connection_lost = false;
  /// PostgreSQL rolled the transaction back because of others; the same may succeed again.
  bool lost_a_race = false;
  /// The answer to a commit was lost, so it may have happened.
  bool in_doubt = false;
};

/// What stands in the place of a statement's name while there is no connection yet.
inline constexpr std::string_view connect_statement = "connect";

/// Runs `work`, the one place where exceptions of libpqxx end. Names in `current_statement`, which
/// `work` may change as it goes, are what the log says; values never appear in it.
std::optional<failure> guard(const std::function<void()>& work,
                             const std::string_view& current_statement);

} // namespace polar_flow::storage
