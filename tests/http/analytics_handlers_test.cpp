// Goal: the analytics endpoints of contract sections 4.2 to 4.9, byte for byte.
#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

const std::string base = "/api/v1/users/12345/";
const instant morning{std::chrono::seconds{1'795'000'000}};

pattern_analysis pattern(const std::string& type, const std::string& name,
                         const std::string& significance, pattern_details details) {
  pattern_analysis made;
  made.type = type;
  made.name = name;
  made.significance = significance;
  made.details = std::move(details);
  made.analyzed_at = morning;
  return made;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(analytics_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(one_baseline) {
  for (const auto name : all_metrics) {
    baseline made;
    made.name = name;
    made.calculated_at = morning;
    script.baselines.push_back(made);
  }
  script.baselines[2].baseline_value = 52.5;
  script.baselines[2].sample_count = 30;
  script.baselines[2].status = baseline_status::ready;
  const auto answer = get(base + "baselines/resting_hr");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == R"({"metric_name":"resting_hr","baseline_value":52.5,"baseline_7d":null,)"
                R"("baseline_30d":null,"baseline_90d":null,"median":null,"q1":null,"q3":null,)"
                R"("iqr":null,"std_dev":null,"min":null,"max":null,"lower_bound":null,)"
                R"("upper_bound":null,"sample_count":30,"status":"ready","data_start_date":null,)"
                R"("data_end_date":null,"calculated_at":"2026-11-18T11:06:40Z"})");
  const auto calculated = ask("POST", base + "baselines/calculate", {{"X-API-Key", user_key}});
  BOOST_TEST(body_of(calculated)
             == R"({"user_id":"12345","baselines_calculated":{"hrv_rmssd":"insufficient",)"
                R"("sleep_score":"insufficient","resting_hr":"ready",)"
                R"("training_load":"insufficient","training_load_ratio":"insufficient"}})");
}

BOOST_AUTO_TEST_CASE(names_that_are_none) {
  const auto metric = get(base + "baselines/steps");
  BOOST_TEST(metric.status == 400);
  BOOST_TEST(body_of(metric)
             == R"({"status_code":400,"detail":"Validation failed for GET )"
                R"(/api/v1/users/12345/baselines/steps","extra":[{"message":"Invalid enum value )"
                R"('steps'","key":"metric","source":"path"}]})");
  BOOST_TEST(get(base + "baselines/check/steps/1").status == 400);
  BOOST_TEST(get(base + "patterns/fitness_trend").status == 400);
  BOOST_TEST(get(base + "baselines/calculate").status == 405);
  BOOST_TEST(get(base + "patterns/detect").status == 405);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(a_value_is_checked) {
  metric_check check;
  check.name = metric::hrv_rmssd;
  check.value = 20;
  check.is_anomaly = true;
  check.severity = "critical";
  check.baseline = 48.25;
  check.baseline_7d = 47;
  check.lower_bound = 30;
  check.upper_bound = 66.5;
  check.status = baseline_status::ready;
  check.sample_count = 60;
  script.checked = check;
  BOOST_TEST(body_of(get(base + "baselines/check/hrv_rmssd/2e1"))
             == R"({"value":20.0,"metric_name":"hrv_rmssd","is_anomaly":true,)"
                R"("severity":"critical","baseline":48.25,"baseline_7d":47.0,"lower_bound":30.0,)"
                R"("upper_bound":66.5,"status":"ready"})");
  BOOST_TEST((script.asked_metric == metric::hrv_rmssd));
  BOOST_TEST(script.asked_value == 20.0);
  get(base + "baselines/check/hrv_rmssd/-3.5");
  BOOST_TEST(script.asked_value == -3.5);
  script.checked = {};
  BOOST_TEST(body_of(get(base + "baselines/check/hrv_rmssd/%2B20"))
             == R"({"is_anomaly":false,"reason":"No baseline data available",)"
                R"("status":"insufficient"})");
}

BOOST_AUTO_TEST_CASE(what_is_no_number_is_no_address) {
  for (const auto* text : {"abc", "1,5", "1.5x", "0x10", "--1", "1e", "%20"}) {
    const auto answer = get(base + "baselines/check/hrv_rmssd/" + text);
    BOOST_TEST(answer.status == 404, text);
    BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"Not Found"})");
  }
  for (const auto* text : {"nan", "inf", "-inf", "Infinity", "1e999"}) {
    const auto answer = get(base + "baselines/check/hrv_rmssd/" + text);
    BOOST_TEST(answer.status == 400, text);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":400,"detail":"Invalid value: must be a finite number"})");
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(status_of_the_data) {
  auto& status = script.data_status;
  status.sleep_days = 20;
  status.recharge_days = 19;
  status.activity_days = 30;
  status.cardio_load_days = 14;
  status.min_data_days = 14;
  status.features = {{"trend_analysis", true, 14, 0, 100},
                     {"personalized_baselines", false, 21, 7, 66.666}};
  status.recommendation = "Keep going.";
  BOOST_TEST(body_of(get(base + "analytics/status"))
             == R"({"user_id":"12345","data_days":{"sleep":20,"recharge":19,"activity":30,)"
                R"("cardio_load":14},"min_data_days":14,"features_available":)"
                R"({"trend_analysis":true,"personalized_baselines":false},"unlock_progress":)"
                R"({"trend_analysis":{"unlocked":true,"days_required":14,"days_remaining":0,)"
                R"("progress_percent":100},"personalized_baselines":{"unlocked":false,)"
                R"("days_required":21,"days_remaining":7,"progress_percent":66.7}},)"
                R"("recommendations":["Keep going."]})");
}

BOOST_AUTO_TEST_CASE(patterns_with_their_details) {
  auto correlation = pattern("correlation", "sleep_hrv_correlation", "high",
                             correlation_details{0.6, 0.001, "moderate", "positive", "A sentence"});
  correlation.score = 0.6;
  correlation.confidence = 0.999;
  correlation.metrics = {"sleep_score", "hrv_rmssd"};
  correlation.sample_count = 40;
  script.patterns = {
      correlation,
      pattern("composite", "overtraining_risk", "low",
              overtraining_details{15, {"HRV declining"}, 4, {"Carry on"}}),
      pattern("trend", "hrv_trend", "medium", trend_details{-6.5, "declining", "HRV is declining"}),
      pattern("trend", "sleep_trend", "insufficient", insufficient_details{"Too little", {}}),
      pattern("composite", "recovery_readiness", "high",
              readiness_details{{{"hrv", 0.5, 62.5, 1.0}}, {"sleep_score"}, "Good"})};
  BOOST_TEST(
      body_of(get(base + "patterns"))
      == R"([{"pattern_type":"correlation","pattern_name":"sleep_hrv_correlation","score":0.6,)"
         R"("confidence":0.999,"significance":"high","metrics_involved":["sleep_score",)"
         R"("hrv_rmssd"],"sample_count":40,"details":{"correlation_coefficient":0.6,)"
         R"("p_value":0.001,"strength":"moderate","direction":"positive",)"
         R"("interpretation":"A sentence"},"analyzed_at":"2026-11-18T11:06:40Z"},)"
         R"({"pattern_type":"composite","pattern_name":"overtraining_risk","score":null,)"
         R"("confidence":null,"significance":"low","metrics_involved":[],"sample_count":0,)"
         R"("details":{"risk_score":15,"risk_factors":["HRV declining"],"metrics_checked":4,)"
         R"("recommendations":["Carry on"]},"analyzed_at":"2026-11-18T11:06:40Z"},)"
         R"({"pattern_type":"trend","pattern_name":"hrv_trend","score":null,"confidence":null,)"
         R"("significance":"medium","metrics_involved":[],"sample_count":0,"details":)"
         R"({"trend_percent":-6.5,"direction":"declining","interpretation":"HRV is declining"},)"
         R"("analyzed_at":"2026-11-18T11:06:40Z"},)"
         R"({"pattern_type":"trend","pattern_name":"sleep_trend","score":null,"confidence":null,)"
         R"("significance":"insufficient","metrics_involved":[],"sample_count":0,"details":)"
         R"({"reason":"Too little"},"analyzed_at":"2026-11-18T11:06:40Z"},)"
         R"({"pattern_type":"composite","pattern_name":"recovery_readiness","score":null,)"
         R"("confidence":null,"significance":"high","metrics_involved":[],"sample_count":0,)"
         R"("details":{"parts":[{"name":"hrv","value":0.5,"points":62.5,"weight":1.0}],)"
         R"("missing":["sleep_score"],"interpretation":"Good"},)"
         R"("analyzed_at":"2026-11-18T11:06:40Z"}])");
  BOOST_TEST(body_of(get(base + "patterns/sleep_trend"))
             == R"({"pattern_type":"trend","pattern_name":"sleep_trend","score":null,)"
                R"("confidence":null,"significance":"insufficient","metrics_involved":[],)"
                R"("sample_count":0,"details":{"reason":"Too little"},)"
                R"("analyzed_at":"2026-11-18T11:06:40Z"})");
  BOOST_TEST(body_of(ask("POST", base + "patterns/detect", {{"X-API-Key", user_key}}))
             == R"({"user_id":"12345","patterns_detected":{"sleep_hrv_correlation":"high",)"
                R"("overtraining_risk":"low","hrv_trend":"medium","sleep_trend":"insufficient",)"
                R"("recovery_readiness":"high"}})");
}

BOOST_AUTO_TEST_CASE(patterns_that_nothing_computes) {
  for (const auto* name : {"training_recovery_lag", "activity_sleep_correlation"}) {
    const auto answer = get(base + "patterns/" + name);
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":404,"detail":"Pattern ')" + std::string{name}
                      + R"(' not found for user"})");
  }
}

