#define BOOST_TEST_DYN_LINK
#include "http/api_types.hpp"

#include <boost/test/unit_test.hpp>

// Expected bodies are written from the contract's field tables (3.1 to 4.10, 6, 7.3) with the
// decisions of 16.5: 0 is 0, hours have two decimals, instants end in Z, additions come last.
using namespace polar_flow;
using namespace polar_flow::http;

namespace {

date day(int d) {
  using namespace std::chrono;
  return date{year{2026} / November / d};
}

} // namespace

BOOST_AUTO_TEST_SUITE(api_types)

BOOST_AUTO_TEST_CASE(sleep) {
  sleep_summary full;
  full.day = day(22);
  full.sleep_score = 78;
  full.total_sleep_s = 27010; // 7.50277… h
  full.light_sleep_s = 14400;
  full.deep_sleep_s = 0;
  full.rem_sleep_s = 5400;
  full.hrv_avg_ms = 45;
  full.heart_rate_avg_bpm = 52.25;
  full.breathing_rate_avg_per_min = 14.1;
  full.skin_temperature_avg_celsius = 34.0;
  sleep_summary empty;
  empty.day = day(21);
  BOOST_TEST(
      to_json(list_rows{std::vector{full, empty}})
      == R"([{"date":"2026-11-22","sleep_score":78,"total_sleep_hours":7.5,)"
         R"("light_sleep_hours":4.0,)"
         R"("deep_sleep_hours":0.0,"rem_sleep_hours":1.5,"hrv_avg":45.0,"heart_rate_avg":52.25,)"
         R"("breathing_rate_avg":14.1,"skin_temperature_avg":34.0},)"
         R"({"date":"2026-11-21","sleep_score":null,"total_sleep_hours":null,)"
         R"("light_sleep_hours":null,"deep_sleep_hours":null,"rem_sleep_hours":null,)"
         R"("hrv_avg":null,"heart_rate_avg":null,"breathing_rate_avg":null,)"
         R"("skin_temperature_avg":null}])");
  BOOST_TEST(to_json(list_rows{std::vector<sleep_summary>{}}) == "[]");
}

BOOST_AUTO_TEST_CASE(activity) {
  activity_day row;
  row.day = day(22);
  row.steps = 0;
  row.calories_active_kcal = 644;
  row.calories_total_kcal = 2260;
  row.distance_m = 2675.0;
  row.active_s = 7890; // 131.5 min
  row.daily_activity_percent = 44.93;
  BOOST_TEST(to_json(list_rows{std::vector{row}})
             == R"([{"date":"2026-11-22","steps":0,"calories_active":644,"calories_total":2260,)"
                R"("distance_km":2.67,"active_minutes":131.5,"activity_score":44}])");
}

BOOST_AUTO_TEST_CASE(recharge) {
  recharge_summary row;
  row.day = day(22);
  row.hrv_rmssd_ms = 38;
  row.ans_charge = -1.5;
  row.ans_charge_status = 2;
  row.breathing_rate_avg_per_min = 13.9;
  row.heart_rate_avg_bpm = 51;
  row.recharge_status = 3;
  row.beat_to_beat_avg_ms = 1170;
  BOOST_TEST(to_json(list_rows{std::vector{row}})
             == R"([{"date":"2026-11-22","hrv_avg":38.0,"ans_charge":-1.5,"ans_charge_status":2,)"
                R"("breathing_rate_avg":13.9,"heart_rate_avg":51.0,"nightly_recharge_status":3,)"
                R"("beat_to_beat_avg":1170}])");
}

