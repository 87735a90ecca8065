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

/// Which list is asked for.
enum class list_kind : std::uint8_t { sleep, activity, recharge, cardio_load, exercises };

/// Newest first.
using list_rows = std::variant<std::vector<sleep_summary>, std::vector<activity_day>,
                               std::vector<recharge_summary>, std::vector<cardio_load_day>,
                               std::vector<exercise_summary>>;

/// Says which state of a user's data an answer shows: the number of changes so far, and the
/// user's local day, because windows and ages move with it.
struct data_version {
  std::uint64_t changes = 0;
  date local_day;

  bool operator==(const data_version&) const = default;
};




} // namespace polar_flow
