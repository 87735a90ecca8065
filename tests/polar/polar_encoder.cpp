#include "tests/polar/polar_encoder.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <charconv>
#include <chrono>
#include <string>

namespace polar_flow::testing {

namespace {

namespace json = boost::json;

template <class Value>
void put(json::object& target, std::string_view name, const std::optional<Value>& value) {
  if (value)
    target[name] = *value;
}

/// Shortest text that reads back as the same number.
std::string number_text(double number) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  return {text, end};
}

void put_duration(json::object& target, std::string_view name, std::optional<double> seconds) {
  if (seconds)
    target[name] = "PT" + number_text(*seconds) + "S";
}

/// Polar leaves out the seconds of activity times when they are zero.
std::string short_time(local_time time) {
  auto text = format_local_time(time);
  return text.ends_with(":00") ? text.substr(0, text.size() - 3) : text;
}

json::value encode_zones(const std::vector<heart_rate_zone>& zones) {
  json::array list;
  for (const auto& zone : zones) {
    json::object item;
    item["index"] = zone.index;
    put(item, "lower_limit", zone.lower_limit_bpm);
    put(item, "upper_limit", zone.upper_limit_bpm);
    put_duration(item, "in_zone", zone.in_zone_s);
    list.push_back(item);
  }
  return list;
}

json::value encode_samples(const std::vector<sample_series>& all_series) {
  json::array list;
  for (const auto& series : all_series) {
    json::object item;
    put(item, "recording_rate", series.recording_rate_s);
    item["sample_type"] = series.sample_type;
    std::string data;
    for (std::size_t i = 0; i < series.values.size(); ++i)
      data += (i == 0 ? "" : ",")
              + (series.values[i] ? number_text(*series.values[i]) : std::string{"null"});
    item["data"] = data;
    list.push_back(item);
  }
  return list;
}

json::value encode_load_pro(const training_load_pro& load) {
  json::object item;
  put(item, "cardio-load", load.cardio_load);
  put(item, "cardio-load-interpretation", load.cardio_load_interpretation);
  put(item, "muscle-load", load.muscle_load);
  put(item, "muscle-load-interpretation", load.muscle_load_interpretation);
  put(item, "perceived-load", load.perceived_load);
  put(item, "perceived-load-interpretation", load.perceived_load_interpretation);
  put(item, "user-rpe", load.user_rpe);
  return item;
}

json::value encode_exercise(const exercise& record) {
  json::object item;
  item["id"] = record.polar_exercise_id;
  const std::chrono::minutes offset{record.utc_offset_minutes.value_or(0)};
  item["start_time"] =
      format_local_time(local_time{(record.start_time + offset).time_since_epoch()});
  put(item, "start_time_utc_offset", record.utc_offset_minutes);
  if (record.upload_time)
    item["upload_time"] = format_instant(*record.upload_time);
  put_duration(item, "duration", record.duration_s);
  put(item, "sport", record.sport);
  put(item, "detailed_sport_info", record.detailed_sport);
  put(item, "device", record.device);
  put(item, "device_id", record.device_id);
  put(item, "distance", record.distance_m);
  put(item, "calories", record.calories_kcal);
  json::object heart_rate;
  put(heart_rate, "average", record.average_heart_rate_bpm);
  put(heart_rate, "maximum", record.max_heart_rate_bpm);
  item["heart_rate"] = heart_rate;
  put(item, "running_index", record.running_index);
  put(item, "fat_percentage", record.fat_percent);
  put(item, "carbohydrate_percentage", record.carbohydrate_percent);
  put(item, "protein_percentage", record.protein_percent);
  put(item, "has_route", record.has_route);
  if (record.load_pro)
    item["training_load_pro"] = encode_load_pro(*record.load_pro);
  item["heart_rate_zones"] = encode_zones(record.heart_rate_zones);
  item["samples"] = encode_samples(record.samples);
  return item;
}

json::value encode_sample_day(const activity_sample_day& record) {
  json::object item;
  item["date"] = format_date(record.day);
  json::array zones;
  for (const auto& change : record.zones)
    zones.push_back({{"timestamp", short_time(change.time)}, {"zone", change.zone}});
  item["activity_zones"] = json::object{{"samples", zones}};
  return item;
}

json::object encode_activity(const activity_day& record) {
  json::object item;
  if (record.start_time)
    item["start_time"] = short_time(*record.start_time);
  if (record.end_time)
    item["end_time"] = short_time(*record.end_time);
  put_duration(item, "active_duration", record.active_s);
  put_duration(item, "inactive_duration", record.inactive_s);
  put(item, "daily_activity", record.daily_activity_percent);
  put(item, "calories", record.calories_total_kcal);
  put(item, "active_calories", record.calories_active_kcal);
  put(item, "steps", record.steps);
  put(item, "inactivity_alert_count", record.inactivity_alerts);
  put(item, "distance_from_steps", record.distance_m);
  return item;
}

std::string clock_text(std::int32_t second) {
  const auto two_digits = [](std::int32_t number) {
    return std::to_string(100 + number).substr(1);
  };
  return two_digits(second / 3600) + ":" + two_digits(second / 60 % 60) + ":"
         + two_digits(second % 60);
}

} // namespace

boost::json::value encode_exercises(const std::vector<exercise>& records) {
  json::array list;
  for (const auto& record : records)
    list.push_back(encode_exercise(record));
  return list;
}

boost::json::value encode_activities(const std::vector<activity_day>& records,
                                     const std::vector<activity_sample_day>& samples) {
  json::array list;
  for (const auto& record : records) {
    auto item = encode_activity(record);
    for (const auto& day : samples)
      if (day.day == record.day && !day.zones.empty())
        item["samples"] = encode_sample_day(day);
    list.push_back(item);
  }
  return list;
}

boost::json::value encode_heart_rates(const std::vector<heart_rate_day>& records) {
  json::array list;
  for (const auto& record : records) {
    json::array samples;
    for (const auto& sample : record.samples)
      samples.push_back({{"heart_rate", sample.bpm}, {"sample_time", clock_text(sample.second)}});
    list.push_back({{"date", format_date(record.day)}, {"heart_rate_samples", samples}});
  }
  return list;
}

} // namespace polar_flow::testing
