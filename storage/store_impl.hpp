#pragma once

#include "storage/decode.hpp"
#include "storage/session.hpp"
#include "storage/statements.hpp"
#include "storage/store.hpp"

namespace polar_flow::storage {

struct store::impl {
  explicit impl(const connect_options& options) : db{options} {
    // nop
  }

  session db;
};

/// The columns of find_user, list_users, upsert_user and finish_sync_of_user.
user_record read_user(const pqxx::row& row);

/// Upserts the records of one answer and returns how many rows changed.
std::int32_t upsert_records(transaction& tx, const user_id& user, instant fetched_at,
                            const stream_records& records);

} // namespace polar_flow::storage
