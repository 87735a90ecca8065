// Goal: real exported sessions are read without loss. Method: read every recorded file, write the
// record back into the shape of the export, and compare leaf by leaf; what is left out on purpose
// is named here.

#define BOOST_TEST_DYN_LINK
#include "polar/flow_export.hpp"
#include "polar/readers/json_document.hpp"
#include "tests/support/shared_data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace polar_flow;
namespace json = boost::json;

namespace {

using leaves = std::map<std::string, json::value>;

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Empty, with a message, when there is no recorded data.
std::vector<std::filesystem::path> recorded_sessions() {
  std::vector<std::filesystem::path> files;
  const auto data = testing::recorded_data();
  if (!data) {
    BOOST_TEST_MESSAGE("skipped: no recorded sessions at ../shared/data/polar-export");
    return files;
  }
  for (const auto& entry : std::filesystem::directory_iterator{*data / "flow-export"})
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

exercise read_session(const std::filesystem::path& path) {
  const auto file = polar::read_export_file(path.filename().string(), read_file(path)).value();
  BOOST_REQUIRE(file.parts.size() == 1);
  BOOST_TEST(file.skipped == 0u);
  BOOST_TEST((file.parts[0].kind == stream::exercises));
  return std::get<std::vector<exercise>>(file.parts[0].records).at(0);
}

// -- the way back ------------------------------------------------------------------------------

template <class Value>
void put(json::object& into, std::string_view name, const std::optional<Value>& value) {
  if (value)
    into[name] = *value;
}

std::optional<std::string> with_prefix(const std::optional<std::string>& interpretation) {
  return interpretation ? std::optional{"LOAD_INTERPRETATION_" + *interpretation} : std::nullopt;
}

json::object encode_load(const training_load_pro& load) {
  json::object report;
  put(report, "cardioLoad", load.cardio_load);
  put(report, "muscleLoad", load.muscle_load);
  put(report, "cardioLoadInterpretation", with_prefix(load.cardio_load_interpretation));
  put(report, "muscleLoadInterpretation", with_prefix(load.muscle_load_interpretation));
  put(report, "perceivedLoadInterpretation", with_prefix(load.perceived_load_interpretation));
  return report;
}

json::array encode_zones(const std::vector<heart_rate_zone>& zones) {
  json::array list;
  for (const auto& zone : zones) {
    json::object item;
    put(item, "lowerLimit", zone.lower_limit_bpm);
    put(item, "higherLimit", zone.upper_limit_bpm);
    item["inZone"] = std::llround(zone.in_zone_s.value() * 1000);
    list.push_back(std::move(item));
  }
  return list;
}

json::object encode_series(const std::vector<sample_series>& all_series) {
  const std::map<std::int32_t, std::string> names{
      {0, "HEART_RATE"}, {1, "SPEED"}, {10, "DISTANCE"}};
  json::object by_type;
  for (const auto& series : all_series) {
    json::array values;
    for (const auto& value : series.values)
      values.push_back(value ? json::value(*value) : json::value(nullptr));
    by_type[names.at(series.sample_type)] = {
        {"intervalMillis", series.recording_rate_s.value() * 1000}, {"values", std::move(values)}};
  }
  return by_type;
}

json::array encode_route(const std::vector<route_point>& route) {
  json::array points;
  for (const auto& point : route)
    points.push_back({{"latitude", point.latitude},
                      {"longitude", point.longitude},
                      {"elapsedMillis", std::llround(point.time_s.value() * 1000)}});
  return points;
}

std::string encode_sport(const exercise& record) {
  return record.sport == "RUNNING" ? "1" : record.detailed_sport == "OTHER_INDOOR" ? "83" : "?";
}

/// In the shape of the export, but with zones and series by their type instead of in lists.
json::object encode(const exercise& record) {
  constexpr std::string_view id_prefix = "flow-export-";
  BOOST_TEST(record.polar_exercise_id.starts_with(id_prefix));
  json::object session;
  session["identifier"] = {{"id", record.polar_exercise_id.substr(id_prefix.size())}};
  const std::chrono::minutes offset{record.utc_offset_minutes.value()};
  const auto local_start = (record.start_time + offset).time_since_epoch();
  session["startTime"] = format_local_time(polar_flow::local_time{local_start});
  session["timezoneOffsetMinutes"] = record.utc_offset_minutes.value();
  session["durationMillis"] = std::llround(record.duration_s.value() * 1000);
  put(session, "distanceMeters", record.distance_m);
  put(session, "calories", record.calories_kcal);
  put(session, "hrAvg", record.average_heart_rate_bpm);
  put(session, "hrMax", record.max_heart_rate_bpm);
  put(session, "fatPercentage", record.fat_percent);
  session["sport"] = {{"id", encode_sport(record)}};
  session["product"] = {{"modelName", record.device.value()}};
  session["trainingLoadReport"] = encode_load(record.load_pro.value());
  json::object part;
  put(part, "runningIndex", record.running_index);
  if (!record.heart_rate_zones.empty())
    part["zones"] = {{"ZONE_TYPE_HEART_RATE", encode_zones(record.heart_rate_zones)}};
  if (const auto series = encode_series(record.samples); !series.empty())
    part["samples"] = series;
  BOOST_TEST((record.has_route == !record.route.empty()));
  if (!record.route.empty())
    part["routes"] = {{"route", {{"wayPoints", encode_route(record.route)}}}};
  session["exercises"] = json::array{std::move(part)};
  return session;
}

// -- the recorded side -------------------------------------------------------------------------

/// A list of `{type, …}` as an object by type.
json::object by_type(const json::value& list, std::string_view content) {
  json::object found;
  for (const auto& item : list.as_array()) {
    auto members = item.as_object();
    const std::string type{members.at("type").as_string()};
    members.erase("type");
    found[type] = content.empty() ? json::value(members) : members.at(content);
  }
  return found;
}

bool has_values(const json::value& series) {
  return std::ranges::any_of(series.at("values").as_array(),
                             [](const json::value& value) { return !value.is_null(); });
}

json::value prepared(json::value document) {
  auto& part = document.at("exercises").as_array().at(0).as_object();
  if (part.contains("zones"))
    part["zones"] = by_type(part.at("zones"), "zones");
  auto series = by_type(part.at("samples").at("samples"), {});
  // A series without any value says that there was no sensor.
  for (auto it = series.begin(); it != series.end();)
    it = has_values(it->value()) ? std::next(it) : series.erase(it);
  part["samples"] = std::move(series);
  return document;
}

void collect_leaves(const json::value& value, const std::string& path, leaves& found) {
  if (const auto* object = value.if_object())
    for (const auto& member : *object)
      collect_leaves(member.value(), path + "." + std::string{member.key()}, found);
  else if (const auto* list = value.if_array())
    for (std::size_t i = 0; i < list->size(); ++i)
      collect_leaves((*list)[i], path + "[" + std::to_string(i) + "]", found);
  else
    found[path] = value;
}

leaves leaves_of(const json::value& value) {
  leaves found;
  collect_leaves(value, "", found);
  return found;
}

/// Leaves that have no place in a record, or that repeat another one.
bool is_left_out(const std::string& path, const json::value& value) {
  constexpr std::array nowhere{".created",          ".modified",
                               ".stopTime",         ".name",
                               ".latitude",         ".longitude",
                               ".trainingBenefit",  ".recoveryTimeMillis",
                               ".application.name", ".trainingLoadReport.calculationTime"};
  if (std::ranges::find(nowhere, path) != nowhere.end())
    return true;
  // Of an exercise only these are read; the rest is that of its session.
  constexpr std::array of_exercise{".exercises[0].runningIndex", ".exercises[0].samples.",
                                   ".exercises[0].zones.ZONE_TYPE_HEART_RATE",
                                   ".exercises[0].routes.route.wayPoints"};
  if (path.starts_with(".exercises[0]") && std::ranges::none_of(of_exercise, [&](const char* kept) {
        return path.starts_with(kept);
      }))
    return true;
  const bool is_zero = value.is_number() && value.to_number<double>() == 0;
  return (is_zero && (path == ".distanceMeters" || path == ".hrAvg" || path == ".hrMax"))
         || (path == ".trainingLoadReport.muscleLoad" && value.to_number<double>() == -1);
}

bool is_same_leaf(const json::value& left, const json::value& right) {
  if (left.is_number() && right.is_number())
    return left.to_number<double>() == right.to_number<double>();
  return left == right;
}

void check_same_leaves(const json::value& original, const json::value& written) {
  const auto expected = leaves_of(original);
  auto found = leaves_of(written);
  BOOST_TEST(expected.size() > 1000u);
  for (const auto& [path, value] : expected) {
    const auto match = found.find(path);
    if (is_left_out(path, value)) {
      BOOST_TEST((match == found.end()), path << " should be unknown");
      continue;
    }
    if (match == found.end()) {
      BOOST_ERROR(path << " was lost");
      continue;
    }
    if (!is_same_leaf(value, match->second))
      BOOST_ERROR(path << " was changed");
    found.erase(match);
  }
  for (const auto& [path, value] : found)
    BOOST_ERROR(path << " was invented");
}

} // namespace

BOOST_AUTO_TEST_SUITE(flow_export_recorded)

BOOST_AUTO_TEST_CASE(sessions_are_read_without_loss) {
  for (const auto& path : recorded_sessions()) {
    BOOST_TEST_CONTEXT(path.filename()) {
      const auto original = polar::parse_document(read_file(path)).value();
      check_same_leaves(prepared(original), encode(read_session(path)));
    }
  }
}

/// The shape on the way back is our own, so some values are held against the files by hand.
BOOST_AUTO_TEST_CASE(values_are_those_of_the_files) {
  const auto files = recorded_sessions();
  if (files.empty())
    return;
  BOOST_TEST_REQUIRE(files.size() == 7u);
  const auto indoor = read_session(files[0]);
  // startTime 2022-06-18T18:50:02 with timezoneOffsetMinutes −420.
  BOOST_TEST(format_instant(indoor.start_time) == "2022-06-19T01:50:02Z");
  BOOST_TEST((indoor.training_load == 79.3511));
  BOOST_TEST(indoor.samples.at(0).values.size() == 2071u);
  const auto run = read_session(files[3]);
  // Its heart rate is a series of 4,455 nulls.
  BOOST_TEST(run.samples.size() == 2u);
  BOOST_TEST(run.route.size() == 4455u);
  BOOST_TEST(!run.training_load);
  // elapsedMillis 1001, from the start of the session.
  BOOST_TEST((run.route.at(0).time_s == 1.001));
}

BOOST_AUTO_TEST_CASE(two_exports_of_a_session_are_one_training) {
  const auto files = recorded_sessions();
  for (const auto& one : files)
    for (const auto& other : files)
      BOOST_TEST(polar::is_same_training(read_session(one), read_session(other)) == (one == other));
}

BOOST_AUTO_TEST_SUITE_END()