BOOST_AUTO_TEST_CASE(cardio_load) {
  cardio_load_day row;
  row.day = day(22);
  row.status = "MAINTAINING";
  row.cardio_load = 50;
  row.strain = 4.1000000000000005;
  row.tolerance = 20;
  row.ratio = 0.20500000000000002;
  row.levels.low = 12.5;
  BOOST_TEST(to_json(list_rows{std::vector{row}})
             == R"([{"date":"2026-11-22","strain":4.1000000000000005,"tolerance":20.0,)"
                R"("cardio_load":50.0,"cardio_load_ratio":0.21,"cardio_load_status":"MAINTAINING",)"
                R"("levels":{"very_low":null,"low":12.5,"medium":null,"high":null,)"
                R"("very_high":null}}])");
}

BOOST_AUTO_TEST_CASE(exercises) {
  exercise_summary row;
  row.id = "6f1d0a0e-0000-5000-8000-000000000000";
  row.polar_exercise_id = "2AC312F";
  row.start_time = instant{day(22)} + std::chrono::hours{7} + std::chrono::minutes{30};
  row.utc_offset_minutes = 120;
  row.sport = "RUNNING";
  row.duration_s = 6917.941; // 115.299… min
  row.distance_m = 12345;
  row.calories_kcal = 530;
  row.average_heart_rate_bpm = 129;
  row.max_heart_rate_bpm = 147;
  row.training_load = 143.22;
  BOOST_TEST(to_json(list_rows{std::vector{row}})
             == R"([{"id":"6f1d0a0e-0000-5000-8000-000000000000","polar_exercise_id":"2AC312F",)"
                R"("start_time":"2026-11-22T07:30:00Z","sport":"RUNNING","duration_minutes":115.3,)"
                R"("distance_km":12.35,"calories":530,"average_heart_rate":129,)"
                R"("max_heart_rate":147,"training_load":143.22,"utc_offset_minutes":120}])");
}

BOOST_AUTO_TEST_CASE(baselines) {
  baseline full;
  full.name = metric::hrv_rmssd;
  full.baseline_value = 50.6;
  full.baseline_7d = 50;
  full.median = 50.5;
  full.q1 = 47.75;
  full.q3 = 53.5;
  full.iqr = 5.75;
  full.std_dev = 5.059644256269407;
  full.min = 41;
  full.max = 60;
  full.lower_bound = 39.125;
  full.upper_bound = 62.125;
  full.sample_count = 10;
  full.status = baseline_status::partial;
  full.data_start = day(1);
  full.data_end = day(10);
  full.calculated_at = instant{day(22)} + std::chrono::microseconds{373353};
  baseline none;
  none.name = metric::training_load;
  none.calculated_at = instant{day(22)};
  BOOST_TEST(
      to_json(std::vector{full, none})
      == R"([{"metric_name":"hrv_rmssd","baseline_value":50.6,"baseline_7d":50.0,)"
         R"("baseline_30d":null,"baseline_90d":null,"median":50.5,"q1":47.75,"q3":53.5,"iqr":5.75,)"
         R"("std_dev":5.059644256269407,"min":41.0,"max":60.0,"lower_bound":39.125,)"
         R"("upper_bound":62.125,"sample_count":10,"status":"partial",)"
         R"("data_start_date":"2026-11-01","data_end_date":"2026-11-10",)"
         R"("calculated_at":"2026-11-22T00:00:00.373353Z"},)"
         R"({"metric_name":"training_load","baseline_value":null,"baseline_7d":null,)"
         R"("baseline_30d":null,"baseline_90d":null,"median":null,"q1":null,"q3":null,"iqr":null,)"
         R"("std_dev":null,"min":null,"max":null,"lower_bound":null,"upper_bound":null,)"
         R"("sample_count":0,"status":"insufficient","data_start_date":null,"data_end_date":null,)"
         R"("calculated_at":"2026-11-22T00:00:00Z"}])");
}

