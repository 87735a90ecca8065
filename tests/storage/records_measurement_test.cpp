#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(measurement_records, records_fixture)

BOOST_AUTO_TEST_CASE(a_blood_oxygen_test_is_stored_whole) {
  store_all(stream::spo2, std::vector{full_spo2(instant{day_of(2026, 3, 9)} + 1ms)});
  BOOST_TEST(query("SELECT row(device_id, test_time, utc_offset_minutes, test_status, "
                   "blood_oxygen_percent, spo2_class, spo2_deviation, quality_percent, "
                   "average_heart_rate_bpm, hrv_ms, hrv_deviation, altitude_m)::text FROM spo2")
             == "(0A1B2C3D,\"2026-03-09 00:00:00.001+00\",120,TEST_PASSED,97,NORMAL,USUAL,92.5,"
                "59,44.75,ABOVE_USUAL,11.5)");
}

BOOST_AUTO_TEST_CASE(tests_of_two_devices_at_one_time_are_two) {
  auto one = full_spo2(instant{day_of(2026, 3, 9)});
  auto other = one;
  other.device_id.clear();
  BOOST_TEST(store_all(stream::spo2, std::vector{one, other}) == 2);
  // Texts that become the same in the database are one key, and the last record wins.
  one.device_id = std::string{"A\0B", 3};
  other.device_id = "AB";
  BOOST_TEST(store_all(stream::spo2, std::vector{one, other}) == 1);
}

BOOST_AUTO_TEST_CASE(an_ecg_is_stored_whole) {
  store_all(stream::ecg, std::vector{full_ecg(instant{day_of(2026, 3, 9)})});
  BOOST_TEST(query("SELECT row(device_id, test_time, utc_offset_minutes, average_heart_rate_bpm, "
                   "hrv_ms, hrv_level, rri_ms, pulse_transit_systolic_ms, "
                   "pulse_transit_diastolic_ms, pulse_transit_quality_index)::text FROM ecg")
             == "(0A1B2C3D,\"2026-03-09 00:00:00+00\",-60,57,41.5,HIGH,1052.5,210.25,230.5,"
                "0.875)");
  BOOST_TEST(query("SELECT row(sample_offsets_ms, samples_mv, quality_offsets_ms)::text FROM ecg")
             == "(\"{0,8,16}\",\"{-0.0125,0.25,1.5}\",\"{0,10000}\")");
  BOOST_TEST(query("SELECT quality_levels[2] FROM ecg") == "odd, {level}");
}

BOOST_AUTO_TEST_CASE(an_ecg_keeps_its_public_id) {
  const instant noon = instant{day_of(2026, 3, 9)} + 12h;
  store_all(stream::ecg, std::vector{full_ecg(noon), full_ecg(noon - 1h)});
  // Older tests have smaller numbers.
  const auto ids = query("SELECT string_agg(ecg_id::text, ',' ORDER BY test_time) FROM ecg_ids");
  BOOST_TEST(ids == "1,2");
  auto changed = full_ecg(noon);
  changed.hrv_level = "LOW";
  BOOST_TEST(store_all(stream::ecg, std::vector{changed, full_ecg(noon + 1h)}) == 2);
  BOOST_TEST(query("SELECT string_agg(ecg_id::text, ',' ORDER BY test_time) FROM ecg_ids")
             == "1,2,3");
}

BOOST_AUTO_TEST_CASE(a_body_temperature_is_stored_whole) {
  store_all(stream::body_temperature,
            std::vector{full_body_temperature(instant{day_of(2026, 3, 9)})});
  // (33.5 + 34.25 + 32) / 3 = 33.25
  BOOST_TEST(query("SELECT row(device_id, start_time, end_time, measurement_type, sensor_location, "
                   "temperature_min_celsius, temperature_avg_celsius, temperature_max_celsius, "
                   "sample_offsets_ms, samples_celsius)::text FROM body_temperature")
             == "(0A1B2C3D,\"2026-03-09 00:00:00+00\",\"2026-03-09 06:00:00+00\","
                "TM_SKIN_TEMPERATURE,SL_DISTAL,32,33.25,34.25,\"{0,60000,120000}\","
                "\"{33.5,34.25,32}\")");
}

BOOST_AUTO_TEST_CASE(a_mean_temperature_never_leaves_its_samples) {
  auto period = full_body_temperature(instant{day_of(2026, 3, 9)});
  // As doubles, ten times 0.1 add up to less than 1: the plain mean would be below all of them.
  period.samples.assign(10, {0, 0.1});
  store_all(stream::body_temperature, std::vector{period});
  BOOST_TEST(query("SELECT temperature_avg_celsius FROM body_temperature") == "0.1");
  period.samples.clear();
  store_all(stream::body_temperature, std::vector{period});
  BOOST_TEST(query("SELECT num_nonnulls(temperature_min_celsius, temperature_avg_celsius, "
                   "temperature_max_celsius) FROM body_temperature")
             == "0");
}

BOOST_AUTO_TEST_CASE(physical_information_is_stored_whole) {
  store_all(stream::physical_info, std::vector{full_physical_info(instant{day_of(2026, 3, 9)})});
  BOOST_TEST(query("SELECT row(recorded_at, weight_kg, height_cm, birthday, gender, "
                   "maximum_heart_rate_bpm, resting_heart_rate_bpm, aerobic_threshold_bpm, "
                   "anaerobic_threshold_bpm, vo2_max_ml_per_min_kg, weight_source, "
                   "training_background, typical_day, sleep_goal_s)::text FROM physical_info")
             == "(\"2026-03-09 00:00:00+00\",71.5,178.5,1985-07-14,FEMALE,186,52,139,167,47,"
                "SOURCE_USER,REGULAR,MOSTLY_SITTING,28800)");
}

BOOST_AUTO_TEST_CASE(physical_information_without_a_time_is_of_its_answer) {
  auto info = full_physical_info({});
  info.recorded_at.reset();
  BOOST_TEST(store_all(stream::physical_info, std::vector{info}) == 1);
  BOOST_TEST(query("SELECT recorded_at FROM physical_info") == "2026-03-10 08:00:00+00");
  now += 1h;
  info.weight_kg = 70.0;
  BOOST_TEST(store_all(stream::physical_info, std::vector{info}) == 1);
  BOOST_TEST(query("SELECT string_agg(weight_kg::text, ' ' ORDER BY recorded_at) "
                   "FROM physical_info")
             == "71.5 70");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
