#pragma once

#include "domain/streams.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What Polar tells about a person, after reading: sentinels are gone (an unknown value is
/// `nullopt`), units are in the names, instants are UTC. `contracts` of the wire live in polar/
/// and http/; nothing here knows JSON.
namespace polar_flow {

/// One value of a nightly series. `minute` counts from local midnight at the start of the
/// night's `day` (the day of waking up), so 23:30 of the evening before is −30.
struct night_sample {
  std::int32_t minute = 0;
  double value = 0;

  bool operator==(const night_sample&) const = default;
};

/// One main sleep, keyed by the day of waking up. Hypnogram stages: 0 wake, 1 REM,
/// 2 and 3 light, 4 deep, 5 unknown.
struct night {
  date day;
  std::optional<instant> start_time;
  std::optional<instant> end_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::string> device_id;
  std::optional<std::int32_t> light_sleep_s;
  std::optional<std::int32_t> deep_sleep_s;
  std::optional<std::int32_t> rem_sleep_s;
  std::optional<std::int32_t> unrecognized_sleep_s;
  std::optional<std::int32_t> interruptions_s;
  std::optional<std::int32_t> short_interruptions_s;
  std::optional<std::int32_t> long_interruptions_s;
  std::optional<std::int32_t> sleep_goal_s;
  std::optional<std::int32_t> sleep_score;
  std::optional<std::int32_t> sleep_rating;
  std::optional<std::int32_t> sleep_charge;
  std::optional<std::int32_t> sleep_cycles;
  std::optional<double> continuity;
  std::optional<std::int32_t> continuity_class;
  std::optional<double> group_duration_score;
  std::optional<double> group_solidity_score;
  std::optional<double> group_regeneration_score;
  std::vector<night_sample> hypnogram;
  /// Beats per minute; 0 (no signal) is not in the list.
  std::vector<night_sample> heart_rate_samples;

  bool operator==(const night&) const = default;
};

/// Nightly Recharge, keyed by the day of waking up.
struct nightly_recharge {
  date day;
  std::optional<std::int32_t> heart_rate_avg_bpm;
  std::optional<std::int32_t> beat_to_beat_avg_ms;
  std::optional<std::int32_t> hrv_rmssd_ms;
  std::optional<double> breathing_rate_avg_per_min;
  std::optional<std::int32_t> recharge_status;
  std::optional<double> ans_charge;
  std::optional<std::int32_t> ans_charge_status;
  std::vector<night_sample> hrv_samples_ms;
  std::vector<night_sample> breathing_samples_per_min;

  bool operator==(const nightly_recharge&) const = default;
};

/// One day of activity; times are the user's wall clock, as Polar sends them.
struct activity_day {
  date day;
  std::optional<local_time> start_time;
  std::optional<local_time> end_time;
  std::optional<std::int32_t> steps;
  std::optional<double> distance_m;
  std::optional<std::int32_t> calories_total_kcal;
  std::optional<std::int32_t> calories_active_kcal;
  std::optional<std::int32_t> active_s;
  std::optional<std::int32_t> inactive_s;
  /// Percent of the day's activity goal; may exceed 100.
  std::optional<double> daily_activity_percent;
  std::optional<std::int32_t> inactivity_alerts;

  bool operator==(const activity_day&) const = default;
};

/// From `time` on `steps` were counted per interval, until the next entry.
struct step_sample {
  local_time time;
  std::int32_t steps = 0;

  bool operator==(const step_sample&) const = default;
};

/// From `time` on the user was in `zone`, until the next entry. Open set: text as received.
struct zone_change {
  local_time time;
  std::string zone;

  bool operator==(const zone_change&) const = default;
};

/// What happened within one day of activity. A part that was not sent is empty.
struct activity_sample_day {
  date day;
  std::optional<std::int32_t> total_steps;
  std::optional<std::int32_t> interval_ms;
  std::vector<step_sample> steps;
  std::vector<zone_change> zones;
  std::vector<local_time> inactivity_stamps;

  bool operator==(const activity_sample_day&) const = default;
};

struct cardio_load_levels {
  std::optional<double> very_low;
  std::optional<double> low;
  std::optional<double> medium;
  std::optional<double> high;
  std::optional<double> very_high;

  bool operator==(const cardio_load_levels&) const = default;
};

/// Cardio load of one day. `strain` and `tolerance` are Polar's 7- and 28-day means.
struct cardio_load_day {
  date day;
  std::optional<std::string> status;
  std::optional<double> cardio_load;
  std::optional<double> strain;
  std::optional<double> tolerance;
  std::optional<double> ratio;
  cardio_load_levels levels;

