#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"
#include "tests/support/table_hash.hpp"

namespace polar_flow::storage {

namespace {

struct analytics_fixture : store_fixture {
  analytics_snapshot snapshot() const {
    analytics_snapshot made;
    baseline hrv;
    hrv.name = metric::hrv_rmssd;
    hrv.baseline_value = 61.25;
    hrv.q1 = 1.0 / 3.0;
    hrv.sample_count = 30;
    hrv.status = baseline_status::ready;
    hrv.data_start = day_of(2026, 2, 1);
    hrv.data_end = day_of(2026, 3, 9);
    hrv.calculated_at = now;
    baseline score;
    score.name = metric::sleep_score;
    score.calculated_at = now;
    made.baselines = {hrv, score};
    auto& today = made.today;
    today.generated_at = now;
    today.data_freshness = day_of(2026, 3, 9);
    today.data_age_days = 37;
    today.data_days = 30;
    today.status = insights_status::ready;
    today.features = {{"patterns", false, "9 more days", 21}};
    today.progress = unlock_progress{"patterns", 9, 57.1};
    today.current.hrv = dated_value{day_of(2026, 3, 9), 60.0};
    today.comparisons.emplace_back().as_of = day_of(2026, 3, 9);
    today.patterns = {{"p", "t", 0.5, "high", {"a", "b \"c\""}, std::nullopt}};
    today.anomalies = {{metric::resting_hr, 60, 50, 49, 20.0, "above", "warning", 45, 55}};
    today.observations = {{"recovery", "high", "HRV is 12% below baseline", std::nullopt, "down"}};
    today.suggestions = {{"rest", "Take a rest day", 0.8, "HRV"}};
    return made;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(analytics_input_query, analytics_fixture)

BOOST_AUTO_TEST_CASE(each_metric_has_its_source_and_order) {
  night one;
  one.day = day_of(2026, 3, 9);
  one.sleep_score = 80;
  night two;
  two.day = day_of(2026, 3, 7);
  two.sleep_score = 70;
  night unscored;
  unscored.day = day_of(2026, 3, 8);
  put(reply(stream::sleep, "s", std::vector{one, two, unscored}));
  nightly_recharge first;
  first.day = day_of(2026, 3, 8);
  first.hrv_rmssd_ms = 60;
  nightly_recharge second;
  second.day = day_of(2026, 3, 6);
  second.heart_rate_avg_bpm = 50;
  second.breathing_rate_avg_per_min = 14.5;
  put(reply(stream::recharge, "r", std::vector{first, second}));
  skin_temperature_night skin;
  skin.day = day_of(2026, 3, 7);
  skin.temperature_celsius = 34.25;
  skin_temperature_night unknown;
  unknown.day = day_of(2026, 3, 8);
  put(reply(stream::skin_temperature, "t", std::vector{skin, unknown}));
  cardio_load_day load;
  load.day = day_of(2026, 3, 5);
  load.cardio_load = 0.1;
  load.ratio = 0.0;
  cardio_load_day none;
  none.day = day_of(2026, 3, 4);
  none.cardio_load = 0.0;
  none.ratio = 1.5;
  put(reply(stream::cardio_load, "c", std::vector{load, none}));

  const auto window = require_value(db->load_analytics_input(user)).window;
  using series = std::vector<dated_value>;
  BOOST_TEST((window.sleep_score == series{{two.day, 70.0}, {one.day, 80.0}}));
  BOOST_TEST((window.hrv_rmssd_ms == series{{first.day, 60.0}}));
  BOOST_TEST((window.resting_heart_rate_bpm == series{{second.day, 50.0}}));
  BOOST_TEST((window.training_load == series{{load.day, 0.1}}));
  BOOST_TEST((window.training_load_ratio == series{{none.day, 1.5}}));
  BOOST_TEST((window.breaths_per_minute == series{{second.day, 14.5}}));
  BOOST_TEST((window.skin_temperature_celsius == series{{skin.day, 34.25}}));
  BOOST_TEST((window.recorded_days == std::vector{second.day, two.day, unscored.day, one.day}));
}

BOOST_AUTO_TEST_CASE(a_user_without_data_has_an_empty_window) {
  const auto input = require_value(db->load_analytics_input(user));
  BOOST_TEST((input.window == analytics_window{}));
  BOOST_TEST(!input.utc_offset_minutes.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(snapshots, analytics_fixture)

BOOST_AUTO_TEST_CASE(a_snapshot_replaces_the_one_before) {
  BOOST_TEST(require_value(db->store_snapshot(claim(), user, snapshot())) == 1u);
  BOOST_TEST(query("SELECT row(baseline_value, q1, median, sample_count, status, data_start, "
                   "data_end)::text FROM user_baselines WHERE metric = 'hrv_rmssd'")
             == "(61.25,0.3333333333333333,,30,ready,2026-02-01,2026-03-09)");
  BOOST_TEST(query("SELECT row(data_freshness, data_age_days, data_days, status)::text "
                   "FROM analytics_snapshot")
             == "(2026-03-09,37,30,ready)");
  BOOST_TEST(query("SELECT parts #>> '{patterns,0,factors,1}' FROM analytics_snapshot")
             == "b \"c\"");
  BOOST_TEST(query("SELECT parts #>> '{current,hrv,day}' FROM analytics_snapshot") == "2026-03-09");
  BOOST_TEST(query("SELECT parts #> '{current,sleep_score}' FROM analytics_snapshot") == "null");
  BOOST_TEST(query("SELECT parts #>> '{anomalies,0,name}' FROM analytics_snapshot")
             == "resting_hr");

  auto next = snapshot();
  next.baselines.erase(next.baselines.begin());
  next.today.progress.reset();
  next.today.data_days = 31;
  BOOST_TEST(require_value(db->store_snapshot(claim(), user, next)) == 2u);
  BOOST_TEST(query("SELECT string_agg(metric, ',') FROM user_baselines") == "sleep_score");
  BOOST_TEST(query("SELECT data_days FROM analytics_snapshot") == "31");
  BOOST_TEST(query("SELECT parts -> 'progress' FROM analytics_snapshot") == "null");
  BOOST_TEST(require_value(db->find_user(user)).changes == 2u);
}

BOOST_AUTO_TEST_CASE(the_same_snapshot_later_leaves_identical_tables) {
  require_value(db->store_snapshot(claim(), user, snapshot()));
  const auto before = testing::hash_tables(options.database_url);
  now += 1h;
  require_value(db->store_snapshot(claim(), user, snapshot()));
  BOOST_TEST(testing::differences(before, testing::hash_tables(options.database_url)).empty());
}

BOOST_AUTO_TEST_CASE(an_empty_snapshot_can_be_stored) {
  require_value(db->store_snapshot(claim(), user, snapshot()));
  require_value(db->store_snapshot(claim(), user, {}));
  BOOST_TEST(query("SELECT count(*) FROM user_baselines") == "0");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
