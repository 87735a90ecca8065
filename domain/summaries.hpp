#pragma once

#include "domain/records.hpp"

#include <string>
#include <variant>
#include <vector>

/// What the list endpoints show: one row per day or event, without series.
namespace polar_flow {

/// A night with what other streams know about it: HRV and breathing from the recharge of the
/// same day, temperature from skin temperature.
struct sleep_summary {
  date day;
  std::optional<std::int32_t> sleep_score;
  /// Light + deep + REM; absent when all three are.
  std::optional<std::int32_t> total_sleep_s;
  std::optional<std::int32_t> light_sleep_s;
  std::optional<std::int32_t> deep_sleep_s;
  std::optional<std::int32_t> rem_sleep_s;
  std::optional<double> hrv_avg_ms;
  std::optional<double> heart_rate_avg_bpm;
  std::optional<double> breathing_rate_avg_per_min;
  std::optional<double> skin_temperature_avg_celsius;

  bool operator==(const sleep_summary&) const = default;
};

struct recharge_summary {
  date day;
  std::optional<std::int32_t> hrv_rmssd_ms;
  std::optional<double> ans_charge;
  std::optional<std::int32_t> ans_charge_status;
  std::optional<double> breathing_rate_avg_per_min;
  std::optional<std::int32_t> heart_rate_avg_bpm;
  std::optional<std::int32_t> recharge_status;
  std::optional<std::int32_t> beat_to_beat_avg_ms;

  bool operator==(const recharge_summary&) const = default;
};

struct exercise_summary {
  /// Our own id: UUIDv5 of the user and Polar's exercise id, so it survives a rebuild.
  std::string id;
  std::string polar_exercise_id;
  instant start_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::string> sport;
  std::optional<double> duration_s;
  std::optional<double> distance_m;
  std::optional<std::int32_t> calories_kcal;
  std::optional<std::int32_t> average_heart_rate_bpm;
  std::optional<std::int32_t> max_heart_rate_bpm;
  std::optional<double> training_load;

  bool operator==(const exercise_summary&) const = default;
};

struct activity_samples_summary {
  date day;
  std::optional<std::int32_t> total_steps;
  /// Intervals in which steps were counted.
  std::int32_t sample_count = 0;

  bool operator==(const activity_samples_summary&) const = default;
};

struct heart_rate_summary {
  date day;
  std::optional<std::int32_t> heart_rate_min_bpm;
  std::optional<double> heart_rate_avg_bpm;
  std::optional<std::int32_t> heart_rate_max_bpm;
  std::int32_t sample_count = 0;

  bool operator==(const heart_rate_summary&) const = default;
};

struct alertness_summary {
  instant period_start_time;
  std::optional<instant> period_end_time;
  std::optional<std::int32_t> utc_offset_minutes;
  /// 0 to 10.
  std::optional<double> grade;
  std::optional<std::string> grade_classification;

  bool operator==(const alertness_summary&) const = default;
};

struct ecg_summary {
  /// Our own id; it survives a rebuild.
  std::int64_t id = 0;
  instant test_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::int32_t> average_heart_rate_bpm;
  std::optional<double> hrv_ms;
  std::optional<std::string> hrv_level;
  std::optional<double> rri_ms;
  /// Until the last sample; absent without samples.
  std::optional<double> duration_s;
  std::int32_t sample_count = 0;

  bool operator==(const ecg_summary&) const = default;
};

struct body_temperature_summary {
  /// Empty when Polar names no device.
  std::string device_id;
  instant start_time;
  std::optional<instant> end_time;
  std::optional<std::string> measurement_type;
  std::optional<std::string> sensor_location;
  std::optional<double> min_celsius;
  std::optional<double> avg_celsius;
  std::optional<double> max_celsius;
  std::int32_t sample_count = 0;

  bool operator==(const body_temperature_summary&) const = default;
};

/// How many records of each kind there are within some days.
struct record_counts {
  std::int64_t sleep = 0;
  std::int64_t activity = 0;
  std::int64_t recharge = 0;
  std::int64_t cardio_load = 0;
  std::int64_t heart_rate = 0;
  std::int64_t exercises = 0;

  bool operator==(const record_counts&) const = default;
};

/// Which list is asked for.
enum class list_kind : std::uint8_t {
  sleep,
  activity,
  recharge,
  cardio_load,
  exercises,
  activity_samples,
  heart_rate,
  alertness,
  bedtime,
  /// Passed tests only: of the others no value counts.
  spo2,
  ecg,
  body_temperature,
  skin_temperature,
  /// The newest states that were seen, whatever the days.
  physical_info,
  /// One row.
  counts,
};

/// States of physical information that a list shows: the current one and ten before it.
inline constexpr std::int32_t physical_info_rows_max = 11;

/// Newest first.
using list_rows
    = std::variant<std::vector<sleep_summary>, std::vector<activity_day>,
                   std::vector<recharge_summary>, std::vector<cardio_load_day>,
                   std::vector<exercise_summary>, std::vector<activity_samples_summary>,
                   std::vector<heart_rate_summary>, std::vector<alertness_summary>,
                   std::vector<bedtime_period>, std::vector<spo2_test>, std::vector<ecg_summary>,
                   std::vector<body_temperature_summary>, std::vector<skin_temperature_night>,
                   std::vector<physical_info>, std::vector<record_counts>>;

/// Says which state of a user's data an answer shows: the number of changes so far, and the
/// user's local day, because windows and ages move with it.
struct data_version {
  std::uint64_t changes = 0;
  date local_day;

  bool operator==(const data_version&) const = default;
};




} // namespace polar_flow