  bool operator==(const cardio_load_day&) const = default;
};

/// Zones are ranked by position, lowest first, from 0; Polar's own index base varies.
struct heart_rate_zone {
  std::int32_t index = 0;
  std::optional<std::int32_t> lower_limit_bpm;
  std::optional<std::int32_t> upper_limit_bpm;
  std::optional<double> in_zone_s;

  bool operator==(const heart_rate_zone&) const = default;
};

/// One recorded series of an exercise. `recording_rate_s` is absent for RR intervals, which are
/// not evenly spaced. A value is `nullopt` while the sensor was off.
struct sample_series {
  std::int32_t sample_type = 0;
  std::optional<std::int32_t> recording_rate_s;
  std::vector<std::optional<double>> values;

  bool operator==(const sample_series&) const = default;
};

struct route_point {
  double latitude = 0;
  double longitude = 0;
  /// Offset from the start of the exercise, in seconds.
  std::optional<double> time_s;
  std::optional<std::int32_t> satellites;
  std::optional<std::int32_t> fix;

  bool operator==(const route_point&) const = default;
};

/// Training Load Pro of one exercise, interpretations as Polar spells them.
struct training_load_pro {
  std::optional<double> cardio_load;
  std::optional<std::string> cardio_load_interpretation;
  std::optional<double> muscle_load;
  std::optional<std::string> muscle_load_interpretation;
  std::optional<double> perceived_load;
  std::optional<std::string> perceived_load_interpretation;
  std::optional<std::string> user_rpe;

  bool operator==(const training_load_pro&) const = default;
};

/// One training session. Samples, zones and route are empty unless they were asked for.
struct exercise {
  std::string polar_exercise_id;
  /// The answer was about this session alone, so its zones, samples and route are all there are.
  bool is_detailed = false;
  /// Local start minus `utc_offset_minutes`.
  instant start_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<instant> upload_time;
  std::optional<double> duration_s;
  std::optional<std::string> sport;
  std::optional<std::string> detailed_sport;
  std::optional<std::string> device;
  std::optional<std::string> device_id;
  std::optional<double> distance_m;
  std::optional<std::int32_t> calories_kcal;
  std::optional<std::int32_t> average_heart_rate_bpm;
  std::optional<std::int32_t> max_heart_rate_bpm;
  /// Polar's `training_load`, else the cardio load of Training Load Pro.
  std::optional<double> training_load;
  std::optional<std::int32_t> running_index;
  std::optional<std::int32_t> fat_percent;
  std::optional<std::int32_t> carbohydrate_percent;
  std::optional<std::int32_t> protein_percent;
  std::optional<bool> has_route;
  std::optional<std::int64_t> club_id;
  std::optional<std::string> club_name;
  std::optional<training_load_pro> load_pro;
  std::vector<heart_rate_zone> heart_rate_zones;
  std::vector<sample_series> samples;
  std::vector<route_point> route;

  bool operator==(const exercise&) const = default;
};

/// One measured heart rate; `second` counts from local midnight of the day.
struct heart_rate_sample {
  std::int32_t second = 0;
  std::int32_t bpm = 0;

  bool operator==(const heart_rate_sample&) const = default;
};

/// The heart rate of one day outside of training, in order of time. The steps are uneven; "no
/// signal" is not in the list.
struct heart_rate_day {
  date day;
  std::vector<heart_rate_sample> samples;

  bool operator==(const heart_rate_day&) const = default;
};

/// One hour of an alertness forecast, levels and validities as Polar spells them.
struct alertness_hour {
  instant start_time;
  std::optional<instant> end_time;
  std::optional<std::string> level;
  std::optional<std::string> validity;

  bool operator==(const alertness_hour&) const = default;
};

/// SleepWise alertness of the period after one sleep. A prediction is later replaced by history
/// with the same start.
struct alertness_period {
  instant period_start_time;
  std::optional<instant> period_end_time;
  std::optional<instant> sleep_period_start_time;
  std::optional<instant> sleep_period_end_time;
  std::optional<std::int32_t> utc_offset_minutes;
  /// 0 to 10.
  std::optional<double> grade;
  std::optional<std::int32_t> grade_validity_s;
  std::optional<std::string> grade_type;
  std::optional<std::string> grade_classification;
  std::optional<std::string> validity;
  std::optional<std::string> sleep_inertia;
  std::optional<std::string> sleep_type;
  std::optional<std::string> result_type;
  std::vector<alertness_hour> hours;