BOOST_AUTO_TEST_CASE(anomalies_are_counted) {
  BOOST_TEST(body_of(get(base + "anomalies"))
             == R"({"user_id":"12345","anomaly_count":0,"anomalies":[]})");
  anomaly_summary found;
  found.name = metric::resting_hr;
  found.current_value = 70;
  found.baseline_value = 50;
  found.median_value = 49.5;
  found.lower_bound = 42;
  found.upper_bound = 58;
  found.direction = "above";
  found.severity = "critical";
  found.deviation_percent = 40;
  script.anomalies = {found};
  ++script.version.changes;
  BOOST_TEST(body_of(get(base + "anomalies"))
             == R"({"user_id":"12345","anomaly_count":1,"anomalies":[{"metric_name":)"
                R"("resting_hr","current_value":70.0,"baseline_value":50.0,"median_value":49.5,)"
                R"("lower_bound":42.0,"upper_bound":58.0,"direction":"above",)"
                R"("severity":"critical","deviation_percent":40.0}]})");
}

BOOST_AUTO_TEST_CASE(predictions_have_a_version) {
  prediction one;
  one.name = metric::sleep_score;
  script.predictions = {one};
  const auto first = get(base + "predictions");
  BOOST_TEST(first.status == 200);
  BOOST_TEST(body_of(first).starts_with(
      R"({"user_id":"12345","interval_percent":80,"nights_needed":60,"predictions":[)"
      R"({"metric":"sleep_score","unit":"points","status":"too_few_nights",)"));
  BOOST_TEST(!first.entity_tag.empty());
  get(base + "predictions");
  BOOST_TEST((script.asked_known == script.version));
}

BOOST_AUTO_TEST_CASE(figures_are_explained) {
  script.explained_figure.subject = explained::hrv_range;
  const auto answer = get(base + "explain/hrv_range");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer).starts_with(R"({"user_id":"12345","metric":"hrv_range",)"));
  BOOST_TEST((script.asked_subject == explained::hrv_range));
  const auto unknown = get(base + "explain/steps");
  BOOST_TEST(unknown.status == 400);
  BOOST_TEST(body_of(unknown).find("Invalid enum value 'steps'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_user_who_is_not_there) {
  script.failure = error{errc::unknown_user, {}};
  for (const auto* path : {"baselines/hrv_rmssd", "baselines/check/hrv_rmssd/1", "analytics/status",
                           "patterns", "patterns/hrv_trend", "anomalies", "predictions",
                           "explain/load"})
    BOOST_TEST(get(base + path).status == 404, path);
}

BOOST_AUTO_TEST_SUITE_END()
