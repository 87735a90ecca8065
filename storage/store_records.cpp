#include "crypto/hash.hpp"
#include "storage/json_text.hpp"
#include "storage/store_impl.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace polar_flow::storage {

namespace {

// -- keys ------------------------------------------------------------------------------------

/// `YYYY-MM-DD` has room for these only, and PostgreSQL knows no year 0.
constexpr date first_day{std::chrono::year{1} / 1 / 1};
constexpr date last_day{std::chrono::year{9999} / 12 / 31};

bool is_storable(date day) {
  return day >= first_day && day <= last_day;
}

template <class Record>
auto key_of(const Record& record) {
  return record.day;
}

auto key_of(const exercise& record) {
  return record.polar_exercise_id;
}

template <class Record>
bool has_storable_key(const Record& record) {
  return is_storable(record.day);
}

bool has_storable_key(const exercise& record) {
  return is_storable(std::chrono::floor<std::chrono::days>(record.start_time));
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

// -- columns that are made from more than one member --------------------------------------------

/// A column of arrays: each record's list as the text of an array, by `project` of its elements.
template <class Records, class List, class Projection>
std::string nested_column(const Records& records, List list, Projection project) {
  return column(records,
                [&](const auto& record) { return column(std::invoke(list, record), project); });
}

/// Rounds the exact binary value at one decimal, half to even.
double round_to_tenth(double value) {
  // A heart rate has three digits before the point; 310 would do for any double.
  std::array<char, 320> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::fixed, 1);
  double rounded = value;
  std::from_chars(buffer.data(), end, rounded);
  return rounded;
}

std::optional<double> heart_rate_average(const night& record) {
  if (record.heart_rate_samples.empty())
    return std::nullopt;
  double sum = 0;
  for (const auto& sample : record.heart_rate_samples)
    sum += sample.value;
  return round_to_tenth(sum / static_cast<double>(record.heart_rate_samples.size()));
}

std::optional<double> heart_rate_minimum(const night& record) {
  const auto& samples = record.heart_rate_samples;
  const auto least = std::ranges::min_element(samples, {}, &night_sample::value);
  return least == samples.end() ? std::nullopt : std::optional{least->value};
}

std::optional<double> heart_rate_maximum(const night& record) {
  const auto& samples = record.heart_rate_samples;
  const auto greatest = std::ranges::max_element(samples, {}, &night_sample::value);
  return greatest == samples.end() ? std::nullopt : std::optional{greatest->value};
}

std::optional<std::string> zones_json(const exercise& record) {
  if (record.heart_rate_zones.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& zone : record.heart_rate_zones)
    json.begin_object()
        .member("index", zone.index)
        .member("lower_limit_bpm", zone.lower_limit_bpm)
        .member("upper_limit_bpm", zone.upper_limit_bpm)
        .member("in_zone_s", zone.in_zone_s)
        .end_object();
  json.end_array();
  return std::move(json).finish();
}

std::optional<std::string> samples_json(const exercise& record) {
  if (record.samples.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& series : record.samples) {
    json.begin_object()
        .member("sample_type", series.sample_type)
        .member("recording_rate_s", series.recording_rate_s)
        .key("values")
        .begin_array();
    for (const auto& value : series.values)
      json.value(value);
    json.end_array().end_object();
  }
  json.end_array();
  return std::move(json).finish();
}

std::optional<std::string> route_json(const exercise& record) {
  if (record.route.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& point : record.route)
    json.begin_object()
        .member("latitude", point.latitude)
        .member("longitude", point.longitude)
        .member("time_s", point.time_s)
        .member("satellites", point.satellites)
        .member("fix", point.fix)
        .end_object();
  json.end_array();
  return std::move(json).finish();
}

/// A column from a member of Training Load Pro, absent where that is.
template <class Member>
auto load_pro(Member training_load_pro::*member) {
  return [member](const exercise& record) -> Member {
    return record.load_pro ? (*record.load_pro).*member : Member{};
  };
}

auto level(std::optional<double> cardio_load_levels::*member) {
  return [member](const cardio_load_day& record) {
    return record.levels.*member;
  };
}

// -- one function per stream; the columns follow the statement's -------------------------------

const statement& upsert_for(const std::vector<night>&) {
  return statements::upsert_sleep;
}

void add_columns(parameters& values, const user_id&, const std::vector<night>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&night::day);
  add(&night::start_time);
  add(&night::end_time);
  add(&night::utc_offset_minutes);
  add(&night::device_id);
  add(&night::light_sleep_s);
  add(&night::deep_sleep_s);
  add(&night::rem_sleep_s);
  add(&night::unrecognized_sleep_s);
  add(&night::interruptions_s);
  add(&night::short_interruptions_s);
  add(&night::long_interruptions_s);
  add(&night::sleep_goal_s);
  add(&night::sleep_score);
  add(&night::sleep_rating);
  add(&night::sleep_charge);
  add(&night::sleep_cycles);
  add(&night::continuity);
  add(&night::continuity_class);
  add(&night::group_duration_score);
  add(&night::group_solidity_score);
  add(&night::group_regeneration_score);
  values.add(nested_column(records, &night::hypnogram, &night_sample::minute));
  values.add(nested_column(records, &night::hypnogram, &night_sample::value));
  values.add(nested_column(records, &night::heart_rate_samples, &night_sample::minute));
  values.add(nested_column(records, &night::heart_rate_samples, &night_sample::value));
  add(heart_rate_average);
  add(heart_rate_minimum);
  add(heart_rate_maximum);
}