  bool operator==(const alertness_period&) const = default;
};

/// SleepWise circadian bedtime: when this body wants to sleep.
struct bedtime_period {
  instant period_start_time;
  std::optional<instant> period_end_time;
  std::optional<instant> preferred_sleep_start_time;
  std::optional<instant> preferred_sleep_end_time;
  std::optional<instant> sleep_gate_start_time;
  std::optional<instant> sleep_gate_end_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::string> validity;
  std::optional<std::string> quality;
  std::optional<std::string> result_type;

  bool operator==(const bedtime_period&) const = default;
};

/// One spot test of blood oxygen; a value counts only with the status of a passed test.
struct spo2_test {
  /// Empty when Polar names no device.
  std::string device_id;
  instant test_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::string> test_status;
  std::optional<std::int32_t> blood_oxygen_percent;
  std::optional<std::string> spo2_class;
  std::optional<std::string> spo2_deviation;
  std::optional<double> quality_percent;
  std::optional<std::int32_t> average_heart_rate_bpm;
  std::optional<double> hrv_ms;
  std::optional<std::string> hrv_deviation;
  std::optional<double> altitude_m;

  bool operator==(const spo2_test&) const = default;
};

/// Offsets count from the start of the test.
struct ecg_sample {
  std::int64_t offset_ms = 0;
  double millivolts = 0;

  bool operator==(const ecg_sample&) const = default;
};

struct ecg_quality {
  std::int64_t offset_ms = 0;
  std::string level;

  bool operator==(const ecg_quality&) const = default;
};

/// One wrist ECG with its waveform, about half a minute long.
struct ecg_test {
  /// Empty when Polar names no device.
  std::string device_id;
  instant test_time;
  std::optional<std::int32_t> utc_offset_minutes;
  std::optional<std::int32_t> average_heart_rate_bpm;
  std::optional<double> hrv_ms;
  std::optional<std::string> hrv_level;
  std::optional<double> rri_ms;
  std::optional<double> pulse_transit_systolic_ms;
  std::optional<double> pulse_transit_diastolic_ms;
  std::optional<double> pulse_transit_quality_index;
  std::vector<ecg_sample> samples;
  std::vector<ecg_quality> qualities;

  bool operator==(const ecg_test&) const = default;
};

/// `offset_ms` counts from the start of the period.
struct temperature_sample {
  std::int64_t offset_ms = 0;
  double celsius = 0;

  bool operator==(const temperature_sample&) const = default;
};

/// Skin or core temperature over a period of wearing.
struct body_temperature_period {
  /// Empty when Polar names no device.
  std::string device_id;
  instant start_time;
  std::optional<instant> end_time;
  std::optional<std::string> measurement_type;
  std::optional<std::string> sensor_location;
  std::vector<temperature_sample> samples;

  bool operator==(const body_temperature_period&) const = default;
};

/// Skin temperature of one night, keyed by Polar's date of the sleep.
struct skin_temperature_night {
  date day;
  std::optional<double> temperature_celsius;
  std::optional<double> deviation_from_baseline_celsius;

  bool operator==(const skin_temperature_night&) const = default;
};

/// The person as Polar knows them now.
struct physical_info {
  /// When Polar last changed it, else when it was made; absent when neither is told, and then the
  /// time of the answer stands for it.
  std::optional<instant> recorded_at;
  std::optional<double> weight_kg;
  std::optional<double> height_cm;
  std::optional<date> birthday;
  std::optional<std::string> gender;
  std::optional<std::int32_t> maximum_heart_rate_bpm;
  std::optional<std::int32_t> resting_heart_rate_bpm;
  std::optional<std::int32_t> aerobic_threshold_bpm;
  std::optional<std::int32_t> anaerobic_threshold_bpm;
  std::optional<std::int32_t> vo2_max_ml_per_min_kg;
  std::optional<std::string> weight_source;
  std::optional<std::string> training_background;
  std::optional<std::string> typical_day;
  std::optional<std::int32_t> sleep_goal_s;

  bool operator==(const physical_info&) const = default;
};

/// The records of one answer of Polar. `std::monostate` stands for an answer that is archived
/// and not read.
using stream_records
    = std::variant<std::monostate, std::vector<night>, std::vector<nightly_recharge>,
                   std::vector<activity_day>, std::vector<activity_sample_day>,
                   std::vector<cardio_load_day>, std::vector<exercise>,
                   std::vector<heart_rate_day>, std::vector<alertness_period>,
                   std::vector<bedtime_period>, std::vector<spo2_test>, std::vector<ecg_test>,
                   std::vector<body_temperature_period>, std::vector<skin_temperature_night>,
                   std::vector<physical_info>>;

/// How many records `records` holds.
std::size_t record_count(const stream_records& records);

} // namespace polar_flow
