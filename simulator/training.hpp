#pragma once

#include "simulator/athlete.hpp"
#include "simulator/polar_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace polar_flow::simulator {

enum class session_kind : std::uint8_t {
  easy_run,
  long_run,
  intervals,
  tempo_run,
  treadmill_run,
  ride,
  long_ride,
  indoor_ride,
  strength,
  mobility,
  walk,
};

/// What all sessions of a kind have in common.
struct session_traits {
  const char* sport;
  const char* detailed_sport;
  /// Mean intensity as a part of the heart rate reserve, and its peak.
  double intensity;
  double intensity_peak;
  double length_min;
  /// Speed relative to the athlete's easy running speed; 0 means that nothing measures distance.
  double speed;
  bool has_route;
  bool is_run;
  double steps_per_minute;
};

const session_traits& traits_of(session_kind kind);

/// One training session, complete but for its second-by-second samples.
struct session {
  session_kind kind{};
  /// 0 for the first session of a day.
  int number = 0;
  wall_time start;
  std::chrono::milliseconds length{0};
  int heart_rate_average_bpm = 0;
  int heart_rate_max_bpm = 0;
  std::optional<double> distance_m;
  int calories_kcal = 0;
  /// Banister's training impulse.
  double load = 0;
  /// When the watch reached Polar's servers.
  std::chrono::sys_seconds uploaded;

  wall_time end() const {
    return start + std::chrono::ceil<std::chrono::seconds>(length);
  }
};

/// Sessions that start on `day`, in order of their start.
std::vector<session> sessions_on(const athlete& who, date day);

/// Eight letters and digits, as Polar's hashed ids.
std::string exercise_id(const athlete& who, const session& done);

/// Sum of their loads.
double load_on(const athlete& who, date day);

/// Mean daily load over half a year.
double mean_planned_load(const athlete& who);

/// Banister's training impulse: minutes × reserve × weight of the intensity (Banister 1991;
/// weights of Morton, Fitz-Clarke and Banister 1990). Polar's cardio load follows it closely.
double training_impulse(const athlete& who, double length_min, double heart_rate_bpm);

} // namespace polar_flow::simulator
