#include "storage/record_columns.hpp"
#include "storage/store_impl.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polar_flow::storage {

namespace {

// -- keys ------------------------------------------------------------------------------------

/// `YYYY-MM-DD` has room for these only, and PostgreSQL knows no year 0.
constexpr date first_day{std::chrono::year{1} / 1 / 1};
constexpr date last_day{std::chrono::year{9999} / 12 / 31};

// The part of a key that tells a time.

template <class Record>
auto time_of(const Record& record) {
  return record.day;
}

instant time_of(const exercise& record) {
  return record.start_time;
}

instant time_of(const alertness_period& record) {
  return record.period_start_time;
}

instant time_of(const bedtime_period& record) {
  return record.period_start_time;
}

instant time_of(const spo2_test& record) {
  return record.test_time;
}

instant time_of(const ecg_test& record) {
  return record.test_time;
}

instant time_of(const body_temperature_period& record) {
  return record.start_time;
}

instant time_of(const physical_info& record) {
  return record.recorded_at.value_or(instant{});
}

/// What tells a record from others of the same user; a device that is part of it is never absent.
/// Texts count as they are stored, or two keys might become one on the way.
template <class Record>
auto key_of(const Record& record) {
  if constexpr (requires { record.polar_exercise_id; })
    return sql_text(record.polar_exercise_id);
  else if constexpr (requires { record.device_id.size(); })
    return std::pair{sql_text(record.device_id), time_of(record)};
  else
    return time_of(record);
}

template <class Record>
bool has_storable_key(const Record& record) {
  const auto day = std::chrono::floor<std::chrono::days>(time_of(record));
  return day >= first_day && day <= last_day;
}

/// One record per key, because one statement cannot change a row twice: the last one wins, as if
/// they had been stored one after the other.
template <class Record>
std::vector<Record> last_of_each_key(const std::vector<Record>& records) {
  std::vector<Record> kept;
  std::set<decltype(key_of(records.front()))> seen;
  for (auto record = records.rbegin(); record != records.rend(); ++record)
    if (has_storable_key(*record) && seen.insert(key_of(*record)).second)
      kept.push_back(*record);
  std::ranges::reverse(kept);
  return kept;
}

// -- what is not only an upsert ------------------------------------------------------------------

template <class Record>
const std::vector<Record>& with_keys(const std::vector<Record>& records, instant) {
  return records;
}

/// What Polar tells without a time is true at the time of the answer.
std::vector<physical_info> with_keys(std::vector<physical_info> records, instant fetched_at) {
  for (auto& record : records)
    if (!record.recorded_at)
      record.recorded_at = fetched_at;
  return records;
}

template <class Record>
void give_public_ids(transaction&, const user_id&, const std::vector<Record>&) {
  // nop
}

void give_public_ids(transaction& tx, const user_id& user, const std::vector<ecg_test>& records) {
  tx.run(statements::insert_ecg_ids, parameters::of(user, column(records, &ecg_test::device_id),
                                                    column(records, &ecg_test::test_time)));
}

template <class Record>
std::int32_t upsert(transaction& tx, const user_id& user, instant fetched_at,
                    const std::vector<Record>& answered) {
  const auto records = last_of_each_key(with_keys(answered, fetched_at));
  if (records.size() < answered.size())
    telemetry::log_warning("an answer held records twice or of impossible days",
                           {{"answered", static_cast<std::int64_t>(answered.size())},
                            {"kept", static_cast<std::int64_t>(records.size())}});
  if (records.empty())
    return 0;
  give_public_ids(tx, user, records);
  auto values = parameters::of(user, fetched_at);
  const auto& statement = add_columns(values, user, records);
  return static_cast<std::int32_t>(tx.run(statement, values).affected_rows());
}

} // namespace

std::int32_t upsert_records(transaction& tx, const user_id& user, instant fetched_at,
                            const stream_records& records) {
  return std::visit(
      [&](const auto& list) -> std::int32_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::monostate>)
          return 0;
        else
          return upsert(tx, user, fetched_at, list);
      },
      records);
}

std::vector<exercise> storable_exercises(const std::vector<exercise>& answered) {
  return last_of_each_key(answered);
}

} // namespace polar_flow::storage
