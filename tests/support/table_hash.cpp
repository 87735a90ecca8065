#include "tests/support/table_hash.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <set>
#include <stdexcept>

namespace polar_flow::testing {

namespace {

/// Columns that say when something was noted, and numbers that depend on the order of events.
/// Every other column counts, also those that a later migration adds.
const std::set<std::string> ignored_columns{
    "created_at",   "updated_at",  "fetched_at",  "last_seen_at", "calculated_at",
    "generated_at", "analyzed_at", "valid_until", "job_id",       "reply_id"};

const std::vector<std::string> data_tables{"sleep",
                                           "nightly_recharge",
                                           "activity",
                                           "activity_samples",
                                           "exercise",
                                           "cardio_load",
                                           "sleepwise_alertness",
                                           "sleepwise_bedtime",
                                           "continuous_heart_rate",
                                           "spo2",
                                           "ecg",
                                           "body_temperature",
                                           "skin_temperature",
                                           "physical_info",
                                           "user_baselines",
                                           "analytics_snapshot",
                                           "pattern_analyses"};

std::string counted_columns(pqxx::transaction_base& tx, const std::string& table) {
  std::string list;
  const auto rows = tx.exec("SELECT column_name FROM information_schema.columns "
                            "WHERE table_schema = 'polar_flow' AND table_name = "
                            + tx.quote(table) + " ORDER BY column_name");
  for (const auto& row : rows) {
    const auto name = row[0].as<std::string>();
    if (!ignored_columns.contains(name))
      list += (list.empty() ? "" : ", ") + tx.quote_name(name);
  }
  if (list.empty())
    throw std::runtime_error{"there is no table " + table};
  return list;
}

std::string hash_of(pqxx::transaction_base& tx, const std::string& table,
                    const std::optional<std::string>& user) {
  const auto columns = counted_columns(tx, table);
  const auto row = tx.exec1(
      "SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line "
      "COLLATE \"C\"), ''), 'UTF8')), 'hex') FROM (SELECT ROW("
      + columns + ")::text AS line FROM polar_flow." + tx.quote_name(table)
      + (user ? " WHERE user_id = " + tx.quote(*user) : "") + ") AS lines");
  return row[0].as<std::string>() + " rows, " + row[1].as<std::string>();
}

} // namespace

table_hashes hash_tables(const std::string& database_url, const std::optional<std::string>& user,
                         hashed_tables which) {
  pqxx::connection connection{database_url};
  pqxx::nontransaction tx{connection};
  // Whatever the role's defaults are, a value has one text.
  tx.exec("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET extra_float_digits = 1; "
          "SET bytea_output = 'hex'; SET IntervalStyle = 'iso_8601'");
  table_hashes hashes;
  for (const auto& table : data_tables)
    hashes[table] = hash_of(tx, table, user);
  if (which == hashed_tables::with_archive)
    hashes["raw_replies"] = hash_of(tx, "raw_replies", user);
  return hashes;
}

std::vector<std::string> differences(const table_hashes& expected, const table_hashes& actual) {
  std::vector<std::string> lines;
  const auto text_of = [](const table_hashes& hashes, const std::string& table) {
    const auto found = hashes.find(table);
    return found == hashes.end() ? std::string{"absent"} : found->second;
  };
  std::set<std::string> tables;
  for (const auto& hashes : {expected, actual})
    for (const auto& [table, hash] : hashes)
      tables.insert(table);
  for (const auto& table : tables)
    if (text_of(expected, table) != text_of(actual, table))
      lines.push_back(table + ": expected " + text_of(expected, table) + ", found "
                      + text_of(actual, table));
  return lines;
}

} // namespace polar_flow::testing
