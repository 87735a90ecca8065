#include "storage/store_impl.hpp"

#include <string>
#include <utility>
#include <vector>

namespace polar_flow::storage {

namespace {

// -- one row -----------------------------------------------------------------------------------

std::vector<night_sample> read_night_samples(row_reader& in) {
  const auto minutes = in.next<std::vector<std::int32_t>>();
  const auto values = in.next<std::vector<double>>();
  std::vector<night_sample> samples;
  for (std::size_t i = 0; i < minutes.size(); ++i)
    samples.push_back({minutes[i], values.at(i)});
  return samples;
}

void read_row(row_reader in, night_detail& found) {
  auto& summary = found.summary;
  auto& record = found.record;
  in >> summary.day >> summary.sleep_score >> summary.total_sleep_s >> summary.light_sleep_s
      >> summary.deep_sleep_s >> summary.rem_sleep_s >> summary.hrv_avg_ms
      >> summary.heart_rate_avg_bpm >> summary.breathing_rate_avg_per_min
      >> summary.skin_temperature_avg_celsius >> found.heart_rate_min_bpm
      >> found.heart_rate_max_bpm >> found.hrv_sample_count;
  record.day = summary.day;
  record.sleep_score = summary.sleep_score;
  record.light_sleep_s = summary.light_sleep_s;
  record.deep_sleep_s = summary.deep_sleep_s;
  record.rem_sleep_s = summary.rem_sleep_s;
  in >> record.start_time >> record.end_time >> record.utc_offset_minutes >> record.device_id
      >> record.unrecognized_sleep_s >> record.interruptions_s >> record.short_interruptions_s
      >> record.long_interruptions_s >> record.sleep_goal_s >> record.sleep_rating
      >> record.sleep_charge >> record.sleep_cycles >> record.continuity >> record.continuity_class
      >> record.group_duration_score >> record.group_solidity_score
      >> record.group_regeneration_score;
  record.hypnogram = read_night_samples(in);
  record.heart_rate_samples = read_night_samples(in);
}

void read_row(row_reader in, nightly_recharge& found) {
  in >> found.day >> found.heart_rate_avg_bpm >> found.beat_to_beat_avg_ms >> found.hrv_rmssd_ms
      >> found.breathing_rate_avg_per_min >> found.recharge_status >> found.ans_charge
      >> found.ans_charge_status;
  found.hrv_samples_ms = read_night_samples(in);
  found.breathing_samples_per_min = read_night_samples(in);
}

void read_row(row_reader in, activity_day& found) {
  in >> found.day >> found.start_time >> found.end_time >> found.steps >> found.distance_m
      >> found.calories_total_kcal >> found.calories_active_kcal >> found.active_s
      >> found.inactive_s >> found.daily_activity_percent >> found.inactivity_alerts;
}

void read_row(row_reader in, activity_sample_day& found) {
  in >> found.day >> found.total_steps >> found.interval_ms;
  const auto step_times = in.next<std::vector<local_time>>();
  const auto step_counts = in.next<std::vector<std::int32_t>>();
  for (std::size_t i = 0; i < step_times.size(); ++i)
    found.steps.push_back({step_times[i], step_counts.at(i)});
  const auto zone_times = in.next<std::vector<local_time>>();
  const auto zones = in.next<std::vector<std::string>>();
  for (std::size_t i = 0; i < zone_times.size(); ++i)
    found.zones.push_back({zone_times[i], zones.at(i)});
  in >> found.inactivity_stamps;
}

void read_row(row_reader in, heart_rate_detail& found) {
  auto& summary = found.summary;
  in >> summary.day >> summary.heart_rate_min_bpm >> summary.heart_rate_avg_bpm
      >> summary.heart_rate_max_bpm >> summary.sample_count;
  found.record.day = summary.day;
  const auto seconds = in.next<std::vector<std::int32_t>>();
  const auto rates = in.next<std::vector<std::int32_t>>();
  for (std::size_t i = 0; i < seconds.size(); ++i)
    found.record.samples.push_back({seconds[i], rates.at(i)});
}

std::vector<heart_rate_zone> read_zones(row_reader& in) {
  const auto indexes = in.next<std::vector<std::int32_t>>();
  const auto lower_limits = in.next<std::vector<std::optional<std::int32_t>>>();
  const auto upper_limits = in.next<std::vector<std::optional<std::int32_t>>>();
  const auto seconds = in.next<std::vector<std::optional<double>>>();
  std::vector<heart_rate_zone> zones;
  for (std::size_t i = 0; i < indexes.size(); ++i)
    zones.push_back({indexes[i], lower_limits.at(i), upper_limits.at(i), seconds.at(i)});
  return zones;
}

std::vector<sample_series> read_series(row_reader& in) {
  const auto types = in.next<std::vector<std::int32_t>>();
  const auto rates = in.next<std::vector<std::optional<std::int32_t>>>();
  const auto contents = in.next<std::vector<std::string>>();
  std::vector<sample_series> series;
  for (std::size_t i = 0; i < types.size(); ++i)
    series.push_back({types[i], rates.at(i), read_numbers(contents.at(i))});
  return series;
}

std::vector<route_point> read_route(row_reader& in) {
  const auto latitudes = in.next<std::vector<double>>();
  const auto longitudes = in.next<std::vector<double>>();
  const auto times = in.next<std::vector<std::optional<double>>>();
  const auto satellites = in.next<std::vector<std::optional<std::int32_t>>>();
  const auto fixes = in.next<std::vector<std::optional<std::int32_t>>>();
  std::vector<route_point> route;
  for (std::size_t i = 0; i < latitudes.size(); ++i)
    route.push_back({latitudes[i], longitudes.at(i), times.at(i), satellites.at(i), fixes.at(i)});
  return route;
}

void read_row(row_reader in, exercise_detail& found) {
  auto& record = found.record;
  in >> found.id >> found.has_samples >> found.has_route >> record.is_detailed
      >> record.polar_exercise_id >> record.start_time >> record.utc_offset_minutes
      >> record.upload_time >> record.duration_s >> record.sport >> record.detailed_sport
      >> record.device >> record.device_id >> record.distance_m >> record.calories_kcal
      >> record.average_heart_rate_bpm >> record.max_heart_rate_bpm >> record.training_load
      >> record.running_index >> record.fat_percent >> record.carbohydrate_percent
      >> record.protein_percent >> record.has_route >> record.club_id >> record.club_name;
  const auto has_load_pro = in.next<bool>();
  training_load_pro load;
  in >> load.cardio_load >> load.cardio_load_interpretation >> load.muscle_load
      >> load.muscle_load_interpretation >> load.perceived_load
      >> load.perceived_load_interpretation >> load.user_rpe;
  if (has_load_pro)
    record.load_pro = std::move(load);
  record.heart_rate_zones = read_zones(in);
  record.samples = read_series(in);
  record.route = read_route(in);
}

void read_row(row_reader in, ecg_detail& found) {
  auto& record = found.record;
  in >> found.id >> record.device_id >> record.test_time >> record.utc_offset_minutes
      >> record.average_heart_rate_bpm >> record.hrv_ms >> record.hrv_level >> record.rri_ms
      >> record.pulse_transit_systolic_ms >> record.pulse_transit_diastolic_ms
      >> record.pulse_transit_quality_index;
  const auto sample_offsets = in.next<std::vector<std::int64_t>>();
  const auto millivolts = in.next<std::vector<double>>();
  for (std::size_t i = 0; i < sample_offsets.size(); ++i)
    record.samples.push_back({sample_offsets[i], millivolts.at(i)});
  const auto quality_offsets = in.next<std::vector<std::int64_t>>();
  const auto levels = in.next<std::vector<std::string>>();
  for (std::size_t i = 0; i < quality_offsets.size(); ++i)
    record.qualities.push_back({quality_offsets[i], levels.at(i)});
}

void read_row(row_reader in, body_temperature_period& found) {
  in >> found.device_id >> found.start_time >> found.end_time >> found.measurement_type
      >> found.sensor_location;
  const auto offsets = in.next<std::vector<std::int64_t>>();
  const auto temperatures = in.next<std::vector<double>>();
  for (std::size_t i = 0; i < offsets.size(); ++i)
    found.samples.push_back({offsets[i], temperatures.at(i)});
}

void read_row(row_reader in, alertness_period& found) {
  in >> found.period_start_time >> found.period_end_time >> found.sleep_period_start_time
      >> found.sleep_period_end_time >> found.utc_offset_minutes >> found.grade
      >> found.grade_validity_s >> found.grade_type >> found.grade_classification >> found.validity
      >> found.sleep_inertia >> found.sleep_type >> found.result_type;
  const auto starts = in.next<std::vector<instant>>();
  const auto ends = in.next<std::vector<std::optional<instant>>>();
  const auto levels = in.next<std::vector<std::optional<std::string>>>();
  const auto validities = in.next<std::vector<std::optional<std::string>>>();
  for (std::size_t i = 0; i < starts.size(); ++i)
    found.hours.push_back({starts[i], ends.at(i), levels.at(i), validities.at(i)});
}

// -- one question ------------------------------------------------------------------------------

using found_detail = std::optional<record_detail>;

template <class Record>
result<found_detail> load_one(session& db, const statement& which, const parameters& values) {
  return db.read([&](transaction& tx) -> result<found_detail> {
    const auto rows = tx.run(which, values);
    if (rows.empty())
      return found_detail{};
    const auto row = rows.front();
    Record found;
    read_row(row_reader{row}, found);
    return found_detail{std::move(found)};
  });
}

/// Records that a day names.
result<found_detail> load_of_day(session& db, const user_id& user, detail_kind kind, date day) {
  const auto values = parameters::of(user, day);
  switch (kind) {
  case detail_kind::night:
    return load_one<night_detail>(db, statements::load_night, values);
  case detail_kind::recharge:
    return load_one<nightly_recharge>(db, statements::load_recharge, values);
  case detail_kind::activity:
    return load_one<activity_day>(db, statements::list_activity, parameters::of(user, day, day));
  case detail_kind::activity_samples:
    return load_one<activity_sample_day>(db, statements::load_activity_samples, values);
  case detail_kind::heart_rate:
    return load_one<heart_rate_detail>(db, statements::load_heart_rate, values);
  default:
    return fail(errc::invalid_argument, "this kind of record is not found by a day");
  }
}

/// Records that our public id names.
result<found_detail> load_by_id(session& db, const user_id& user, detail_kind kind,
                                const std::string& id) {
  const auto load = [&](std::string_view part) {
    return load_one<exercise_detail>(db, statements::load_exercise, parameters::of(user, id, part));
  };
  switch (kind) {
  case detail_kind::exercise:
    return load("none");
  case detail_kind::exercise_samples:
    return load("samples");
  case detail_kind::exercise_route:
    return load("route");
  default:
    return fail(errc::invalid_argument, "this kind of record is not found by a text");
  }
}

/// Records that their beginning names.
result<found_detail> load_of_moment(session& db, const user_id& user, detail_kind kind,
                                    const device_moment& key) {
  switch (kind) {
  case detail_kind::body_temperature:
    return load_one<body_temperature_period>(db, statements::load_body_temperature,
                                             parameters::of(user, key.time, key.device_id));
  case detail_kind::alertness:
    return load_one<alertness_period>(db, statements::load_alertness,
                                      parameters::of(user, key.time));
  default:
    return fail(errc::invalid_argument, "this kind of record is not found by a moment");
  }
}

} // namespace

result<found_detail> store::load_detail(const user_id& user, detail_kind kind,
                                        const detail_key& key) {
  auto& db = impl_->db;
  if (const auto* day = std::get_if<date>(&key))
    return load_of_day(db, user, kind, *day);
  if (const auto* id = std::get_if<std::string>(&key))
    return load_by_id(db, user, kind, *id);
  if (const auto* moment = std::get_if<device_moment>(&key))
    return load_of_moment(db, user, kind, *moment);
  if (kind != detail_kind::ecg)
    return fail(errc::invalid_argument, "this kind of record is not found by a number");
  return load_one<ecg_detail>(db, statements::load_ecg,
                              parameters::of(user, std::get<std::int64_t>(key)));
}

} // namespace polar_flow::storage
