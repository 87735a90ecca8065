#include "polar/readers.hpp"
#include "polar/readers/biosensing.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"body_temperatures", "start_time"};

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
  record.samples = read_samples<temperature_sample>(item.list("samples"), "temperature_celsius",
                                                    celsius_range);
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
