#include "simulator/draw.hpp"
#include "simulator/exercise_series.hpp"
#include "simulator/json_text.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::seconds;

/// Uploads stay in the list so long.
constexpr days exercise_reach{30};
/// Sessions are uploaded at most so long after they began.
constexpr days upload_delay_max{3};

/// Limits of Polar's five zones as parts of the maximum heart rate.
constexpr std::array<double, 6> zone_limits{0.5, 0.6, 0.7, 0.8, 0.9, 1.0};

/// Sessions of the kind that is recorded with an arm band instead of the watch.
bool is_arm_band(const session& done) {
  return done.kind == session_kind::strength;
}

std::string_view cardio_interpretation(double relative_load) {
  constexpr std::array<std::pair<double, std::string_view>, 4> bounds{
      {{0.6, "VERY_LOW"}, {0.9, "LOW"}, {1.5, "MEDIUM"}, {2.5, "HIGH"}}};
  for (const auto& [bound, name] : bounds) {
    if (relative_load < bound)
      return name;
  }
  return "VERY_HIGH";
}

json::object make_training_load(const athlete& who, const session& done) {
  const auto& common = traits_of(done.kind);
  const bool has_power = common.is_run && common.has_route;
  draw numbers{who.seed + static_cast<std::uint64_t>(done.number),
               day_of(done.start).time_since_epoch().count(), topic::exercise_series};
  const bool is_rated = numbers.chance(0.15);
  const double length_min = static_cast<double>(done.length.count()) / 60'000.0;
  return {{"cardio-load", done.load},
          {"cardio-load-interpretation", cardio_interpretation(done.load / who.usual_load)},
          {"muscle-load", has_power ? six_digits(done.load * 9.3) : -1.0},
          {"muscle-load-interpretation", has_power ? "MEDIUM" : "NOT_AVAILABLE"},
          {"perceived-load", is_rated ? six_digits(length_min * 5.0) : 0.0},
          {"perceived-load-interpretation", is_rated ? "MEDIUM" : "NOT_AVAILABLE"},
          {"user-rpe", is_rated ? "RPE_MODERATE" : "UNKNOWN"}};
}

json::array make_zones(const athlete& who, const std::vector<int>& heart_rate_bpm) {
  json::array zones;
  for (std::size_t i = 0; i + 1 < zone_limits.size(); ++i) {
    const int lower = static_cast<int>(std::lround(zone_limits[i] * who.heart_rate_max_bpm));
    const int upper = static_cast<int>(std::lround(zone_limits[i + 1] * who.heart_rate_max_bpm));
    const bool is_last = i + 2 == zone_limits.size();
    const auto inside = std::ranges::count_if(
        heart_rate_bpm, [&](int beats) { return beats >= lower && (beats < upper || is_last); });
    zones.push_back({{"index", i},
                     {"lower_limit", lower},
                     {"upper_limit", upper},
                     {"in_zone", split_duration(seconds{inside})}});
  }
  return zones;
}

json::array make_samples(const athlete& who, const session& done,
                         const std::vector<int>& heart_rate_bpm) {
  json::array samples;
  for (auto& series : sample_series_of(who, done, heart_rate_bpm)) {
    if (is_arm_band(done) && series.type != 0)
      continue;
    samples.push_back(
        {{"recording_rate", 1}, {"sample_type", series.type}, {"data", std::move(series.data)}});
  }
  return samples;
}

json::array make_route(const athlete& who, const session& done) {
  json::array points;
  for (const auto& point : route_of(who, done)) {
    points.push_back({{"latitude", rounded(point.latitude, 8)},
                      {"longitude", rounded(point.longitude, 8)},
                      {"time", plain_duration(point.passed)},
                      {"satellites", 9},
                      {"fix", 1}});
  }
  return points;
}

void add_device(const athlete& who, const session& done, json::object& body) {
  if (!is_arm_band(done)) {
    body["device"] = who.device;
    body["device_id"] = who.device_id;
    return;
  }
  // Arm bands write their name in capitals; a few sessions come from a phone without any id.
  const bool is_phone = exercise_id(who, done).front() < '3';
  body["device"] = is_phone ? "UNKNOWN" : "POLAR VERITY SENSE";
  if (!is_phone)
    body["device_id"] = "B" + who.device_id.substr(1);
}

