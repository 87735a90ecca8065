// Goal: what goes beyond the baselines is shown as docs/analytics.md promises. Method: literals.
#define BOOST_TEST_DYN_LINK
#include "domain/version.hpp"
#include "http/standing_types.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

const date today = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};

template <class T>
std::string written(const T& value) {
  json_writer out;
  write(out, value);
  return out.take();
}

} // namespace

BOOST_AUTO_TEST_SUITE(standing_types)

BOOST_AUTO_TEST_CASE(hrv_in_both_units) {
  hrv_standing standing;
  standing.as_of = today;
  standing.night_ln = std::log(50.0);
  standing.week_nights = 6;
  standing.week_mean_ln = 4.0;
  standing.week_variation_percent = 2.5;
  standing.range_nights = 55;
  standing.acute_range = ln_range{3.5, 4.25};
  standing.acute = range_verdict::within;
  standing.chronic = range_verdict::above;
  BOOST_TEST(written(standing)
             == R"({"as_of":"2026-03-20","night_ms":50.0,"night_ln":3.912023005428146,)"
                R"("week_nights":6,"week_mean_ms":54.6,"week_mean_ln":4.0,)"
                R"("week_variation_percent":2.5,"range_nights":55,)"
                R"("acute_range_ms":{"lower":33.12,"upper":70.11},"chronic_range_ms":null,)"
                R"("acute":"within","chronic":"above"})");
}

BOOST_AUTO_TEST_CASE(load) {
  load_standing standing;
  standing.as_of = today;
  standing.ctl = fading_mean{60.5, 0.9};
  standing.atl = fading_mean{72.25, 0.95};
  standing.tsb = -11.75;
  standing.week_days_known = 7;
  standing.week = week_of_load{420, 1.5, 630};
  standing.polar_ratio = 1.2;
  BOOST_TEST(written(standing)
             == R"({"as_of":"2026-03-20","ctl":60.5,"atl":72.25,"tsb":-11.75,)"
                R"("week_days_known":7,"week_total":420.0,"monotony":1.5,"strain":630.0,)"
                R"("polar_ratio":1.2})");
}

BOOST_AUTO_TEST_CASE(predictions_that_are_shown_and_one_that_is_not) {
  prediction shown;
  shown.name = metric::hrv_rmssd;
  shown.status = prediction_status::shown;
  shown.nights = 300;
  shown.backtest = {.nights = 250,
                    .model_error = 0.125,
                    .persistence_error = 0.25,
                    .week_mean_error = 0.1875,
                    .coverage = 0.8125,
                    .interval_nights = 240};
  shown.next = night_prediction{today, 48.5, 40.25, 58.0, {}};
  prediction not_better = shown;
  not_better.name = metric::resting_hr;
  not_better.status = prediction_status::not_better;
  not_better.next.reset();
  BOOST_TEST(to_json(std::vector{shown, not_better}, user_id{"1"})
             == R"({"user_id":"1","interval_percent":80,"nights_needed":60,"predictions":[)"
                R"({"metric":"hrv_rmssd","unit":"ms","status":"shown","message":null,)"
                R"("nights":300,"for_date":"2026-03-20","value":48.5,"lower":40.25,)"
                R"-("upper":58.0,"backtest":{"nights":250,"error_unit":"ln(ms)",)-"
                R"("model_error":0.125,"persistence_error":0.25,"week_mean_error":0.1875,)"
                R"("coverage":0.8125,"interval_nights":240}},)"
                R"({"metric":"resting_hr","unit":"1/min","status":"not_better",)"
                R"("message":"On your own history the model did not beat both simple guesses, )"
                R"(\"as last night\" and \"as the mean of the last 7 days\", so nothing is )"
                R"(predicted","nights":300,"for_date":null,"value":null,"lower":null,)"
                R"("upper":null,"backtest":{"nights":250,"error_unit":"1/min",)"
                R"("model_error":0.125,"persistence_error":0.25,"week_mean_error":0.1875,)"
                R"("coverage":0.8125,"interval_nights":240}}]})");
  json_writer out;
  write_shown(out, {shown});
  BOOST_TEST(out.take()
             == R"([{"metric":"hrv_rmssd","unit":"ms","for_date":"2026-03-20","value":48.5,)"
                R"("lower":40.25,"upper":58.0}])");
}

BOOST_AUTO_TEST_CASE(an_explanation) {
  explanation made;
  made.subject = explained::load;
  made.today = today;
  made.settings = {{"ctl_days", 42}};
  made.rows = {{"week", "load", date_range{today - std::chrono::days{6}, today}, {{today, 12.5}}},
               {"all", "load", std::nullopt, {}}};
  made.figures = {{"ctl", 3.5, "load", "Σ load"}, {"strain", std::nullopt, "load", "a · b"}};
  const std::string version{server_version};
  BOOST_TEST(to_json(made, user_id{"1"}, {7, today})
             == R"({"user_id":"1","metric":"load","today":"2026-03-20","server_version":")"
                    + version
                    + R"(","data_version":7,"settings":{"ctl_days":42.0},"rows":[)"
                      R"({"name":"week","unit":"load","from":"2026-03-14","to":"2026-03-20",)"
                      R"("values":[{"date":"2026-03-20","value":12.5}]},)"
                      R"({"name":"all","unit":"load","from":null,"to":null,"values":[]}],)"
                      R"("figures":[{"name":"ctl","value":3.5,"unit":"load",)"
                      R"("formula":"Σ load"},{"name":"strain","value":null,"unit":"load",)"
                      R"("formula":"a · b"}]})");
}

BOOST_AUTO_TEST_SUITE_END()
