#pragma once

#include "storage/decode.hpp"
#include "storage/fill_statements.hpp"
#include "storage/session.hpp"
#include "storage/statements.hpp"
#include "storage/store.hpp"
#include "storage/takeout_statements.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::storage {

struct store::impl {
  explicit impl(const connect_options& options) : db{options} {
    // nop
  }

  session db;
  takeout_statements takeout;
  fill_statements fills;
};

inline constexpr auto unknown_user_message = "no user with this id is connected";

/// The columns of find_user, list_users, upsert_user, disconnect_user and finish_sync_of_user.
user_record read_user(const pqxx::row& row);

/// Upserts the records of one answer and returns how many rows changed. The user is locked.
std::int32_t upsert_records(transaction& tx, const user_id& user, instant fetched_at,
                            const stream_records& records);

/// Fills in what the rows of these records do not know yet; returns how many rows changed. `origin`
/// is that of rows which are new. The user is locked.
std::int32_t fill_records(transaction& tx, fill_statements& made, const user_id& user,
                          instant read_at, std::string_view origin,
                          const stream_records& records);

/// Those that a row can be made of, one per id: the last one wins.
std::vector<exercise> storable_exercises(const std::vector<exercise>& answered);

/// Writes the ledgers that are named; `now` stands for a time of writing that is absent.
void upsert_coverage(transaction& tx, const user_id& user,
                     const std::vector<stream_coverage>& ledgers, instant now);

// -- an error as two columns -----------------------------------------------------------------

template <class Record>
std::optional<std::string_view> failure_type(const Record& record) {
  return record.failure ? std::optional{to_string(record.failure->code)} : std::nullopt;
}

template <class Record>
std::optional<std::string_view> failure_message(const Record& record) {
  return record.failure ? std::optional{std::string_view{record.failure->message}} : std::nullopt;
}

/// A name that this version does not know is an error all the same.
inline std::optional<error> failure_of(const std::optional<std::string>& type,
                                       const std::optional<std::string>& message) {
  if (!type)
    return std::nullopt;
  return error{parse_errc(*type).value_or(errc::internal), message.value_or("")};
}

/// The enumerator of `list` that is called `name`, as the database keeps it.
template <class List>
auto enumerator_of(const List& list, std::string_view name) {
  for (const auto value : list)
    if (to_string(value) == name)
      return value;
  throw pqxx::conversion_error{"a column holds an unknown word"};
}

} // namespace polar_flow::storage
