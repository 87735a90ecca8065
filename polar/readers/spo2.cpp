#include "polar/readers.hpp"
#include "polar/readers/biosensing.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"spo2", "test_time"};

/// Any other status says why the test led to nothing.
constexpr std::string_view status_passed = "SPO2_TEST_PASSED";

constexpr value_range oxygen_percent_range{1, 100};
constexpr value_range quality_percent_range{0, 100};

/// From below the shore of the Dead Sea to above every mountain.
constexpr value_range altitude_m_range{-500, 10'000};

void read_measured_values(const object_view& item, spo2_test& record) {
  record.blood_oxygen_percent = item.integer("blood_oxygen_percent", oxygen_percent_range);
  record.spo2_class = item.text("spo2_class");
  record.spo2_deviation = item.text("spo2_value_deviation_from_baseline");
  record.average_heart_rate_bpm = item.integer("average_heart_rate_bpm", heart_rate_bpm_range);
  record.hrv_ms = item.number("heart_rate_variability_ms", beat_interval_ms_range);
  record.hrv_deviation = item.text("spo2_hrv_deviation_from_baseline");
}

readable<spo2_test> read_test(const object_view& item) {
  const auto time = item.unix_time("test_time");
  if (!time)
    return std::unexpected{"test_time"};
  spo2_test record;
  record.device_id = read_device_id(item);
  record.test_time = *time;
  record.utc_offset_minutes = item.integer("time_zone_offset", utc_offset_minutes_range);
  record.test_status = item.text("test_status");
  record.quality_percent = item.number("spo2_quality_average_percent", quality_percent_range);
  record.altitude_m = item.number("altitude_meters", altitude_m_range);
  if (record.test_status == status_passed)
    read_measured_values(item, record);
  return record;
}

auto key_of(const spo2_test& record) {
  return std::pair{record.device_id, record.test_time};
}

} // namespace

result<std::vector<spo2_test>> read_spo2(std::string_view body) {
  return read_records(body, shape, key_of, read_test);
}

} // namespace polar_flow::polar
