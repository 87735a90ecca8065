#include "storage/record_columns.hpp"
#include "storage/statements.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace polar_flow::storage {

namespace {

std::optional<double> temperature_minimum(const body_temperature_period& record) {
  const auto least = std::ranges::min_element(record.samples, {}, &temperature_sample::celsius);
  return least == record.samples.end() ? std::nullopt : std::optional{least->celsius};
}

std::optional<double> temperature_maximum(const body_temperature_period& record) {
  const auto greatest = std::ranges::max_element(record.samples, {}, &temperature_sample::celsius);
  return greatest == record.samples.end() ? std::nullopt : std::optional{greatest->celsius};
}

std::optional<double> temperature_average(const body_temperature_period& record) {
  if (record.samples.empty())
    return std::nullopt;
  double sum = 0;
  for (const auto& sample : record.samples)
    sum += sample.celsius;
  // A rounded sum may lead a hair's breadth out of the range of equal samples.
  return std::clamp(sum / static_cast<double>(record.samples.size()), *temperature_minimum(record),
                    *temperature_maximum(record));
}

} // namespace

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<spo2_test>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&spo2_test::device_id);
  add(&spo2_test::test_time);
  add(&spo2_test::utc_offset_minutes);
  add(&spo2_test::test_status);
  add(&spo2_test::blood_oxygen_percent);
  add(&spo2_test::spo2_class);
  add(&spo2_test::spo2_deviation);
  add(&spo2_test::quality_percent);
  add(&spo2_test::average_heart_rate_bpm);
  add(&spo2_test::hrv_ms);
  add(&spo2_test::hrv_deviation);
  add(&spo2_test::altitude_m);
  return statements::upsert_spo2;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<ecg_test>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&ecg_test::device_id);
  add(&ecg_test::test_time);
  add(&ecg_test::utc_offset_minutes);
  add(&ecg_test::average_heart_rate_bpm);
  add(&ecg_test::hrv_ms);
  add(&ecg_test::hrv_level);
  add(&ecg_test::rri_ms);
  add(&ecg_test::pulse_transit_systolic_ms);
  add(&ecg_test::pulse_transit_diastolic_ms);
  add(&ecg_test::pulse_transit_quality_index);
  values.add(nested_column(records, &ecg_test::samples, &ecg_sample::offset_ms));
  values.add(nested_column(records, &ecg_test::samples, &ecg_sample::millivolts));
  values.add(nested_column(records, &ecg_test::qualities, &ecg_quality::offset_ms));
  values.add(nested_column(records, &ecg_test::qualities, &ecg_quality::level));
  return statements::upsert_ecg;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<body_temperature_period>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&body_temperature_period::device_id);
  add(&body_temperature_period::start_time);
  add(&body_temperature_period::end_time);
  add(&body_temperature_period::measurement_type);
  add(&body_temperature_period::sensor_location);
  add(temperature_minimum);
  add(temperature_average);
  add(temperature_maximum);
  values.add(
      nested_column(records, &body_temperature_period::samples, &temperature_sample::offset_ms));
  values.add(
      nested_column(records, &body_temperature_period::samples, &temperature_sample::celsius));
  return statements::upsert_body_temperature;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<physical_info>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&physical_info::recorded_at);
  add(&physical_info::weight_kg);
  add(&physical_info::height_cm);
  add(&physical_info::birthday);
  add(&physical_info::gender);
  add(&physical_info::maximum_heart_rate_bpm);
  add(&physical_info::resting_heart_rate_bpm);
  add(&physical_info::aerobic_threshold_bpm);
  add(&physical_info::anaerobic_threshold_bpm);
  add(&physical_info::vo2_max_ml_per_min_kg);
  add(&physical_info::weight_source);
  add(&physical_info::training_background);
  add(&physical_info::typical_day);
  add(&physical_info::sleep_goal_s);
  return statements::upsert_physical_info;
}

} // namespace polar_flow::storage
