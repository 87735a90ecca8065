#pragma once

#include "domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace polar_flow::simulator {

/// The id of the first athlete; the others follow without gaps.
inline constexpr std::int64_t first_athlete_id = 10'000'001;

/// What a training week is made of.
enum class discipline : std::uint8_t { runner, cyclist, gym_goer };

/// Everything about a person that does not change from day to day.
struct athlete {
  std::int64_t id = 0;
  /// Start of all draws for this person.
  std::uint64_t seed = 0;
  bool is_female = false;
  date birthday;
  double weight_kg = 0;
  double height_cm = 0;
  std::chrono::minutes utc_offset{0};
  double heart_rate_max_bpm = 0;
  /// Awake and seated; the lower end of the heart rate reserve.
  double heart_rate_rest_bpm = 0;
  /// Mean of the first hours of a usual night.
  double heart_rate_night_bpm = 0;
  /// Natural logarithm of the usual nightly RMSSD in milliseconds.
  double ln_rmssd = 0;
  double breaths_per_minute = 0;
  std::chrono::minutes sleep_need{0};
  std::chrono::minutes sleep_goal{0};
  /// Usual bedtime before a working day, counted from midnight (negative: the evening before).
  std::chrono::minutes bedtime{0};
  discipline trains_as = discipline::runner;
  /// Scales the length of every session.
  double training_volume = 1.0;
  double running_speed_mps = 0;
  /// Mean daily training load: what this person is used to.
  double usual_load = 0;
  std::string device;
  std::string device_id;
};

athlete make_athlete(std::uint64_t seed, std::int64_t id);

} // namespace polar_flow::simulator