BOOST_AUTO_TEST_CASE(insights_with_everything) {
  insights today;
  today.generated_at = instant{day(22)} + std::chrono::microseconds{45390197071};
  today.data_freshness = day(22);
  today.data_age_days = 45;
  today.data_days = 44;
  today.status = insights_status::ready;
  // In the order of unlocking, which is not that of the answer.
  today.features = {{"baselines_7d", true, std::nullopt, 7},
                    {"patterns", true, std::nullopt, 21},
                    {"anomaly_detection", true, std::nullopt, 21},
                    {"baselines_30d", true, std::nullopt, 30},
                    {"ml_predictions", false, "Unlocks in 16 days", 60}};
  today.progress = unlock_progress{"ml_predictions", 16, 46.5};
  today.current.hrv = dated_value{day(22), 45.2};
  today.current.sleep_score = dated_value{day(21), 78};
  today.current.resting_hr = dated_value{*parse_date("2026-11-22"), 52};
  metric_comparison hrv;
  hrv.name = metric::hrv_rmssd;
  hrv.current = 45.2;
  hrv.as_of = day(22);
  hrv.baseline = 52;
  hrv.lower_bound = 40.5;
  hrv.upper_bound = 63;
  hrv.percent_of_baseline = 86.92307692307692;
  hrv.trend = "declining";
  hrv.trend_days = 3;
  hrv.status = baseline_status::ready;
  today.comparisons = {hrv};
  today.patterns = {{"overtraining_risk", "composite", 35.0, "medium", {"a \"b\""}, std::nullopt}};
  today.anomalies = {{metric::resting_hr, 60, 50, 20.0, "above", "warning", 45.5, 55.5}};
  today.observations = {
      {"recovery", "high", "HRV is 13% below baseline", std::nullopt, "declining"}};
  today.suggestions = {{"prioritize_recovery", "Sleep", 0.85, "HRV"}};
  BOOST_TEST(
      to_json(today, user_id{"12345"})
      == R"({"user_id":"12345","generated_at":"2026-11-22T12:36:30.197071Z",)"
         R"("data_freshness":"2026-11-22T00:00:00Z","data_age_days":45,"status":"ready",)"
         R"("feature_availability":{"baselines_7d":{"available":true,"message":null,)"
         R"("unlock_at_days":7},"baselines_30d":{"available":true,"message":null,)"
         R"("unlock_at_days":30},"patterns":{"available":true,"message":null,"unlock_at_days":21},)"
         R"("anomaly_detection":{"available":true,"message":null,"unlock_at_days":21},)"
         R"("ml_predictions":{"available":false,"message":"Unlocks in 16 days",)"
         R"("unlock_at_days":60}},"unlock_progress":{"next_unlock":"ml_predictions",)"
         R"("days_until_next":16,"percent_to_next":46.5},"current_metrics":{"hrv":45.2,)"
         R"("sleep_score":78,"resting_hr":52.0,"training_load_ratio":null,"as_of":{)"
         R"("hrv":"2026-11-22","sleep_score":"2026-11-21","resting_hr":"2026-11-22",)"
         R"("training_load_ratio":null}},"baselines":{"hrv_rmssd":{"current":45.2,"baseline":52.0,)"
         R"("baseline_7d":null,"baseline_30d":null,"percent_of_baseline":86.92307692307692,)"
         R"("trend":"declining","trend_days":3,"status":"ready","as_of":"2026-11-22",)"
         R"("lower_bound":40.5,"upper_bound":63.0}},"patterns":[{"name":"overtraining_risk",)"
         R"("pattern_type":"composite","score":35.0,"significance":"medium",)"
         R"("factors":["a \"b\""],"interpretation":null}],"anomalies":[{"metric":"resting_hr",)"
         R"("current_value":60.0,"baseline_value":50.0,"deviation_percent":20.0,)"
         R"("direction":"above","severity":"warning","lower_bound":45.5,"upper_bound":55.5}],)"
         R"("observations":[{"category":"recovery","priority":"high",)"
         R"("fact":"HRV is 13% below baseline","context":null,"trend":"declining"}],)"
         R"("suggestions":[{"action":"prioritize_recovery","description":"Sleep",)"
         R"("confidence":0.85,"reason":"HRV"}],"data_days":44})");
}

