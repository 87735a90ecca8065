#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"circadian_bedtimes", "period_start_time"};

readable<bedtime_period> read_period(const object_view& item) {
  const auto start = item.utc_time("period_start_time");
  if (!start)
    return std::unexpected{"period_start_time"};
  bedtime_period record;
  record.period_start_time = *start;
  record.period_end_time = item.utc_time("period_end_time");
  record.preferred_sleep_start_time = item.utc_time("preferred_sleep_period_start_time");
  record.preferred_sleep_end_time = item.utc_time("preferred_sleep_period_end_time");
  record.sleep_gate_start_time = item.utc_time("sleep_gate_start_time");
  record.sleep_gate_end_time = item.utc_time("sleep_gate_end_time");
  record.utc_offset_minutes =
      item.integer("sleep_timezone_offset_minutes", utc_offset_minutes_range);
  record.validity = item.text("validity");
  record.quality = item.text("quality");
  record.result_type = item.text("result_type");
  return record;
}

} // namespace

result<std::vector<bedtime_period>> read_sleepwise_bedtime(std::string_view body) {
  return read_records(body, shape, &bedtime_period::period_start_time, read_period);
}

} // namespace polar_flow::polar
