#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(sleepwise_records, records_fixture)

BOOST_AUTO_TEST_CASE(alertness_is_stored_whole) {
  store_all(stream::sleepwise_alertness,
            std::vector{full_alertness(instant{day_of(2026, 3, 9)} + 6h)});
  BOOST_TEST(query("SELECT row(period_start_time, period_end_time, sleep_period_start_time, "
                   "sleep_period_end_time, sleep_timezone_offset_minutes)::text "
                   "FROM sleepwise_alertness")
             == "(\"2026-03-09 06:00:00+00\",\"2026-03-10 06:00:00+00\","
                "\"2026-03-08 22:00:00+00\",\"2026-03-09 05:00:00+00\",120)");
  BOOST_TEST(query("SELECT row(grade, grade_validity_s, grade_type, grade_classification, "
                   "validity, sleep_inertia, sleep_type, result_type)::text "
                   "FROM sleepwise_alertness")
             == "(7.25,7200,GRADE_TYPE_PRIMARY,GRADE_CLASSIFICATION_STRONG,VALIDITY_VALID,"
                "SLEEP_INERTIA_NO_INERTIA,SLEEP_TYPE_PRIMARY,ALERTNESS_TYPE_PREDICTION)");
  BOOST_TEST(query("SELECT row(hourly_start_times, hourly_end_times)::text "
                   "FROM sleepwise_alertness")
             == "(\"{\"\"2026-03-09 06:00:00+00\"\",\"\"2026-03-09 07:00:00+00\"\"}\","
                "\"{\"\"2026-03-09 07:00:00+00\"\",NULL}\")");
  BOOST_TEST(query("SELECT hourly_levels[1] || '|' || hourly_levels[2] FROM sleepwise_alertness")
             == "LEVEL_HIGH|odd, \"level\"");
  BOOST_TEST(query("SELECT hourly_validities FROM sleepwise_alertness") == "{VALID,NULL}");
}

BOOST_AUTO_TEST_CASE(history_takes_the_place_of_a_prediction) {
  auto period = full_alertness(instant{day_of(2026, 3, 9)} + 6h);
  store_all(stream::sleepwise_alertness, std::vector{period});
  period.result_type = "ALERTNESS_TYPE_HISTORY";
  period.hours.pop_back();
  BOOST_TEST(store_all(stream::sleepwise_alertness, std::vector{period}) == 1);
  BOOST_TEST(query("SELECT count(*) || ' ' || max(result_type) || ' ' || "
                   "max(cardinality(hourly_levels)) FROM sleepwise_alertness")
             == "1 ALERTNESS_TYPE_HISTORY 1");
}

BOOST_AUTO_TEST_CASE(a_bedtime_is_stored_whole) {
  store_all(stream::sleepwise_bedtime, std::vector{full_bedtime(instant{day_of(2026, 3, 9)})});
  BOOST_TEST(query("SELECT row(period_start_time, period_end_time, preferred_sleep_start_time, "
                   "preferred_sleep_end_time)::text FROM sleepwise_bedtime")
             == "(\"2026-03-09 00:00:00+00\",\"2026-03-10 00:00:00+00\","
                "\"2026-03-09 01:00:00+00\",\"2026-03-09 09:00:00+00\")");
  BOOST_TEST(query("SELECT row(sleep_gate_start_time, sleep_gate_end_time, "
                   "sleep_timezone_offset_minutes, validity, quality, result_type)::text "
                   "FROM sleepwise_bedtime")
             == "(\"2026-03-09 02:00:00+00\",\"2026-03-09 03:00:00+00\",-180,VALID,"
                "CIRCADIAN_BEDTIME_QUALITY_STRONG,CIRCADIAN_BEDTIME_TYPE_HISTORY)");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
