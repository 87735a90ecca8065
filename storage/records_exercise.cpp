#include "crypto/hash.hpp"
#include "storage/json_text.hpp"
#include "storage/record_columns.hpp"
#include "storage/statements.hpp"

#include <functional>
#include <optional>
#include <span>

namespace polar_flow::storage {

namespace {

std::optional<std::string> zones_json(const exercise& record) {
  if (record.heart_rate_zones.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& zone : record.heart_rate_zones)
    json.begin_object()
        .member("index", zone.index)
        .member("lower_limit_bpm", zone.lower_limit_bpm)
        .member("upper_limit_bpm", zone.upper_limit_bpm)
        .member("in_zone_s", zone.in_zone_s)
        .end_object();
  json.end_array();
  return std::move(json).finish();
}

std::optional<std::string> samples_json(const exercise& record) {
  if (record.samples.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& series : record.samples) {
    json.begin_object()
        .member("sample_type", series.sample_type)
        .member("recording_rate_s", series.recording_rate_s)
        .key("values")
        .begin_array();
    for (const auto& value : series.values)
      json.value(value);
    json.end_array().end_object();
  }
  json.end_array();
  return std::move(json).finish();
}

std::optional<std::string> route_json(const exercise& record) {
  if (record.route.empty())
    return std::nullopt;
  json_text json;
  json.begin_array();
  for (const auto& point : record.route)
    json.begin_object()
        .member("latitude", point.latitude)
        .member("longitude", point.longitude)
        .member("time_s", point.time_s)
        .member("satellites", point.satellites)
        .member("fix", point.fix)
        .end_object();
  json.end_array();
  return std::move(json).finish();
}

/// A column from a member of Training Load Pro, absent where that is.
template <class Member>
auto load_pro(Member training_load_pro::*member) {
  return [member](const exercise& record) -> Member {
    return record.load_pro ? (*record.load_pro).*member : Member{};
  };
}

/// Calls `visit` with every column that a list can tell, in the order of the statement.
template <class Visitor>
void visit_summary(Visitor visit) {
  visit(&exercise::start_time);
  visit(&exercise::utc_offset_minutes);
  visit(&exercise::upload_time);
  visit(&exercise::duration_s);
  visit(&exercise::sport);
  visit(&exercise::detailed_sport);
  visit(&exercise::device);
  visit(&exercise::device_id);
  visit(&exercise::distance_m);
  visit(&exercise::calories_kcal);
  visit(&exercise::average_heart_rate_bpm);
  visit(&exercise::max_heart_rate_bpm);
  visit(&exercise::training_load);
  visit(&exercise::running_index);
  visit(&exercise::fat_percent);
  visit(&exercise::carbohydrate_percent);
  visit(&exercise::protein_percent);
  visit(&exercise::has_route);
  visit(&exercise::club_id);
  visit(&exercise::club_name);
  visit([](const exercise& record) { return record.load_pro.has_value(); });
  visit(load_pro(&training_load_pro::cardio_load));
  visit(load_pro(&training_load_pro::cardio_load_interpretation));
  visit(load_pro(&training_load_pro::muscle_load));
  visit(load_pro(&training_load_pro::muscle_load_interpretation));
  visit(load_pro(&training_load_pro::perceived_load));
  visit(load_pro(&training_load_pro::perceived_load_interpretation));
  visit(load_pro(&training_load_pro::user_rpe));
}

} // namespace

const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<exercise>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&exercise::polar_exercise_id);
  add([&](const exercise& record) {
    return crypto::exercise_public_id(user.value, record.polar_exercise_id);
  });
  visit_summary(add);
  add(zones_json);
  add(samples_json);
  add(route_json);
  add(&exercise::is_detailed);
  return statements::upsert_exercise;
}

std::string summary_sha256(const exercise& record) {
  parameters summary;
  visit_summary([&](auto member) { summary.add(std::invoke(member, record)); });
  // Lengths keep neighbours apart, and an empty text from none.
  std::string text;
  for (const auto& value : summary.values())
    text += value ? std::to_string(value->size()) + ':' + *value : std::string{'-'};
  return sql_bytes(std::span<const std::uint8_t>{crypto::sha256(text)});
}

} // namespace polar_flow::storage
