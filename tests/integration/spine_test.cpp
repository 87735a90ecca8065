// Goal: the main road works from end to end: a person connects an account, and soon every endpoint
// answers with that person's data. Method: server, PostgreSQL and simulator as real processes, the
// athlete connected through the real OAuth exchange; the clocks of all stand still, so that two
// syncs see the same world.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"
#include "tests/support/table_hash.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

namespace {

using namespace polar_flow::testing;

/// Shared by the cases of the suite: a start costs seconds.
struct spine_world {
  static inline std::unique_ptr<world> shared;
  static inline connected_athlete athlete;

  void setup() {
    shared = std::make_unique<world>(world_options{.athletes = 1});
    athlete = connect(shared->server(), athlete_id(0));
    await_first_sync(shared->server(), athlete.user);
  }

  void teardown() {
    shared = nullptr;
  }
};

server_process& server() {
  return spine_world::shared->server();
}

std::string path_of(const std::string& resource) {
  return "/api/v1/users/" + spine_world::athlete.user + resource;
}

boost::json::value get(const std::string& resource) {
  return server().get_json(path_of(resource), spine_world::athlete.api_key);
}

/// Each row has exactly these members in this order, and `order_key` falls from row to row.
void check_list(const std::string& resource, const std::string& keys, const char* order_key,
                std::size_t rows_min, std::size_t rows_max) {
  const auto list = get(resource);
  BOOST_TEST_REQUIRE(list.is_array(), resource);
  const auto& rows = list.get_array();
  BOOST_TEST(rows.size() >= rows_min, resource << " has " << rows.size() << " rows");
  BOOST_TEST(rows.size() <= rows_max, resource << " has " << rows.size() << " rows");
  std::string previous = "9999";
  for (const auto& row : rows) {
    BOOST_TEST(keys_of(row) == keys);
    const std::string position{row.at(order_key).as_string().c_str()};
    BOOST_TEST((position < previous), resource << ": " << position << " after " << previous);
    previous = position;
  }
}

constexpr const char* count_replies =
    "SELECT count(*) FROM polar_flow.raw_replies WHERE user_id = $1";

} // namespace

BOOST_AUTO_TEST_SUITE(spine, *boost::unit_test::fixture<spine_world>())

BOOST_AUTO_TEST_CASE(the_server_says_that_it_lives_and_is_ready) {
  const auto health = server().ask({.target = "/health"});
  BOOST_TEST(health.status == 200);
  BOOST_TEST(kinds_of(parse_json(health.body)) == "status:string,version:string");
  BOOST_TEST(parse_json(health.body).at("status").as_string() == "ok");
  BOOST_TEST(server().ask({.target = "/ready"}).status == 200);
}

BOOST_AUTO_TEST_CASE(the_app_gets_the_user_back_at_its_own_address) {
  const auto address = authorize(server(), spine_world::athlete.user);
  // The callback URL has a query of its own, which must survive.
  BOOST_TEST(address.starts_with(std::string{app_callback_url} + "&"), address);
  BOOST_TEST(query_parameter(address, "polar_user_id").value_or("") == spine_world::athlete.user);
  BOOST_TEST(query_parameter(address, "status").value_or("") == "connected");
  BOOST_TEST(query_parameter(address, "code").value_or("").starts_with("temp_"));
  BOOST_TEST(spine_world::athlete.api_key.starts_with("pfk_"));
  BOOST_TEST(spine_world::athlete.api_key.size() == 44u);
}

