#define BOOST_TEST_DYN_LINK
#include "http/api_types.hpp"

#include <boost/test/unit_test.hpp>

// Expected bodies are written from the contract's field tables (4.1, 4.10, 6, 7.3) with the
// decisions of 16.5: instants end in Z, additions come last.
using namespace polar_flow;
using namespace polar_flow::http;

namespace {

date day(int d) {
  using namespace std::chrono;
  return date{year{2026} / November / d};
}

} // namespace

BOOST_AUTO_TEST_SUITE(api_types)

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
  today.anomalies = {{metric::resting_hr, 60, 50, 51, 20.0, "above", "warning", 45.5, 55.5}};
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
         R"("confidence":0.85,"reason":"HRV"}],"data_days":44,)"
         R"("hrv":{"as_of":null,"night_ms":null,"night_ln":null,"week_nights":0,)"
         R"("week_mean_ms":null,"week_mean_ln":null,"week_variation_percent":null,)"
         R"("range_nights":0,"acute_range_ms":null,"chronic_range_ms":null,"acute":null,)"
         R"("chronic":null},"load":{"as_of":null,"ctl":null,"atl":null,"tsb":null,)"
         R"("week_days_known":0,"week_total":null,"monotony":null,"strain":null,)"
         R"("polar_ratio":null},"predictions":[],)"
         R"("alarms":{"illness":{"as_of":null,"state":"learning","since":null,)"
         R"("message":"No night of the last days is known","evidence":null,)"
         R"("alarms_last_year":0,"signals":[]},"overload":{"as_of":null,"state":"learning",)"
         R"("since":null,"message":"No training load of the last days is known",)"
         R"("week_load":null,"usual_load":null,"ratio":null,"deviation":null,"strain":null}}})");
}

BOOST_AUTO_TEST_CASE(insights_of_somebody_new) {
  BOOST_TEST(to_json(insights{}, user_id{"1"})
             == R"({"user_id":"1","generated_at":"1970-01-01T00:00:00Z","data_freshness":null,)"
                R"("data_age_days":0,"status":"unavailable","feature_availability":{},)"
                R"("unlock_progress":null,"current_metrics":{"hrv":null,"sleep_score":null,)"
                R"("resting_hr":null,"training_load_ratio":null,"as_of":{"hrv":null,)"
                R"("sleep_score":null,"resting_hr":null,"training_load_ratio":null}},)"
                R"("baselines":{},"patterns":[],"anomalies":[],"observations":[],)"
                R"("suggestions":[],"data_days":0,)"
                R"("hrv":{"as_of":null,"night_ms":null,"night_ln":null,"week_nights":0,)"
                R"("week_mean_ms":null,"week_mean_ln":null,"week_variation_percent":null,)"
                R"("range_nights":0,"acute_range_ms":null,"chronic_range_ms":null,"acute":null,)"
                R"("chronic":null},"load":{"as_of":null,"ctl":null,"atl":null,"tsb":null,)"
                R"("week_days_known":0,"week_total":null,"monotony":null,"strain":null,)"
                R"("polar_ratio":null},"predictions":[],)"
                R"("alarms":{"illness":{"as_of":null,"state":"learning","since":null,)"
                R"("message":"No night of the last days is known","evidence":null,)"
                R"("alarms_last_year":0,"signals":[]},"overload":{"as_of":null,"state":"learning",)"
                R"("since":null,"message":"No training load of the last days is known",)"
                R"("week_load":null,"usual_load":null,"ratio":null,"deviation":null,)"
                R"("strain":null}}})");
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
