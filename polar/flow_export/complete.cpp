#include "polar/flow_export.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace polar_flow::polar {

namespace {

/// Both sources cut or round the parts of a second in their own way.
constexpr std::chrono::seconds training_tolerance{2};

template <class Value>
void fill(std::optional<Value>& kept, const std::optional<Value>& other) {
  if (!kept)
    kept = other;
}

template <class Value>
void fill(std::vector<Value>& kept, const std::vector<Value>& other) {
  if (kept.empty())
    kept = other;
}

template <class Record, class... Members>
void fill_members(Record& kept, const Record& other, Members... members) {
  (fill(kept.*members, other.*members), ...);
}

/// Where the clock stood. Of a start without offset only that is known.
instant wall_clock_start(const exercise& record) {
  return record.start_time + std::chrono::minutes{record.utc_offset_minutes.value_or(0)};
}

bool starts_together(const exercise& left, const exercise& right) {
  const bool knows_both = left.utc_offset_minutes && right.utc_offset_minutes;
  const auto apart = knows_both ? left.start_time - right.start_time
                                : wall_clock_start(left) - wall_clock_start(right);
  return std::chrono::abs(apart) <= training_tolerance;
}

bool lasts_as_long(const exercise& left, const exercise& right) {
  constexpr std::chrono::duration<double> tolerance = training_tolerance;
  return !left.duration_s || !right.duration_s
         || std::abs(*left.duration_s - *right.duration_s) <= tolerance.count();
}

void fill_day(activity_day& kept, const activity_day& other) {
  using day = activity_day;
  fill_members(kept, other, &day::start_time, &day::end_time, &day::steps, &day::distance_m,
               &day::calories_total_kcal, &day::calories_active_kcal, &day::active_s,
               &day::inactive_s, &day::daily_activity_percent, &day::inactivity_alerts);
}

void fill_samples(activity_sample_day& kept, const activity_sample_day& other) {
  using day = activity_sample_day;
  // A number of steps per minute says nothing without its sum and its interval.
  if (kept.steps.empty() && !kept.total_steps)
    fill_members(kept, other, &day::total_steps, &day::interval_ms, &day::steps);
  fill_members(kept, other, &day::zones, &day::inactivity_stamps);
}

} // namespace

bool is_same_training(const exercise& left, const exercise& right) {
  return starts_together(left, right) && lasts_as_long(left, right);
}

void complete(night& kept, const night& other) {
  if (!kept.start_time && !kept.end_time)
    fill_members(kept, other, &night::start_time, &night::end_time, &night::utc_offset_minutes,
                 &night::hypnogram);
  fill_members(kept, other, &night::device_id, &night::light_sleep_s, &night::deep_sleep_s,
               &night::rem_sleep_s, &night::unrecognized_sleep_s, &night::interruptions_s,
               &night::short_interruptions_s, &night::long_interruptions_s, &night::sleep_goal_s,
               &night::sleep_score, &night::sleep_rating, &night::sleep_charge,
               &night::sleep_cycles, &night::continuity, &night::continuity_class,
               &night::group_duration_score, &night::group_solidity_score,
               &night::group_regeneration_score, &night::heart_rate_samples);
}

void complete(nightly_recharge& kept, const nightly_recharge& other) {
  using night = nightly_recharge;
  fill_members(kept, other, &night::heart_rate_avg_bpm, &night::beat_to_beat_avg_ms,
               &night::hrv_rmssd_ms, &night::breathing_rate_avg_per_min, &night::recharge_status,
               &night::ans_charge, &night::ans_charge_status, &night::hrv_samples_ms,
               &night::breathing_samples_per_min);
}

void complete(heart_rate_day& kept, const heart_rate_day& other) {
  std::vector<heart_rate_sample> samples;
  samples.reserve(kept.samples.size() + other.samples.size());
  // Of equals, those of the first list come first, and `unique` leaves the first.
  std::ranges::merge(kept.samples, other.samples, std::back_inserter(samples), {},
                     &heart_rate_sample::second, &heart_rate_sample::second);
  const auto repeated = std::ranges::unique(samples, {}, &heart_rate_sample::second);
  samples.erase(repeated.begin(), repeated.end());
  kept.samples = std::move(samples);
}

void complete(activity_day& kept, const activity_day& other) {
  // Nothing is less than any number of steps.
  if (kept.steps < other.steps)
    fill_day(kept, std::exchange(kept, other));
  else
    fill_day(kept, other);
}

void complete(activity_sample_day& kept, const activity_sample_day& other) {
  if (kept.total_steps < other.total_steps)
    fill_samples(kept, std::exchange(kept, other));
  else
    fill_samples(kept, other);
}

} // namespace polar_flow::polar
