#include "crypto/hash.hpp"
#include "storage/json_text.hpp"
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
std::vector<Record> storable(const std::vector<Record>& answered, instant fetched_at) {
  auto records = last_of_each_key(with_keys(answered, fetched_at));
  if (records.size() < answered.size())
    telemetry::log_warning("an answer held records twice or of impossible days",
                           {{"answered", static_cast<std::int64_t>(answered.size())},
                            {"kept", static_cast<std::int64_t>(records.size())}});
  return records;
}

template <class Record>
std::int32_t upsert(transaction& tx, const user_id& user, instant fetched_at,
                    const std::vector<Record>& records) {
  give_public_ids(tx, user, records);
  auto values = parameters::of(user, fetched_at);
  const auto& statement = add_columns(values, user, records);
  return static_cast<std::int32_t>(tx.run(statement, values).affected_rows());
}

// -- trainings that an import and Polar's API both tell of ---------------------------------------

template <class Record>
void adopt_imported(transaction&, const user_id&, const std::vector<Record>&) {
  // nop
}

void adopt_imported(transaction& tx, const user_id& user, const std::vector<exercise>& records) {
  const auto public_id = [&](const exercise& record) {
    return crypto::exercise_public_id(user.value, record.polar_exercise_id);
  };
  tx.run(statements::adopt_exercises,
         parameters::of(user, column(records, &exercise::polar_exercise_id),
                        column(records, public_id), column(records, &exercise::start_time),
                        column(records, &exercise::utc_offset_minutes),
                        column(records, &exercise::duration_s)));
}

template <class Record>
std::vector<Record> under_known_ids(transaction&, const user_id&, std::vector<Record> records) {
  return records;
}

std::vector<exercise> under_known_ids(transaction& tx, const user_id& user,
                                      std::vector<exercise> records) {
  const auto matches
      = tx.run(statements::match_exercises,
               parameters::of(user, column(records, &exercise::polar_exercise_id),
                              column(records, &exercise::start_time),
                              column(records, &exercise::utc_offset_minutes),
                              column(records, &exercise::duration_s)));
  for (const auto& row : matches) {
    row_reader in{row};
    const auto place = in.next<std::uint64_t>();
    in >> records.at(place - 1).polar_exercise_id;
  }
  return last_of_each_key(records);
}

// -- filling -------------------------------------------------------------------------------------

constexpr std::string_view by_day = "day";
constexpr std::string_view by_test = "device_id, test_time";

/// Of two watches on one day the one that counted more steps was worn.
constexpr std::string_view more_steps
    = "filled.line ->> 'origin' = $4 AND stored.steps > coalesce((filled.line -> 'steps')::int, 0)";
constexpr std::string_view more_steps_in_all
    = "filled.line ->> 'origin' = $4 "
      "AND stored.total_steps > coalesce((filled.line -> 'total_steps')::int, 0)";

// The tables of the records that Polar's account export holds.

constexpr fill_table table_of(const night&) {
  return {"sleep", by_day};
}

constexpr fill_table table_of(const nightly_recharge&) {
  return {"nightly_recharge", by_day};
}

constexpr fill_table table_of(const activity_day&) {
  return {"activity", by_day, more_steps};
}

constexpr fill_table table_of(const activity_sample_day&) {
  return {"activity_samples", by_day, more_steps_in_all};
}

constexpr fill_table table_of(const heart_rate_day&) {
  return {"continuous_heart_rate", by_day};
}

constexpr fill_table table_of(const exercise&) {
  return {"exercise", "polar_exercise_id"};
}

constexpr fill_table table_of(const spo2_test&) {
  return {"spo2", by_test};
}

constexpr fill_table table_of(const ecg_test&) {
  return {"ecg", by_test};
}

constexpr fill_table table_of(const body_temperature_period&) {
  return {"body_temperature", "device_id, start_time"};
}

constexpr fill_table table_of(const physical_info&) {
  return {"physical_info", "recorded_at"};
}

/// The keys as a list of objects, which the database makes rows of.
template <class Record>
std::string keys_json(const std::vector<Record>& records, std::string_view names) {
  // All but the device is one value, and the last.
  const auto time_name = names.substr(names.rfind(' ') + 1);
  json_text json;
  json.begin_array();
  for (const auto& record : records) {
    json.begin_object();
    if constexpr (requires { record.polar_exercise_id; }) {
      json.member("polar_exercise_id", sql_text(record.polar_exercise_id));
    } else {
      if constexpr (requires { record.device_id.size(); })
        json.member("device_id", sql_text(record.device_id));
      json.member(time_name, sql_text(time_of(record)));
    }
    json.end_object();
  }
  json.end_array();
  return std::move(json).finish();
}

template <class Record>
std::int32_t fill(transaction& tx, fill_statements& made, const user_id& user, instant read_at,
                  std::string_view origin, const std::vector<Record>& told) {
  const auto records = under_known_ids(tx, user, storable(told, read_at));
  if (records.empty())
    return 0;
  const auto table = table_of(records.front());
  const auto keys = keys_json(records, table.key);
  const auto kept_rows = tx.run(made.keeping(table), parameters::of(user, keys));
  const auto row = kept_rows.front();
  const auto kept = row_reader{row}.next<std::string>();
  upsert(tx, user, read_at, records);
  tx.run(made.filling(tx, table), parameters::of(user, keys, kept, origin));
  const auto settled = tx.run(made.settling(table), parameters::of(user, kept));
  return static_cast<std::int32_t>(records.size())
         - static_cast<std::int32_t>(settled.affected_rows());
}

} // namespace

std::int32_t upsert_records(transaction& tx, const user_id& user, instant fetched_at,
                            const stream_records& records) {
  return std::visit(
      [&](const auto& list) -> std::int32_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::monostate>)
          return 0;
        else {
          const auto kept = storable(list, fetched_at);
          if (kept.empty())
            return 0;
          adopt_imported(tx, user, kept);
          return upsert(tx, user, fetched_at, kept);
        }
      },
      records);
}

std::int32_t fill_records(transaction& tx, fill_statements& made, const user_id& user,
                          instant read_at, std::string_view origin,
                          const stream_records& records) {
  return std::visit(
      [&](const auto& list) -> std::int32_t {
        if constexpr (requires { table_of(list.front()); })
          return fill(tx, made, user, read_at, origin, list);
        else
          return 0;
      },
      records);
}

std::vector<exercise> storable_exercises(const std::vector<exercise>& answered) {
  return last_of_each_key(answered);
}

} // namespace polar_flow::storage