const statement& upsert_for(const std::vector<nightly_recharge>&) {
  return statements::upsert_nightly_recharge;
}

void add_columns(parameters& values, const user_id&, const std::vector<nightly_recharge>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&nightly_recharge::day);
  add(&nightly_recharge::heart_rate_avg_bpm);
  add(&nightly_recharge::beat_to_beat_avg_ms);
  add(&nightly_recharge::hrv_rmssd_ms);
  add(&nightly_recharge::breathing_rate_avg_per_min);
  add(&nightly_recharge::recharge_status);
  add(&nightly_recharge::ans_charge);
  add(&nightly_recharge::ans_charge_status);
  values.add(nested_column(records, &nightly_recharge::hrv_samples_ms, &night_sample::minute));
  values.add(nested_column(records, &nightly_recharge::hrv_samples_ms, &night_sample::value));
  values.add(
      nested_column(records, &nightly_recharge::breathing_samples_per_min, &night_sample::minute));
  values.add(
      nested_column(records, &nightly_recharge::breathing_samples_per_min, &night_sample::value));
}

const statement& upsert_for(const std::vector<activity_day>&) {
  return statements::upsert_activity;
}

void add_columns(parameters& values, const user_id&, const std::vector<activity_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&activity_day::day);
  add(&activity_day::start_time);
  add(&activity_day::end_time);
  add(&activity_day::steps);
  add(&activity_day::distance_m);
  add(&activity_day::calories_total_kcal);
  add(&activity_day::calories_active_kcal);
  add(&activity_day::active_s);
  add(&activity_day::inactive_s);
  add(&activity_day::daily_activity_percent);
  add(&activity_day::inactivity_alerts);
}

const statement& upsert_for(const std::vector<activity_sample_day>&) {
  return statements::upsert_activity_samples;
}

void add_columns(parameters& values, const user_id&,
                 const std::vector<activity_sample_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&activity_sample_day::day);
  add(&activity_sample_day::total_steps);
  add(&activity_sample_day::interval_ms);
  values.add(nested_column(records, &activity_sample_day::steps, &step_sample::time));
  values.add(nested_column(records, &activity_sample_day::steps, &step_sample::steps));
  values.add(nested_column(records, &activity_sample_day::zones, &zone_change::time));
  values.add(nested_column(records, &activity_sample_day::zones, &zone_change::zone));
  values.add(nested_column(records, &activity_sample_day::inactivity_stamps, std::identity{}));
}

const statement& upsert_for(const std::vector<cardio_load_day>&) {
  return statements::upsert_cardio_load;
}

void add_columns(parameters& values, const user_id&, const std::vector<cardio_load_day>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&cardio_load_day::day);
  add(&cardio_load_day::status);
  add(&cardio_load_day::cardio_load);
  add(&cardio_load_day::strain);
  add(&cardio_load_day::tolerance);
  add(&cardio_load_day::ratio);
  add(level(&cardio_load_levels::very_low));
  add(level(&cardio_load_levels::low));
  add(level(&cardio_load_levels::medium));
  add(level(&cardio_load_levels::high));
  add(level(&cardio_load_levels::very_high));
}

const statement& upsert_for(const std::vector<exercise>&) {
  return statements::upsert_exercise;
}

void add_columns(parameters& values, const user_id& user, const std::vector<exercise>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&exercise::polar_exercise_id);
  add([&](const exercise& record) {
    return crypto::exercise_public_id(user.value, record.polar_exercise_id);
  });
  add(&exercise::start_time);
  add(&exercise::utc_offset_minutes);
  add(&exercise::upload_time);
  add(&exercise::duration_s);
  add(&exercise::sport);
  add(&exercise::detailed_sport);
  add(&exercise::device);
  add(&exercise::device_id);
  add(&exercise::distance_m);
  add(&exercise::calories_kcal);
  add(&exercise::average_heart_rate_bpm);
  add(&exercise::max_heart_rate_bpm);
  add(&exercise::training_load);
  add(&exercise::running_index);
  add(&exercise::fat_percent);
  add(&exercise::carbohydrate_percent);
  add(&exercise::protein_percent);
  add(&exercise::has_route);
  add(&exercise::club_id);
  add(&exercise::club_name);
  add([](const exercise& record) { return record.load_pro.has_value(); });
  add(load_pro(&training_load_pro::cardio_load));
  add(load_pro(&training_load_pro::cardio_load_interpretation));
  add(load_pro(&training_load_pro::muscle_load));
  add(load_pro(&training_load_pro::muscle_load_interpretation));
  add(load_pro(&training_load_pro::perceived_load));
  add(load_pro(&training_load_pro::perceived_load_interpretation));
  add(load_pro(&training_load_pro::user_rpe));
  add(zones_json);
  add(samples_json);
  add(route_json);
}

template <class Record>
std::int32_t upsert(transaction& tx, const user_id& user, instant fetched_at,
                    const std::vector<Record>& answered) {
  const auto records = last_of_each_key(answered);
  if (records.size() < answered.size())
    telemetry::log_warning("an answer held records twice or of impossible days",
                           {{"answered", static_cast<std::int64_t>(answered.size())},
                            {"kept", static_cast<std::int64_t>(records.size())}});
  if (records.empty())
    return 0;
  auto values = parameters::of(user, fetched_at);
  add_columns(values, user, records);
  return static_cast<std::int32_t>(tx.run(upsert_for(records), values).affected_rows());
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

} // namespace polar_flow::storage
