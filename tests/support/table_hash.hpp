#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// What is compared when a test says "identical tables".
enum class hashed_tables {
  /// The tables of the fourteen streams and what analytics made of them.
  data_and_analytics,
  /// Those and the archive of raw replies.
  with_archive,
};

/// Name of a table → number of rows and a canonical hash of every column but the clock columns
/// and our own running numbers, rows in the order of their text. Two databases with equal hashes
/// hold the same.
using table_hashes = std::map<std::string, std::string>;

/// Hashes the tables of one user, or of all. Throws when the database cannot be read.
table_hashes hash_tables(const std::string& database_url,
                         const std::optional<std::string>& user = std::nullopt,
                         hashed_tables which = hashed_tables::data_and_analytics);

/// One line per table that differs; empty when none does. For messages of failed tests.
std::vector<std::string> differences(const table_hashes& expected, const table_hashes& actual);

} // namespace polar_flow::testing