BOOST_AUTO_TEST_CASE(insights_of_somebody_new) {
  BOOST_TEST(to_json(insights{}, user_id{"1"})
             == R"({"user_id":"1","generated_at":"1970-01-01T00:00:00Z","data_freshness":null,)"
                R"("data_age_days":0,"status":"unavailable","feature_availability":{},)"
                R"("unlock_progress":null,"current_metrics":{"hrv":null,"sleep_score":null,)"
                R"("resting_hr":null,"training_load_ratio":null,"as_of":{"hrv":null,)"
                R"("sleep_score":null,"resting_hr":null,"training_load_ratio":null}},)"
                R"("baselines":{},"patterns":[],"anomalies":[],"observations":[],)"
                R"("suggestions":[],"data_days":0})");
}

BOOST_AUTO_TEST_CASE(sync_reports_count_all_streams) {
  sync_report report;
  report.job = job_id{"job-1"};
  report.user = user_id{"12345"};
  report.status = sync_status::partial;
  report.streams = {{stream::exercises, 5, 1, std::nullopt},
                    {stream::sleep, 28, 1, std::nullopt},
                    {stream::activity, 0, 1, error{errc::consent_missing, "Consent is missing"}},
                    {stream::cardio_load, 0, 1, error{errc::polar_timeout, ""}}};
  BOOST_TEST(to_json(report)
             == R"({"status":"partial","user_id":"12345","records":{"sleep":28,"recharge":0,)"
                R"("activity":0,"exercises":5,"cardio_load":0,"sleepwise_alertness":0,)"
                R"("sleepwise_bedtime":0,"activity_samples":0,"continuous_hr":0,"spo2":0,"ecg":0,)"
                R"("body_temperature":0,"skin_temperature":0,"physical_info":0},)"
                R"("errors":{"activity":"Consent is missing","cardio_load":"polar_timeout"},)"
                R"("total_records":33,"job_id":"job-1"})");
  report.streams.clear();
  report.status = sync_status::success;
  BOOST_TEST(to_json(report).find(R"("errors":null,"total_records":0,)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(issued_keys) {
  BOOST_TEST(to_json(issued_key{"pfk_x", user_id{"12345"}})
             == R"({"api_key":"pfk_x","polar_user_id":"12345","expires_at":null})");
}

BOOST_AUTO_TEST_CASE(exchange_bodies) {
  const auto parsed = parse_exchange_body(R"({"code":"temp_1","client_id":null,"more":[1]})");
  BOOST_REQUIRE(std::holds_alternative<exchange_body>(parsed));
  BOOST_TEST(std::get<exchange_body>(parsed).code == "temp_1");
  BOOST_TEST(!std::get<exchange_body>(parsed).client_id.has_value());
  const auto bound = parse_exchange_body(R"({"code":"temp_1","client_id":"app"})");
  BOOST_TEST(std::get<exchange_body>(bound).client_id.value() == "app");

  struct refusal {
    std::string text;
    bool is_malformed;
    std::string_view member;
  };
  for (const auto& [text, is_malformed, member] : std::initializer_list<refusal>{
           {"", false, ""},
           {"  \n", false, ""},
           {"{", true, ""},
           {"{\"code\":\"a\"} x", true, ""},
           {"{\"code\":\"\xFF\"}", true, ""},
           {std::string(5000, '['), true, ""},
           {"[]", false, ""},
           {"\"code\"", false, ""},
           {"{}", false, "code"},
           {R"({"code":1})", false, "code"},
           {R"({"code":null})", false, "code"},
           {R"({"code":"a","client_id":{}})", false, "client_id"},
       }) {
    const auto refused = parse_exchange_body(text);
    BOOST_REQUIRE_MESSAGE(std::holds_alternative<body_problem>(refused), text);
    BOOST_TEST(std::get<body_problem>(refused).is_malformed == is_malformed, text);
    BOOST_TEST(std::get<body_problem>(refused).member == member, text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
