#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"activities", "start_time", "date"};

/// Metres of one day, percent of one day's goal: more is not a reading.
constexpr value_range distance_m_range{0, 1'000'000};
constexpr value_range goal_percent_range{0, 100'000};

/// A summary has no date of its own; the day is that of its start, which is local time although
/// Polar's documentation says UTC.
readable<activity_day> read_day(const object_view& item) {
  auto day = item.day("start_time");
  if (!day)
    day = item.day("date");
  if (!day)
    return std::unexpected{"start_time"};
  activity_day record;
  record.day = *day;
  record.start_time = item.wall_time("start_time");
  record.end_time = item.wall_time("end_time");
  record.steps = item.integer("steps");
  record.distance_m = item.number("distance_from_steps", distance_m_range);
  record.calories_total_kcal = item.integer("calories");
  record.calories_active_kcal = item.integer("active_calories");
  record.active_s = item.whole_duration_s("active_duration");
  record.inactive_s = item.whole_duration_s("inactive_duration");
  record.daily_activity_percent = item.number("daily_activity", goal_percent_range);
  record.inactivity_alerts = item.integer("inactivity_alert_count");
  return record;
}

} // namespace

result<std::vector<activity_day>> read_activity(std::string_view body) {
  return read_records(body, shape, &activity_day::day, read_day);
}

} // namespace polar_flow::polar
