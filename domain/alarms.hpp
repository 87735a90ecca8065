#pragma once

#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// What is going wrong with somebody: an illness that begins, a week that is too much. How each is
/// found, and the sources, are in analytics/illness_sentinel.hpp and overload_watch.hpp.
namespace polar_flow {

// -- illness -----------------------------------------------------------------------------------

enum class illness_state : std::uint8_t {
  /// Too few nights to know what is usual.
  learning,
  well,
  /// Last night was unusual; one night is no alarm unless it is very unusual.
  suspected,
  /// The alarm: several signals together have left the person's own range.
  ill,
  /// The first ordinary night after that; a second one in a row ends the episode.
  recovering,
};
std::string_view to_string(illness_state state);

/// A signal of the newest night beside what is usual for this person.
struct signal_standing {
  double value = 0;
  double usual = 0;
  /// Of single nights around the usual; comparable with a standard deviation.
  double spread = 0;
  /// (value − usual) / spread, turned so that positive is what an infection does.
  double deviation = 0;

  bool operator==(const signal_standing&) const = default;
};

struct illness_standing {
  /// The newest night, if it is at most three days old; without it nothing else is there.
  std::optional<date> as_of;
  illness_state state = illness_state::learning;
  /// The night with which the state began; of `ill` and `recovering`, that of the alarm.
  std::optional<date> since;
  /// All signals of the night together, in the person's own spreads of that.
  std::optional<double> evidence;
  std::optional<signal_standing> heart_rate_bpm;
  /// Of ln(rMSSD/ms); it falls in an infection.
  std::optional<signal_standing> hrv_ln;
  std::optional<signal_standing> breaths_per_minute;
  std::optional<signal_standing> skin_temperature_celsius;
  /// Alarms of the 365 days before `as_of`, that day included.
  std::int32_t alarms_last_year = 0;

  bool operator==(const illness_standing&) const = default;
};

// -- overload ----------------------------------------------------------------------------------

enum class overload_state : std::uint8_t {
  /// Too few training days are known to compare this week with.
  learning,
  usual,
  /// The last seven days are far more than this person is used to, and the heart shows it.
  overload,
};
std::string_view to_string(overload_state state);

struct overload_standing {
  /// The newest finished day whose load is known, if it is at most three days old.
  std::optional<date> as_of;
  overload_state state = overload_state::learning;
  std::optional<date> since;
  /// Mean daily load of the 7 days that end with `as_of`.
  std::optional<double> week_load;
  /// Mean daily load of the 28 days before these.
  std::optional<double> usual_load;
  /// week / usual
  std::optional<double> ratio;
  /// How far ln(ratio) is from what is usual for this person, in spreads.
  std::optional<double> deviation;
  /// What the heart says to it: mean deviation of heart rate and HRV over the nights since the
  /// morning before `as_of`, positive under strain.
  std::optional<double> strain;

  bool operator==(const overload_standing&) const = default;
};

struct alarms {
  illness_standing illness;
  overload_standing overload;

  bool operator==(const alarms&) const = default;
};

} // namespace polar_flow
