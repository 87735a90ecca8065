#include "polar/flow_export/session.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::polar {

namespace {

constexpr value_range duration_ms_range{0, 86'400'000.0 * 1000};

/// Milliseconds of a route or of a series that are still within a session.
constexpr value_range elapsed_ms_range{0, 86'400'000.0 * 100};

constexpr std::string_view heart_rate_zones = "ZONE_TYPE_HEART_RATE";

struct named_type {
  std::string_view name;
  std::int32_t sample_type;
};

constexpr std::array sample_types{
    named_type{"HEART_RATE", heart_rate_type}, named_type{"SPEED", speed_type},
    named_type{"CADENCE", cadence_type},       named_type{"ALTITUDE", altitude_type},
    named_type{"POWER", power_type},           named_type{"TEMPERATURE", temperature_type},
    named_type{"DISTANCE", distance_type}};

struct known_sport {
  std::int64_t id;
  std::string_view sport;
  std::string_view detailed_sport;
};

/// Polar publishes no list of these numbers; of the others the sources are unsure.
constexpr std::array known_sports{known_sport{1, "RUNNING", "RUNNING"},
                                  known_sport{83, "OTHER", "OTHER_INDOOR"}};

void read_sport(const object_view& session, exercise& record) {
  const auto id = session.object("sport").large_integer("id");
  if (!id)
    return;
  const auto known = std::ranges::find(known_sports, *id, &known_sport::id);
  if (known == known_sports.end()) {
    record.sport = "POLAR_SPORT_" + std::to_string(*id);
    return;
  }
  record.sport = known->sport;
  record.detailed_sport = known->detailed_sport;
}

std::optional<double> seconds_of(const object_view& item, std::string_view name,
                                 value_range range) {
  const auto milliseconds = item.number(name, range);
  return milliseconds ? std::optional{*milliseconds / 1000} : std::nullopt;
}

std::vector<heart_rate_zone> read_zones(const object_view& exercise) {
  std::vector<heart_rate_zone> zones;
  const auto* kinds = exercise.list("zones");
  if (kinds == nullptr)
    return zones;
  for (const auto& item : *kinds) {
    const object_view kind{item};
    const auto* list = kind.list("zones");
    if (kind.text("type") != heart_rate_zones || list == nullptr || !zones.empty())
      continue;
    for (const auto& value : *list) {
      const object_view zone{value};
      zones.push_back({.index = static_cast<std::int32_t>(zones.size()),
                       .lower_limit_bpm = zone.integer("lowerLimit", limit_bpm_range),
                       .upper_limit_bpm = zone.integer("higherLimit", limit_bpm_range),
                       .in_zone_s = seconds_of(zone, "inZone", duration_ms_range)});
    }
  }
  return zones;
}

void read_samples(const object_view& exercise, local_time start, session_axis& axis) {
  const auto* all_series = exercise.object("samples").list("samples");
  if (all_series == nullptr)
    return;
  for (const auto& item : *all_series) {
    const object_view series{item};
    const auto type = series.text("type");
    const auto known = std::ranges::find_if(
        sample_types, [&](const named_type& candidate) { return candidate.name == type; });
    const auto interval_ms = series.integer("intervalMillis");
    const auto* numbers = series.list("values");
    if (known != sample_types.end() && interval_ms && numbers != nullptr)
      axis.add_even(known->sample_type, start, std::chrono::milliseconds{*interval_ms}, *numbers);
  }
}

/// Its points count from a start of its own.
void read_route(const object_view& exercise, local_time start, const session_axis& axis,
                std::vector<route_point>& route) {
  const auto recorded = exercise.object("routes").object("route");
  const auto* points = recorded.list("wayPoints");
  if (points == nullptr)
    return;
  const auto start_s = axis.offset_s(recorded.wall_time("startTime").value_or(start));
  for (const auto& item : *points) {
    const object_view point{item};
    if (const auto elapsed_s = seconds_of(point, "elapsedMillis", elapsed_ms_range))
      add_route_point(route, point, start_s + *elapsed_s);
  }
}

void read_summary(const object_view& session, exercise& record) {
  if (auto id = session.object("identifier").text("id"))
    record.polar_exercise_id = std::move(*id);
  record.duration_s = seconds_of(session, "durationMillis", duration_ms_range);
  record.distance_m = session.number("distanceMeters", distance_m_range);
  record.calories_kcal = session.integer("calories");
  record.average_heart_rate_bpm = session.integer("hrAvg", heart_rate_bpm_range);
  record.max_heart_rate_bpm = session.integer("hrMax", heart_rate_bpm_range);
  record.fat_percent = session.integer("fatPercentage", percent_range);
  record.carbohydrate_percent = session.integer("carboPercentage", percent_range);
  record.protein_percent = session.integer("proteinPercentage", percent_range);
  record.device = session.object("product").text("modelName");
  record.device_id = session.text("deviceId");
  record.load_pro = read_export_load(session.object("trainingLoadReport"));
  read_sport(session, record);
}

} // namespace

std::optional<exercise> read_new_session(const object_view& session) {
  const auto exercises = exercises_of(session);
  const auto start =
      read_session_start(session, exercises, "timezoneOffsetMinutes", "timezoneOffsetMinutes");
  if (!start)
    return std::nullopt;
  exercise record;
  read_summary(session, record);
  // An index of one part of a session is not that of the session.
  if (exercises.size() == 1)
    record.running_index = exercises.front().integer("runningIndex");
  session_axis axis{start->time};
  std::vector<std::vector<heart_rate_zone>> all_zones;
  for (const auto& part : exercises) {
    const auto part_start = part.wall_time("startTime").value_or(start->time);
    read_samples(part, part_start, axis);
    read_route(part, part_start, axis, record.route);
    all_zones.push_back(read_zones(part));
  }
  record.heart_rate_zones = merge_zones(all_zones);
  finish_session(*start, axis, record);
  return record;
}

} // namespace polar_flow::polar
