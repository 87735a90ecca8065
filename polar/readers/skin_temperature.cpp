#include "polar/readers.hpp"
#include "polar/readers/biosensing.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"skin_temperatures", "sleep_date"};

readable<skin_temperature_night> read_night(const object_view& item) {
  const auto day = item.day("sleep_date");
  if (!day)
    return std::unexpected{"sleep_date"};
  skin_temperature_night record;
  record.day = *day;
  record.temperature_celsius = item.number("sleep_time_skin_temperature_celsius", celsius_range);
  record.deviation_from_baseline_celsius =
      item.number("deviation_from_baseline_celsius", celsius_range);
  return record;
}

} // namespace

result<std::vector<skin_temperature_night>> read_skin_temperature(std::string_view body) {
  return read_records(body, shape, &skin_temperature_night::day, read_night);
}

} // namespace polar_flow::polar
