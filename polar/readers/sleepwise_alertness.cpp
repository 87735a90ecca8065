#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"alertness", "period_start_time"};

constexpr value_range grade_range{0, 10};

/// A forecast of more hours than a month has is none.
constexpr std::size_t hours_max = 31 * 24;

std::vector<alertness_hour> read_hours(const boost::json::array* list) {
  std::vector<alertness_hour> hours;
  if (list == nullptr)
    return hours;
  for (const auto& value : *list) {
    const object_view item{value};
    const auto start = item.utc_time("start_time");
    if (start && hours.size() < hours_max)
      hours.push_back({.start_time = *start,
                       .end_time = item.utc_time("end_time"),
                       .level = item.text("alertness_level"),
                       .validity = item.text("validity")});
  }
  return hours;
}

readable<alertness_period> read_period(const object_view& item) {
  const auto start = item.utc_time("period_start_time");
  if (!start)
    return std::unexpected{"period_start_time"};
  alertness_period record;
  record.period_start_time = *start;
  record.period_end_time = item.utc_time("period_end_time");
  record.sleep_period_start_time = item.utc_time("sleep_period_start_time");
  record.sleep_period_end_time = item.utc_time("sleep_period_end_time");
  record.utc_offset_minutes =
      item.integer("sleep_timezone_offset_minutes", utc_offset_minutes_range);
  record.grade = item.number("grade", grade_range);
  record.grade_validity_s = item.integer("grade_validity_seconds");
  record.grade_type = item.text("grade_type");
  record.grade_classification = item.text("grade_classification");
  record.validity = item.text("validity");
  record.sleep_inertia = item.text("sleep_inertia");
  record.sleep_type = item.text("sleep_type");
  record.result_type = item.text("result_type");
  record.hours = read_hours(item.list("hourly_data"));
  return record;
}

} // namespace

result<std::vector<alertness_period>> read_sleepwise_alertness(std::string_view body) {
  return read_records(body, shape, &alertness_period::period_start_time, read_period);
}

} // namespace polar_flow::polar
