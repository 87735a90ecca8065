#pragma once

#include "storage/store.hpp"
#include "tests/support/postgres.hpp"

#include <boost/test/unit_test.hpp>
#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <ostream>
#include <string>

namespace polar_flow {

inline std::ostream& operator<<(std::ostream& out, const error& problem) {
  return out << to_string(problem.code) << ": " << problem.message;
}

inline std::ostream& operator<<(std::ostream& out, errc code) {
  return out << to_string(code);
}

} // namespace polar_flow

namespace polar_flow::storage {

using namespace std::chrono_literals;

/// The value, or a failed test that says why there is none.
template <class T>
T require_value(result<T> outcome) {
  if (!outcome)
    BOOST_FAIL(to_string(outcome.error().code) << ": " << outcome.error().message);
  if constexpr (!std::is_void_v<T>)
    return std::move(*outcome);
}

/// `errc::none` when there is a value.
template <class T>
errc code_of(const result<T>& outcome) {
  return outcome ? errc::none : outcome.error().code;
}

/// A migrated database of its own, a store on it, and a connected user.
struct store_fixture {
  instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 10} + 8h;
  connect_options options = testing::test_postgres::instance().create_migrated_database();
  std::unique_ptr<store> db = require_value(store::open(options));
  testing::test_shards shards{*db, now};
  user_id user{"12345"};

  store_fixture() {
    require_value(db->upsert_user(claim(), user, "sealed", std::nullopt, now));
  }

  shard_claim claim() const {
    return shards.claim_for(user);
  }

  /// The one value of a query, as text; "NULL" when it is absent.
  std::string query(const std::string& sql) const {
    pqxx::connection connection{options.database_url};
    pqxx::nontransaction tx{connection};
    tx.exec("SET search_path = polar_flow; SET TimeZone = 'UTC'");
    const auto field = tx.exec1(sql)[0];
    return field.is_null() ? "NULL" : field.c_str();
  }

  fetched_reply reply(stream kind, std::string body, stream_records records) const {
    fetched_reply made;
    made.raw = {.kind = kind,
                .request = "/v3/users/" + std::string{to_string(kind)},
                .status = 200,
                .fetched_at = now,
                .body = std::move(body)};
    made.records = std::move(records);
    return made;
  }

  store_outcome put(const fetched_reply& made) {
    return require_value(db->store_reply(claim(), user, made));
  }
};

inline date day_of(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month}
                               / std::chrono::day{day}};
}

} // namespace polar_flow::storage
