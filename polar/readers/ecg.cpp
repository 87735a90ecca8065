#include "polar/readers.hpp"
#include "polar/readers/biosensing.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"ecg", "test_time"};

/// A heart makes a few millivolts on the skin; the limit is far from any of them.
constexpr value_range millivolts_range{-1000, 1000};
constexpr value_range quality_index_range{0, 1'000'000};

std::vector<ecg_quality> read_qualities(const boost::json::array* list) {
  std::vector<ecg_quality> qualities;
  if (list == nullptr)
    return qualities;
  for (const auto& value : *list) {
    const object_view item{value};
    const auto offset_ms = read_offset_ms(item);
    auto level = item.text("quality_level");
    if (offset_ms && level && qualities.size() < recording_samples_max)
      qualities.push_back({*offset_ms, std::move(*level)});
  }
  return qualities;
}

readable<ecg_test> read_test(const object_view& item) {
  const auto time = item.unix_time("test_time");
  if (!time)
    return std::unexpected{"test_time"};
  ecg_test record;
  record.device_id = read_device_id(item);
  record.test_time = *time;
  record.utc_offset_minutes = item.integer("time_zone_offset", utc_offset_minutes_range);
  record.average_heart_rate_bpm = item.integer("average_heart_rate_bpm", heart_rate_bpm_range);
  record.hrv_ms = item.number("heart_rate_variability_ms", beat_interval_ms_range);
  record.hrv_level = item.text("heart_rate_variability_level");
  record.rri_ms = item.number("rri_ms", beat_interval_ms_range);
  record.pulse_transit_systolic_ms =
      item.number("pulse_transit_time_systolic_ms", beat_interval_ms_range);
  record.pulse_transit_diastolic_ms =
      item.number("pulse_transit_time_diastolic_ms", beat_interval_ms_range);
  record.pulse_transit_quality_index =
      item.number("pulse_transit_time_quality_index", quality_index_range);
  record.samples = read_samples<ecg_sample>(item.list("samples"), "amplitude_mv", millivolts_range);
  record.qualities = read_qualities(item.list("quality_measurements"));
  return record;
}

auto key_of(const ecg_test& record) {
  return std::pair{record.device_id, record.test_time};
}

} // namespace

result<std::vector<ecg_test>> read_ecg(std::string_view body) {
  return read_records(body, shape, key_of, read_test);
}

} // namespace polar_flow::polar