/// Running index: oxygen uptake that the pace costs, divided by the part of the reserve in use.
int running_index(const athlete& who, const session& done) {
  const double length_min = static_cast<double>(done.length.count()) / 60'000.0;
  const double uptake = 3.5 + 0.2 * *done.distance_m / length_min;
  const double reserve = (done.heart_rate_average_bpm - who.heart_rate_rest_bpm)
                         / (who.heart_rate_max_bpm - who.heart_rate_rest_bpm);
  return static_cast<int>(std::clamp(uptake / reserve, 25.0, 80.0));
}

void add_energy(const session& done, json::object& body) {
  const int fat = std::clamp(92 - done.heart_rate_average_bpm * 36 / 100, 8, 80);
  const int protein = done.length > std::chrono::minutes{75} ? 2 : 0;
  body["fat_percentage"] = fat;
  body["carbohydrate_percentage"] = 100 - fat - protein;
  body["protein_percentage"] = protein;
}

json::object make_body(const data_request& ask, const session& done) {
  const auto& who = ask.who;
  const auto& common = traits_of(done.kind);
  json::object body{{"id", exercise_id(who, done)},
                    {"upload_time", utc_stamp(done.uploaded)},
                    {"polar_user", user_link(who.id)}};
  add_device(who, done, body);
  body["start_time"] = full_stamp(done.start);
  body["start_time_utc_offset"] = who.utc_offset.count();
  body["duration"] = plain_duration(done.length);
  if (done.distance_m)
    body["distance"] = *done.distance_m;
  body["heart_rate"] = {{"average", done.heart_rate_average_bpm},
                        {"maximum", done.heart_rate_max_bpm}};
  body["sport"] = common.sport;
  body["has_route"] = common.has_route;
  body["detailed_sport_info"] = common.detailed_sport;
  body["calories"] = done.calories_kcal;
  if (common.is_run && common.has_route)
    body["running_index"] = running_index(who, done);
  if (!is_arm_band(done))
    add_energy(done, body);
  if (ask.has_flag("zones") || ask.has_flag("samples")) {
    const auto heart_rate_bpm = heart_rate_series(who, done);
    if (ask.has_flag("zones"))
      body["heart_rate_zones"] = make_zones(who, heart_rate_bpm);
    if (ask.has_flag("samples"))
      body["samples"] = make_samples(who, done, heart_rate_bpm);
  }
  if (ask.has_flag("route") && common.has_route)
    body["route"] = make_route(who, done);
  if (!is_arm_band(done))
    body["training_load_pro"] = make_training_load(who, done);
  return body;
}

/// What was uploaded within the last 30 days, in the order of uploading.
std::vector<session> uploaded_sessions(const data_request& ask) {
  std::vector<session> found;
  const auto oldest = ask.today() - exercise_reach - upload_delay_max;
  for (date day = std::max(oldest, ask.first_day); day <= ask.today(); day += days{1}) {
    for (auto& done : sessions_on(ask.who, day)) {
      const bool is_recent = done.uploaded <= ask.now && ask.now - done.uploaded <= exercise_reach;
      if (is_recent && (!ask.visible_since || done.uploaded >= *ask.visible_since))
        found.push_back(std::move(done));
    }
  }
  std::ranges::stable_sort(found, {}, &session::uploaded);
  return found;
}

} // namespace

response list_exercises(const data_request& ask) {
  json::array found;
  for (const auto& done : uploaded_sessions(ask))
    found.push_back(make_body(ask, done));
  return json_response(std::move(found));
}

response show_exercise(const data_request& ask) {
  for (const auto& done : uploaded_sessions(ask)) {
    if (exercise_id(ask.who, done) == ask.captures.front())
      return json_response(make_body(ask, done));
  }
  return error_response(404, "not_found", "No such exercise");
}

} // namespace polar_flow::simulator
