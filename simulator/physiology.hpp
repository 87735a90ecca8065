#pragma once

#include "simulator/athlete.hpp"
#include "simulator/polar_text.hpp"

#include <vector>

/// The body behind the numbers. Sources:
/// * training load builds fitness (42 days) and fatigue (7 days) as exponentially fading sums:
///   Banister, Calvert, Savage and Bach 1975; Morton, Fitz-Clarke and Banister 1990;
/// * ln rMSSD falls after heavy load and recovers within days, its day-to-day coefficient of
///   variation is 3 to 8 %, the resting heart rate answers the other way: Plews et al. 2013,
///   Buchheit 2014, Stanley, Peake and Buchheit 2013;
/// * short sleep lowers it and raises the heart rate: Tobaldini et al. 2017;
/// * an infection lifts heart rate and breathing rate before the symptoms: Radin et al. 2020,
///   Mishra et al. 2020, Miller et al. 2020.
namespace polar_flow::simulator {

/// When a night begins and how long it lasts, in the 30-second epochs of sleep staging.
struct night_timing {
  wall_time start;
  int epochs = 0;
  /// Hours asleep more (or less) than this person needs.
  double surplus_h = 0;

  wall_time end() const {
    return start + std::chrono::seconds{30 * epochs};
  }
};

/// The night that ends on the morning of `wake_day`.
night_timing night_before(const athlete& who, date wake_day);

/// Whether the watch recorded that night.
bool is_night_recorded(const athlete& who, date wake_day);

/// The state on the morning of a day.
struct condition {
  date day;
  /// Fading sums of the load up to the day before, per day and relative to the usual load.
  double fitness = 0;
  double fatigue = 0;
  double illness_severity = 0;
  double ln_rmssd = 0;
  double heart_rate_bpm = 0;
  double breaths_per_minute = 0;
  /// Polar's ANS charge, -10 to +10, before rounding.
  double ans_charge = 0;
};

/// One per day of `range`. Looks back a bounded number of days, so the answer for a day never
/// depends on the range it is asked with.
std::vector<condition> conditions(const athlete& who, const date_range& range);

} // namespace polar_flow::simulator
