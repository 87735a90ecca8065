#include "polar/flow_export/session.hpp"

#include <algorithm>

namespace polar_flow::polar {

namespace {

constexpr std::string_view not_available = "NOT_AVAILABLE";
constexpr std::string_view interpretation_prefix = "LOAD_INTERPRETATION_";

constexpr value_range latitude_range{-90, 90};
constexpr value_range longitude_range{-180, 180};

/// Points of one route: four days at one per second. What follows is left out.
constexpr std::size_t route_points_max = 345'600;

/// A session is at most a multisport event of some parts; these are the parts that are read.
constexpr std::size_t exercises_max = 100;

std::optional<std::string> read_interpretation(const object_view& loads, std::string_view name) {
  auto text = loads.text(name);
  if (text && text->starts_with(interpretation_prefix))
    text->erase(0, interpretation_prefix.size());
  return text;
}

/// A load of 0 is a real one unless its interpretation says that there is none.
std::optional<double> read_load(const object_view& loads, std::string_view name,
                                const std::optional<std::string>& interpretation) {
  const auto load = loads.number(name, load_range);
  return load == 0.0 && interpretation == not_available ? std::nullopt : load;
}

bool has_same_limits(const heart_rate_zone& left, const heart_rate_zone& right) {
  return left.lower_limit_bpm == right.lower_limit_bpm
         && left.upper_limit_bpm == right.upper_limit_bpm;
}

} // namespace

instant session_start::moment() const {
  const std::chrono::minutes offset{utc_offset_minutes.value_or(0)};
  return instant{time.time_since_epoch() - offset};
}

std::optional<session_start> read_session_start(const object_view& session,
                                                const std::vector<object_view>& exercises,
                                                std::string_view offset_name,
                                                std::string_view exercise_offset_name) {
  auto time = session.wall_time("startTime");
  auto offset = session.integer(offset_name, utc_offset_minutes_range);
  if (!exercises.empty()) {
    if (!time)
      time = exercises.front().wall_time("startTime");
    if (!offset)
      offset = exercises.front().integer(exercise_offset_name, utc_offset_minutes_range);
  }
  return time ? std::optional{session_start{*time, offset}} : std::nullopt;
}

std::vector<object_view> exercises_of(const object_view& session) {
  std::vector<object_view> exercises;
  if (const auto* list = session.list("exercises"))
    for (const auto& item : *list)
      if (const object_view view{item}; view.exists() && exercises.size() < exercises_max)
        exercises.push_back(view);
  return exercises;
}

std::optional<training_load_pro> read_export_load(const object_view& loads) {
  if (loads.is_empty())
    return std::nullopt;
  training_load_pro record;
  record.cardio_load_interpretation = read_interpretation(loads, "cardioLoadInterpretation");
  record.muscle_load_interpretation = read_interpretation(loads, "muscleLoadInterpretation");
  record.perceived_load_interpretation = read_interpretation(loads, "perceivedLoadInterpretation");
  record.cardio_load = read_load(loads, "cardioLoad", record.cardio_load_interpretation);
  record.muscle_load = read_load(loads, "muscleLoad", record.muscle_load_interpretation);
  record.perceived_load = read_load(loads, "perceivedLoad", record.perceived_load_interpretation);
  record.user_rpe = loads.text("sessionRpe");
  return record;
}

std::vector<heart_rate_zone>
merge_zones(const std::vector<std::vector<heart_rate_zone>>& all_zones) {
  std::vector<heart_rate_zone> merged;
  for (const auto& zones : all_zones) {
    if (zones.empty())
      continue;
    if (merged.empty()) {
      merged = zones;
      continue;
    }
    if (!std::ranges::equal(merged, zones, has_same_limits))
      return {};
    for (std::size_t index = 0; index < zones.size(); ++index)
      if (zones[index].in_zone_s)
        merged[index].in_zone_s = merged[index].in_zone_s.value_or(0) + *zones[index].in_zone_s;
  }
  return merged;
}

void add_route_point(std::vector<route_point>& route, const object_view& point, double time_s) {
  const auto latitude = point.number("latitude", latitude_range);
  const auto longitude = point.number("longitude", longitude_range);
  if (latitude && longitude && route.size() < route_points_max)
    route.push_back({.latitude = *latitude,
                     .longitude = *longitude,
                     .time_s = time_s,
                     .satellites = std::nullopt,
                     .fix = std::nullopt});
}

void finish_session(const session_start& start, session_axis& axis, exercise& record) {
  record.start_time = start.moment();
  record.utc_offset_minutes = start.utc_offset_minutes;
  record.is_detailed = true;
  record.samples = axis.take();
  record.has_route = !record.route.empty();
  if (record.load_pro)
    record.training_load = record.load_pro->cardio_load;
}

} // namespace polar_flow::polar
