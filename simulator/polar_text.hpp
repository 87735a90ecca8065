#pragma once

#include "domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <string>

/// Times and durations written the way Polar writes them, which differs from field to field.
namespace polar_flow::simulator {

/// A reading of the athlete's wall clock.
using wall_time = std::chrono::local_seconds;

/// Midnight at which `day` begins on the wall clock.
inline wall_time midnight(date day) {
  return wall_time{day.time_since_epoch()};
}

inline date day_of(wall_time reading) {
  return date{std::chrono::floor<std::chrono::days>(reading).time_since_epoch()};
}

inline wall_time to_wall(instant moment, std::chrono::minutes utc_offset) {
  const auto shifted = std::chrono::floor<std::chrono::seconds>(moment) + utc_offset;
  return wall_time{shifted.time_since_epoch()};
}

inline std::chrono::sys_seconds to_utc(wall_time reading, std::chrono::minutes utc_offset) {
  return std::chrono::sys_seconds{reading.time_since_epoch() - utc_offset};
}

/// `HH:MM`: the keys of hypnograms and sample maps.
std::string minute_key(wall_time reading);

/// `YYYY-MM-DDTHH:MM[:SS]`, seconds dropped when zero: activities.
std::string short_stamp(wall_time reading);

/// `YYYY-MM-DDTHH:MM:SS`: start of an exercise.
std::string full_stamp(wall_time reading);

/// `YYYY-MM-DDTHH:MM:SS±HH:MM`: start and end of a night.
std::string offset_stamp(wall_time reading, std::chrono::minutes utc_offset);

/// `YYYY-MM-DDTHH:MM:SSZ`: upload time.
std::string utc_stamp(std::chrono::sys_seconds moment);

/// `YYYY-MM-DDTHH:MM:SS` in UTC but without saying so: SleepWise and biosensing.
std::string bare_utc_stamp(std::chrono::sys_seconds moment);

/// `PT1H29M13S` with zero parts left out, `PT0S` for nothing: activities and zones.
std::string split_duration(std::chrono::seconds length);

/// `PT6917.941S`: exercises. Whole seconds have no fraction.
std::string plain_duration(std::chrono::milliseconds length);

/// The link that most resources carry.
std::string user_link(std::int64_t athlete_id);

} // namespace polar_flow::simulator
