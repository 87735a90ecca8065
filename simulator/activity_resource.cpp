#include "simulator/json_text.hpp"
#include "simulator/movement.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr days activity_reach{365};
constexpr days activity_range_max{28};

/// The first day of wearing begins when the watch is unpacked.
constexpr minutes unpacking_time{12 * 60 + 36};

/// What meets the activity goal of a day; recorded days of 10,000 steps show 60 to 70 %.
constexpr double goal_effort_min = 900.0;

/// The part of a day that has been seen, from `first_slot` up to `end_slot`.
struct seen_day {
  date day;
  movement moved;
  int first_slot = 0;
  int end_slot = 0;
  wall_time start;
  wall_time end;
};

seen_day see(const data_request& ask, date day) {
  seen_day seen{day,           make_movement(ask.who, day),    0, slots_per_day,
                midnight(day), midnight(day) + seconds{86'399}};
  if (day == ask.first_day) {
    seen.start += unpacking_time;
    seen.first_slot = static_cast<int>(seconds{unpacking_time}.count() / slot_s);
  }
  if (day == ask.today()) {
    seen.end = std::max<wall_time>(seen.start, std::chrono::floor<minutes>(ask.wall_now()));
    seen.end_slot = static_cast<int>((seen.end - midnight(day)).count() / slot_s);
  }
  return seen;
}

struct day_sums {
  seconds active{0};
  seconds inactive{0};
  int steps = 0;
  int alerts = 0;
  /// Metabolic equivalents above rest, times minutes.
  double effort_min = 0;
};

/// Compendium of physical activities (Ainsworth et al. 2011): light about 2.2 times the
/// metabolism at rest, moderate 4.3, vigorous 9.
double effort_of(activity_zone zone) {
  switch (zone) {
  case activity_zone::light:
    return 1.2;
  case activity_zone::moderate:
    return 3.3;
  case activity_zone::vigorous:
    return 8.0;
  case activity_zone::sleep:
  case activity_zone::sedentary:
  case activity_zone::non_wear:
    return 0.0;
  }
  return 0.0;
}

day_sums add_up(const seen_day& seen) {
  day_sums sums;
  for (int slot = seen.first_slot; slot < seen.end_slot; ++slot) {
    const auto zone = seen.moved.slots[static_cast<std::size_t>(slot)];
    const double effort = effort_of(zone);
    sums.effort_min += effort * slot_s / 60.0;
    if (effort > 0.0)
      sums.active += seconds{slot_s};
    else if (zone == activity_zone::sedentary)
      sums.inactive += seconds{slot_s};
  }
  for (int minute = seen.first_slot / 2; minute < seen.end_slot / 2; ++minute)
    sums.steps += seen.moved.steps[static_cast<std::size_t>(minute)];
  sums.alerts =
      static_cast<int>(std::ranges::count_if(seen.moved.inactivity_stamps, [&](int minute) {
        return minute >= seen.first_slot / 2 && minute < seen.end_slot / 2;
      }));
  return sums;
}

/// Mifflin, St Jeor et al. 1990.
double basal_kcal_per_day(const athlete& who, date day) {
  const double age_years = static_cast<double>((day - who.birthday).count()) / 365.25;
  return 10.0 * who.weight_kg + 6.25 * who.height_cm - 5.0 * age_years
         + (who.is_female ? -161.0 : 5.0);
}

json::object make_steps(const seen_day& seen, int total) {
  json::array samples;
  std::optional<int> previous;
  for (int minute = seen.first_slot / 2; minute < seen.end_slot / 2; ++minute) {
    const int steps = seen.moved.steps[static_cast<std::size_t>(minute)];
    // Equal values in a row are sent once.
    if (previous == steps)
      continue;
    previous = steps;
    const auto when = midnight(seen.day) + minutes{minute};
    samples.push_back({{"steps", steps}, {"timestamp", short_stamp(when)}});
  }
  return {{"interval_ms", 60'000}, {"total_steps", total}, {"samples", std::move(samples)}};
}

json::object make_zones(const seen_day& seen) {
  json::array samples;
  std::optional<activity_zone> current;
  for (int slot = seen.first_slot; slot < seen.end_slot; ++slot) {
    const auto zone = seen.moved.slots[static_cast<std::size_t>(slot)];
    if (current == zone)
      continue;
    current = zone;
    const auto when = midnight(seen.day) + seconds{slot * slot_s};
    samples.push_back({{"timestamp", short_stamp(when)}, {"zone", to_string(zone)}});
  }
  return {{"samples", std::move(samples)}};
}

json::array make_stamps(const seen_day& seen) {
  json::array stamps;
  for (const int minute : seen.moved.inactivity_stamps) {
    if (minute >= seen.first_slot / 2 && minute < seen.end_slot / 2)
      stamps.push_back(json::object{{"stamp", short_stamp(midnight(seen.day) + minutes{minute})}});
  }
  return stamps;
}

struct wanted_samples {
  bool steps = false;
  bool zones = false;
  bool stamps = false;

  bool any() const {
    return steps || zones || stamps;
  }
};

wanted_samples wanted_by(const data_request& ask) {
  return {ask.has_flag("steps"), ask.has_flag("activity_zones"), ask.has_flag("inactivity_stamps")};
}

json::object make_samples(const seen_day& seen, const day_sums& sums, wanted_samples wanted) {
  json::object body{{"date", format_date(seen.day)}};
  if (wanted.steps)
    body["steps"] = make_steps(seen, sums.steps);
  if (wanted.zones)
    body["activity_zones"] = make_zones(seen);
  if (wanted.stamps)
    body["inactivity_stamps"] = make_stamps(seen);
  return body;
}

json::object make_summary(const data_request& ask, date day) {
  const auto& who = ask.who;
  const auto seen = see(ask, day);
  const auto sums = add_up(seen);
  const double part_of_day = static_cast<double>(seen.end_slot - seen.first_slot) / slots_per_day;
  const double active_kcal = sums.effort_min / 60.0 * who.weight_kg;
  const double stride_m = 0.0034 * who.height_cm;
  json::object body{
      {"start_time", short_stamp(seen.start)},
      {"end_time", short_stamp(seen.end)},
      {"active_duration", split_duration(sums.active)},
      {"inactive_duration", split_duration(sums.inactive)},
      {"daily_activity", rounded(100.0 * sums.effort_min / goal_effort_min, 2)},
      {"calories", static_cast<int>(basal_kcal_per_day(who, day) * part_of_day + active_kcal)},
      {"active_calories", static_cast<int>(active_kcal)},
      {"steps", sums.steps},
      {"inactivity_alert_count", sums.alerts},
      {"distance_from_steps", rounded(sums.steps * stride_m, 2)},
  };
  if (const auto wanted = wanted_by(ask); wanted.any())
    body["samples"] = make_samples(seen, sums, wanted);
  return body;
}

json::object make_sample_day(const data_request& ask, date day) {
  const auto seen = see(ask, day);
  return make_samples(seen, add_up(seen), {true, true, true});
}

using day_maker = json::object (*)(const data_request&, date);

response list_days_of(const data_request& ask, day_maker make) {
  const auto range = requested_range(ask, {activity_reach, activity_range_max});
  if (!range)
    return range.error();
  json::array found;
  for (date day = range->first; day <= range->last; day += days{1}) {
    if (is_day_visible(ask, day))
      found.push_back(make(ask, day));
  }
  return json_response(std::move(found));
}

response show_day(const data_request& ask, day_maker make) {
  const auto day = requested_day(ask, activity_reach);
  if (!day)
    return day.error();
  if (!is_day_visible(ask, *day))
    return empty_response(204);
  return json_response(make(ask, *day));
}

} // namespace

response list_activities(const data_request& ask) {
  return list_days_of(ask, make_summary);
}

response show_activity(const data_request& ask) {
  return show_day(ask, make_summary);
}

response list_activity_samples(const data_request& ask) {
  return list_days_of(ask, make_sample_day);
}

response show_activity_samples(const data_request& ask) {
  return show_day(ask, make_sample_day);
}

} // namespace polar_flow::simulator
