#include "polar/flow_export/session.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::polar {

namespace {

constexpr value_range rr_interval_s_range{0.001, 60};

/// Beats of one session; a hundred hours at 170 per minute have as many.
constexpr std::size_t rr_values_max = 1'000'000;

struct named_type {
  std::string_view name;
  std::int32_t sample_type;
};

/// The power of the left pedal alone is not the power, and is left out.
constexpr std::array sample_types{
    named_type{"heartRate", heart_rate_type}, named_type{"speed", speed_type},
    named_type{"cadence", cadence_type},      named_type{"altitude", altitude_type},
    named_type{"distance", distance_type},    named_type{"temperature", temperature_type}};

std::vector<timed_value> read_timed_values(const boost::json::array* list) {
  std::vector<timed_value> values;
  if (list == nullptr)
    return values;
  values.reserve(list->size());
  for (const auto& item : *list) {
    const object_view sample{item};
    const auto* value = sample.find("value");
    if (const auto time = sample.wall_time("dateTime"))
      values.push_back({*time, value == nullptr ? std::nullopt : to_number(*value)});
  }
  return values;
}

void read_route(const boost::json::array* points, const session_axis& axis,
                std::vector<route_point>& route) {
  if (points == nullptr)
    return;
  for (const auto& item : *points) {
    const object_view point{item};
    if (const auto time = point.wall_time("dateTime"))
      add_route_point(route, point, axis.offset_s(*time));
  }
}

/// Milliseconds from beat to beat, unknown while the sensor was off.
void read_intervals(const boost::json::array* beats, sample_series& intervals) {
  if (beats == nullptr)
    return;
  for (const auto& item : *beats) {
    const object_view beat{item};
    const auto seconds = beat.duration_s("duration");
    const bool is_known = seconds && rr_interval_s_range.least <= *seconds
                          && *seconds <= rr_interval_s_range.most && beat.flag("offline") != true;
    if (intervals.values.size() < rr_values_max)
      intervals.values.push_back(is_known ? std::optional{*seconds * 1000} : std::nullopt);
  }
}

std::vector<heart_rate_zone> read_zones(const boost::json::array* list) {
  std::vector<heart_rate_zone> zones;
  if (list == nullptr)
    return zones;
  for (const auto& item : *list) {
    const object_view zone{item};
    zones.push_back({.index = static_cast<std::int32_t>(zones.size()),
                     .lower_limit_bpm = zone.integer("lowerLimit", limit_bpm_range),
                     .upper_limit_bpm = zone.integer("higherLimit", limit_bpm_range),
                     .in_zone_s = zone.duration_s("inZone")});
  }
  return zones;
}

/// The sport that all exercises have; a session of several sports has none of them.
std::optional<std::string> common_sport(const std::vector<object_view>& exercises) {
  if (exercises.empty())
    return std::nullopt;
  auto sport = exercises.front().text("sport");
  const bool is_common = std::ranges::all_of(
      exercises, [&](const object_view& part) { return part.text("sport") == sport; });
  return is_common ? sport : std::nullopt;
}

void read_summary(const object_view& session, exercise& record) {
  record.duration_s = session.duration_s("duration");
  record.distance_m = session.number("distance", distance_m_range);
  record.calories_kcal = session.integer("kiloCalories");
  record.average_heart_rate_bpm = session.integer("averageHeartRate", heart_rate_bpm_range);
  record.max_heart_rate_bpm = session.integer("maximumHeartRate", heart_rate_bpm_range);
  record.device_id = session.text("deviceId");
  record.load_pro = read_export_load(session.object("loadInformation"));
}

} // namespace

std::optional<exercise> read_old_session(const object_view& session) {
  const auto exercises = exercises_of(session);
  const auto start = read_session_start(session, exercises, "timeZoneOffset", "timezoneOffset");
  if (!start)
    return std::nullopt;
  exercise record;
  read_summary(session, record);
  record.sport = common_sport(exercises);
  session_axis axis{start->time};
  sample_series intervals;
  intervals.sample_type = rr_interval_type;
  std::vector<std::vector<heart_rate_zone>> all_zones;
  for (const auto& part : exercises) {
    const auto samples = part.object("samples");
    for (const auto& [name, sample_type] : sample_types)
      axis.add_timed(sample_type, read_timed_values(samples.list(name)));
    read_route(samples.list("recordedRoute"), axis, record.route);
    read_intervals(samples.list("rr"), intervals);
    all_zones.push_back(read_zones(part.object("zones").list("heart_rate")));
  }
  record.heart_rate_zones = merge_zones(all_zones);
  finish_session(*start, axis, record);
  if (!intervals.values.empty())
    record.samples.push_back(std::move(intervals));
  return record;
}

} // namespace polar_flow::polar
