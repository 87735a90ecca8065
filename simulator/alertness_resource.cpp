#include "simulator/day_list.hpp"
#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"
#include "simulator/night.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::hours;

/// The alertness after one sleep, until the next bedtime.
struct alertness {
  date wake_day;
  night_timing slept;
  wall_time end;
  bool is_history = false;
  double grade = 0;
};

/// Bedtime as it can be expected: that of every such day.
wall_time expected_bedtime(const athlete& who, date day) {
  const bool is_before_weekend = std::chrono::weekday{day + days{1}}.iso_encoding() >= 6;
  return midnight(day + days{1}) + who.bedtime + std::chrono::minutes{is_before_weekend ? 40 : 0};
}

/// Sleep of the last nights and health make the grade; the last night weighs most.
double grade_of(const athlete& who, date wake_day) {
  draw numbers{who.seed, wake_day.time_since_epoch().count(), topic::sleepwise};
  double grade = 7.6 + 0.4 * numbers.normal() - 2.5 * illness_severity(who, wake_day);
  constexpr std::array<double, 4> weights{0.9, 0.5, 0.3, 0.2};
  for (std::size_t age = 0; age < weights.size(); ++age)
    grade += weights[age]
             * std::clamp(night_before(who, wake_day - days{static_cast<int>(age)}).surplus_h, -4.0,
                          1.5);
  return rounded(std::clamp(grade, 0.5, 10.0), 1);
}

alertness make_alertness(const data_request& ask, date wake_day) {
  const auto& who = ask.who;
  alertness made{wake_day, night_before(who, wake_day), expected_bedtime(who, wake_day), false,
                 grade_of(who, wake_day)};
  // The prediction becomes history when the next sleep has begun, under the same start.
  const auto next = night_before(who, wake_day + days{1}).start;
  made.is_history = std::max(next, made.end) <= ask.wall_now();
  if (made.is_history && is_night_recorded(who, wake_day + days{1}))
    made.end = next;
  return made;
}

std::string_view level_of(double value) {
  constexpr std::array<std::pair<double, std::string_view>, 4> bounds{
      {{1.5, "ALERTNESS_LEVEL_MINIMAL"},
       {3.5, "ALERTNESS_LEVEL_VERY_LOW"},
       {5.5, "ALERTNESS_LEVEL_LOW"},
       {8.0, "ALERTNESS_LEVEL_HIGH"}}};
  for (const auto& [bound, name] : bounds) {
    if (value < bound)
      return name;
  }
  return "ALERTNESS_LEVEL_VERY_HIGH";
}

/// Two processes (Borbély 1982): the pressure to sleep rises with the time awake, the clock in the
/// body lifts the early evening and lowers the early afternoon.
double value_at(const alertness& made, wall_time when) {
  using std::numbers::pi;
  const double awake_h = static_cast<double>((when - made.slept.end()).count()) / 3600.0;
  const double clock_h = static_cast<double>((when - midnight(made.wake_day)).count()) / 3600.0;
  const double inertia = 2.0 * std::exp(-awake_h / 0.6);
  const double rhythm = 1.1 * std::cos(2.0 * pi * (clock_h - 17.5) / 24.0)
                        + 0.5 * std::cos(2.0 * pi * (clock_h - 21.0) / 12.0);
  return made.grade + rhythm - inertia - 0.2 * std::max(0.0, awake_h - 3.0);
}

std::string utc(const data_request& ask, wall_time when) {
  return bare_utc_stamp(to_utc(when, ask.who.utc_offset));
}

json::array make_hours(const data_request& ask, const alertness& made) {
  json::array found;
  auto start = std::chrono::ceil<std::chrono::minutes>(made.slept.end());
  const wall_time last = std::chrono::floor<std::chrono::minutes>(made.end);
  for (wall_time from = start; from < last;) {
    const auto to = std::min<wall_time>(std::chrono::floor<hours>(from) + hours{1}, last);
    found.push_back({{"validity", made.is_history ? "VALIDITY_VALID" : "VALIDITY_ESTIMATE"},
                     {"alertness_level", level_of(value_at(made, from))},
                     {"start_time", utc(ask, from)},
                     {"end_time", utc(ask, to)}});
    from = to;
  }
  return found;
}

std::string_view classification_of(double grade) {
  return grade < 4.0   ? "GRADE_CLASSIFICATION_WEAK"
         : grade < 6.0 ? "GRADE_CLASSIFICATION_FAIR"
         : grade < 8.5 ? "GRADE_CLASSIFICATION_STRONG"
                       : "GRADE_CLASSIFICATION_EXCELLENT";
}

/// Whoever is torn out of deep sleep needs longest to wake up.
std::string_view inertia_of(const athlete& who, date wake_day) {
  constexpr std::array<std::string_view, 4> names{"SLEEP_INERTIA_NO_INERTIA", "SLEEP_INERTIA_MILD",
                                                  "SLEEP_INERTIA_MODERATE", "SLEEP_INERTIA_HEAVY"};
  draw numbers{who.seed + 1, wake_day.time_since_epoch().count(), topic::sleepwise};
  const double drawn = numbers.uniform();
  return names[drawn < 0.35 ? 0 : drawn < 0.8 ? 1 : drawn < 0.96 ? 2 : 3];
}

/// Polar shows hundredths of a second here.
std::string with_hundredths(std::string stamp, const athlete& who, date day) {
  const auto hundredths = static_cast<int>(
      (who.seed + static_cast<std::uint64_t>(day.time_since_epoch().count())) % 100);
  if (hundredths == 0)
    return stamp;
  return stamp + (hundredths < 10 ? ".0" : ".") + std::to_string(hundredths);
}

json::object make_body(const data_request& ask, date wake_day) {
  const auto& who = ask.who;
  const auto made = make_alertness(ask, wake_day);
  const auto valid_for = made.end - std::chrono::ceil<std::chrono::minutes>(made.slept.end());
  return {{"grade", made.grade},
          {"grade_validity_seconds", valid_for.count()},
          {"grade_type", "GRADE_TYPE_PRIMARY"},
          {"grade_classification", classification_of(made.grade)},
          {"validity", made.is_history ? "VALIDITY_VALID" : "VALIDITY_ESTIMATE"},
          {"sleep_inertia", inertia_of(who, wake_day)},
          {"sleep_type", "SLEEP_TYPE_PRIMARY"},
          {"result_type", made.is_history ? "ALERTNESS_TYPE_HISTORY" : "ALERTNESS_TYPE_PREDICTION"},
          {"period_start_time", utc(ask, made.slept.start)},
          {"period_end_time", utc(ask, made.end)},
          {"sleep_period_start_time", with_hundredths(utc(ask, made.slept.start), who, wake_day)},
          {"sleep_period_end_time", with_hundredths(utc(ask, made.slept.end()), who, wake_day)},
          {"sleep_timezone_offset_minutes", who.utc_offset.count()},
          {"hourly_data", make_hours(ask, made)}};
}

} // namespace

response list_alertness(const data_request& ask) {
  return list_visible_days(ask, ask.recent(), is_sleepwise_visible, make_body);
}

response list_alertness_range(const data_request& ask) {
  const auto range = requested_range(ask, required_four_weeks);
  return range ? list_visible_days(ask, *range, is_sleepwise_visible, make_body) : range.error();
}

} // namespace polar_flow::simulator
