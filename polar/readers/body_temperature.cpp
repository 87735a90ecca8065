#include "polar/readers.hpp"
#include "polar/readers/biosensing.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"body_temperatures", "start_time"};

std::vector<temperature_sample> read_samples(const boost::json::array* list) {
  std::vector<temperature_sample> samples;
  if (list == nullptr)
    return samples;
  samples.reserve(std::min(list->size(), recording_samples_max));
  for (const auto& value : *list) {
    const object_view item{value};
    const auto offset_ms = read_offset_ms(item);
    const auto celsius = item.number("temperature_celsius", celsius_range);
    if (offset_ms && celsius && samples.size() < recording_samples_max)
      samples.push_back({*offset_ms, *celsius});
  }
  return samples;
}

readable<body_temperature_period> read_period(const object_view& item) {
  const auto start = item.utc_time("start_time");
  if (!start)
    return std::unexpected{"start_time"};
  body_temperature_period record;
  record.device_id = read_device_id(item);
  record.start_time = *start;
  record.end_time = item.utc_time("end_time");
  record.measurement_type = item.text("measurement_type");
  record.sensor_location = item.text("sensor_location");
  record.samples = read_samples(item.list("samples"));
  return record;
}

auto key_of(const body_temperature_period& record) {
  return std::pair{record.device_id, record.start_time};
}

} // namespace

result<std::vector<body_temperature_period>> read_body_temperature(std::string_view body) {
  return read_records(body, shape, key_of, read_period);
}

} // namespace polar_flow::polar