BOOST_AUTO_TEST_CASE(lists_have_the_shape_of_the_contract) {
  // Rows: the windows are 28 days of nights; a watch is left at home now and then.
  check_list("/sleep",
             "date,sleep_score,total_sleep_hours,light_sleep_hours,deep_sleep_hours,"
             "rem_sleep_hours,hrv_avg,heart_rate_avg,breathing_rate_avg,skin_temperature_avg",
             "date", 5, 7);
  check_list("/sleep?days=28",
             "date,sleep_score,total_sleep_hours,light_sleep_hours,deep_sleep_hours,"
             "rem_sleep_hours,hrv_avg,heart_rate_avg,breathing_rate_avg,skin_temperature_avg",
             "date", 20, 28);
  check_list("/activity?days=365",
             "date,steps,calories_active,calories_total,distance_km,active_minutes,activity_score",
             "date", 300, 365);
  check_list("/recharge",
             "date,hrv_avg,ans_charge,ans_charge_status,breathing_rate_avg,heart_rate_avg,"
             "nightly_recharge_status,beat_to_beat_avg",
             "date", 20, 28);
  check_list("/cardio-load?days=180",
             "date,strain,tolerance,cardio_load,cardio_load_ratio,cardio_load_status,levels",
             "date", 150, 180);
  check_list("/exercises",
             "id,polar_exercise_id,start_time,sport,duration_minutes,distance_km,calories,"
             "average_heart_rate,max_heart_rate,training_load,utc_offset_minutes",
             "start_time", 5, 60);
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days_that_end_today) {
  const auto rows = get("/activity?days=1");
  BOOST_TEST_REQUIRE(rows.get_array().size() == 1u);
  // The day of `test_instant`.
  BOOST_TEST(rows.at(0).at("date").as_string() == "2026-03-20");
}

BOOST_AUTO_TEST_CASE(baselines_are_learnt) {
  const auto baselines = get("/baselines");
  std::string metrics;
  for (const auto& baseline : baselines.as_array()) {
    metrics += baseline.at("metric_name").as_string().c_str();
    metrics += ' ';
    BOOST_TEST(keys_of(baseline)
               == "metric_name,baseline_value,baseline_7d,baseline_30d,baseline_90d,median,q1,q3,"
                  "iqr,std_dev,min,max,lower_bound,upper_bound,sample_count,status,"
                  "data_start_date,data_end_date,calculated_at");
    BOOST_TEST(baseline.at("baseline_value").is_double());
    BOOST_TEST(baseline.at("sample_count").as_int64() >= 20);
  }
  BOOST_TEST(metrics == "hrv_rmssd sleep_score resting_hr training_load training_load_ratio ");
}

BOOST_AUTO_TEST_CASE(insights_answer_how_am_i) {
  const auto insights = get("/insights");
  BOOST_TEST(keys_of(insights)
             == "user_id,generated_at,data_freshness,data_age_days,status,feature_availability,"
                "unlock_progress,current_metrics,baselines,patterns,anomalies,observations,"
                "suggestions,data_days,hrv,load,predictions,alarms");
  BOOST_TEST(insights.at("user_id").as_string() == spine_world::athlete.user);
  BOOST_TEST(insights.at("status").as_string() == "ready");
  BOOST_TEST(insights.at("generated_at").as_string() == test_instant);
  BOOST_TEST(keys_of(insights.at("feature_availability"))
             == "baselines_7d,baselines_30d,patterns,anomaly_detection,ml_predictions");
  BOOST_TEST(keys_of(insights.at("feature_availability").at("patterns"))
             == "available,message,unlock_at_days");
  BOOST_TEST(kinds_of(insights.at("unlock_progress"))
             == "next_unlock:string,days_until_next:int64,percent_to_next:double");
  BOOST_TEST(keys_of(insights.at("current_metrics"))
                 .starts_with("hrv,sleep_score,resting_hr,training_load_ratio"));
  BOOST_TEST(keys_of(insights.at("baselines"))
             == "hrv_rmssd,sleep_score,resting_hr,training_load,training_load_ratio");
  BOOST_TEST(keys_of(insights.at("baselines").at("hrv_rmssd"))
                 .starts_with("current,baseline,baseline_7d,baseline_30d,percent_of_baseline,trend,"
                              "trend_days,status"));
  BOOST_TEST(insights.at("baselines").at("hrv_rmssd").at("current").is_double());
  BOOST_TEST(insights.at("patterns").is_array());
  BOOST_TEST(insights.at("anomalies").is_array());
  for (const auto& observation : insights.at("observations").as_array())
    BOOST_TEST(keys_of(observation) == "category,priority,fact,context,trend");
  for (const auto& suggestion : insights.at("suggestions").as_array())
    BOOST_TEST(keys_of(suggestion) == "action,description,confidence,reason");
  BOOST_TEST(insights.at("suggestions").as_array().size() >= 1u);
}

