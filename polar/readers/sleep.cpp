#include "polar/readers.hpp"
#include "polar/readers/night_clock.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"nights", "date"};

// Polar's scales. 0 and −1 mean "not available" and lie outside of them.
constexpr value_range continuity_range{1, 5};
constexpr value_range class_range{1, 5};
constexpr value_range score_range{1, 100};
constexpr value_range group_score_range{0, 100};

/// A night does not last longer than two days.
constexpr value_range duration_s_range{0, 172'800};

constexpr double unknown_stage = 5;

/// Any code but 0 to 4 means that the stage is not known.
std::optional<double> read_stage(const boost::json::value& value) {
  const auto code = to_integer(value);
  return code && 0 <= *code && *code <= 4 ? static_cast<double>(*code) : unknown_stage;
}

std::optional<double> read_heart_rate(const boost::json::value& value) {
  return to_number_within(value, heart_rate_bpm_range);
}

/// A time whose offset no clock on earth shows is no time.
std::optional<offset_time> read_time(const object_view& item, std::string_view name) {
  const auto time = item.zoned_time(name);
  if (!time)
    return std::nullopt;
  const auto minutes = static_cast<double>(time->utc_offset.count());
  const bool is_on_earth =
      utc_offset_minutes_range.least <= minutes && minutes <= utc_offset_minutes_range.most;
  return is_on_earth ? time : std::nullopt;
}

night_clock clock_of(date day, const std::optional<offset_time>& start) {
  if (!start)
    return night_clock{};
  const auto since_midnight = start->moment + start->utc_offset - day;
  const auto minute = std::chrono::floor<std::chrono::minutes>(since_midnight);
  // A start that does not belong to this night would put its samples anywhere.
  if (minute < std::chrono::days{-1} || minute > std::chrono::days{1})
    return night_clock{};
  return night_clock{static_cast<std::int32_t>(minute.count())};
}

void read_times(const object_view& item, night& record) {
  const auto start = read_time(item, "sleep_start_time");
  const auto end = read_time(item, "sleep_end_time");
  if (start)
    record.start_time = start->moment;
  if (end)
    record.end_time = end->moment;
  if (start || end)
    record.utc_offset_minutes =
        static_cast<std::int32_t>((start ? start : end)->utc_offset.count());
  const auto clock = clock_of(record.day, start);
  record.hypnogram = read_night_map(item.map("hypnogram"), clock, read_stage);
  record.heart_rate_samples =
      read_night_map(item.map("heart_rate_samples"), clock, read_heart_rate);
}

void read_durations(const object_view& item, night& record) {
  record.light_sleep_s = item.integer("light_sleep", duration_s_range);
  record.deep_sleep_s = item.integer("deep_sleep", duration_s_range);
  record.rem_sleep_s = item.integer("rem_sleep", duration_s_range);
  record.unrecognized_sleep_s = item.integer("unrecognized_sleep_stage", duration_s_range);
  record.interruptions_s = item.integer("total_interruption_duration", duration_s_range);
  record.short_interruptions_s = item.integer("short_interruption_duration", duration_s_range);
  record.long_interruptions_s = item.integer("long_interruption_duration", duration_s_range);
  record.sleep_goal_s = item.integer("sleep_goal", duration_s_range);
}

void read_scores(const object_view& item, night& record) {
  record.sleep_score = item.integer("sleep_score", score_range);
  record.sleep_rating = item.integer("sleep_rating", class_range);
  record.sleep_charge = item.integer("sleep_charge", class_range);
  record.sleep_cycles = item.integer("sleep_cycles");
  record.continuity = item.number("continuity", continuity_range);
  record.continuity_class = item.integer("continuity_class", class_range);
  record.group_duration_score = item.number("group_duration_score", group_score_range);
  record.group_solidity_score = item.number("group_solidity_score", group_score_range);
  record.group_regeneration_score = item.number("group_regeneration_score", group_score_range);
}

readable<night> read_night(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  night record;
  record.day = *day;
  record.device_id = item.text("device_id");
  read_times(item, record);
  read_durations(item, record);
  read_scores(item, record);
  return record;
}

} // namespace

result<std::vector<night>> read_sleep(std::string_view body) {
  return read_records(body, shape, &night::day, read_night);
}

} // namespace polar_flow::polar