BOOST_AUTO_TEST_CASE(the_master_key_and_a_bearer_see_the_same) {
  const auto own = get("/insights");
  BOOST_TEST(server().get_json(path_of("/insights")) == own);
  const auto bearer =
      server().ask({.target = path_of("/insights"),
                    .headers = {{"Authorization", "Bearer " + spine_world::athlete.api_key}}});
  BOOST_TEST(parse_json(bearer.body) == own);
}

BOOST_AUTO_TEST_CASE(an_issued_key_counts_its_requests) {
  const auto remaining = [] {
    const auto answer = server().get(path_of("/baselines"), spine_world::athlete.api_key);
    BOOST_TEST(answer.header("x-ratelimit-limit").value_or("") == "1000");
    BOOST_TEST(answer.header("x-ratelimit-reset").has_value());
    return std::stoi(answer.header("x-ratelimit-remaining").value_or("-1"));
  };
  const auto before = remaining();
  BOOST_TEST(remaining() == before - 1);
  BOOST_TEST(!server().get(path_of("/baselines")).header("x-ratelimit-limit").has_value());
}

BOOST_AUTO_TEST_CASE(a_second_sync_changes_nothing) {
  database tables{spine_world::shared->folder()};
  const auto& user = spine_world::athlete.user;
  const auto replies = tables.count(count_replies, user);
  const auto before = hash_tables(tables.connection_string(), user);
  const auto check_unchanged = [&] {
    for (const auto& difference :
         differences(before, hash_tables(tables.connection_string(), user)))
      BOOST_ERROR(difference);
  };
  BOOST_TEST(replies > 5);

  const auto answer = server().trigger_sync(user, spine_world::athlete.api_key);
  BOOST_TEST(answer.status == 200);
  const auto report = parse_json(answer.body);
  BOOST_TEST(keys_of(report).starts_with("status,user_id,records,errors,total_records"));
  BOOST_TEST(report.at("status").as_string() == "success");
  BOOST_TEST(report.at("errors").is_null());
  BOOST_TEST(keys_of(report.at("records"))
             == "sleep,recharge,activity,exercises,cardio_load,sleepwise_alertness,"
                "sleepwise_bedtime,activity_samples,continuous_hr,spo2,ecg,body_temperature,"
                "skin_temperature,physical_info");
  BOOST_TEST(report.at("records").at("sleep").as_int64() >= 20);

  check_unchanged();
  // A later sync asks for activity, its samples and cardio load in other windows: the last 30 days,
  // and once more the days that were empty. These are requests of their own; every other body is
  // known.
  const auto after_second = tables.count(count_replies, user);
  BOOST_TEST(after_second <= replies + 20);
  BOOST_TEST(server().trigger_sync(user).status == 200);
  BOOST_TEST(tables.count(count_replies, user) == after_second);
  check_unchanged();
}

BOOST_AUTO_TEST_CASE(every_sync_is_in_the_log) {
  database tables{spine_world::shared->folder()};
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 "
                          "AND trigger = 'first_connection' AND status = 'success'",
                          spine_world::athlete.user)
             == 1);
  BOOST_TEST(tables.count("SELECT count(*) FROM polar_flow.sync_logs WHERE user_id = $1 "
                          "AND (completed_at IS NULL OR status <> 'success')",
                          spine_world::athlete.user)
             == 0);
}

BOOST_AUTO_TEST_CASE(a_restart_keeps_data_and_keys) {
  const auto insights = get("/insights");
  const auto nights = get("/sleep?days=28");
  const auto end = server().stop();
  BOOST_TEST(to_string(end) == "exit code 0");
  BOOST_TEST(!find_embedded_database(spine_world::shared->folder()).has_value());
  spine_world::shared->restart_server();
  BOOST_TEST(get("/insights") == insights);
  BOOST_TEST(get("/sleep?days=28") == nights);
}

BOOST_AUTO_TEST_SUITE_END()
