// Goal: a record comes back as it was stored, to its last digit, and nobody finds another's.
#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"

#include <limits>

namespace polar_flow::storage {

namespace {

const date ninth = day_of(2026, 3, 9);
const instant morning = instant{ninth} + 6h + 1us;

struct detail_fixture : records_fixture {
  std::optional<record_detail> load(detail_kind kind, const detail_key& key) {
    return require_value(db->load_detail(user, kind, key));
  }

  template <class Record>
  Record found(detail_kind kind, const detail_key& key) {
    const auto detail = load(kind, key);
    BOOST_REQUIRE(detail.has_value());
    return std::get<Record>(*detail);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(details, detail_fixture)

BOOST_AUTO_TEST_CASE(a_night_with_what_others_know_of_it) {
  store_all(stream::sleep,
            std::vector{full_night(ninth), full_night(ninth - std::chrono::days{1})});
  store_all(stream::recharge, std::vector{full_recharge(ninth)});
  store_all(stream::skin_temperature, std::vector{full_skin_temperature(ninth)});
  const auto night = found<night_detail>(detail_kind::night, ninth);
  BOOST_TEST((night.record == full_night(ninth)));
  const auto listed = std::get<std::vector<sleep_summary>>(
      require_value(db->load_list(user, list_kind::sleep, {ninth, ninth})));
  BOOST_TEST((night.summary == listed.front()));
  BOOST_TEST((night.heart_rate_min_bpm == 50.0));
  BOOST_TEST((night.heart_rate_max_bpm == 60.0));
  BOOST_TEST((night.hrv_sample_count == 2));
  const auto alone = found<night_detail>(detail_kind::night, ninth - std::chrono::days{1});
  BOOST_TEST(!alone.hrv_sample_count.has_value());
}

BOOST_AUTO_TEST_CASE(records_of_a_day_come_back) {
  for (const auto& [kind, records] : one_of_each())
    store_all(kind, records);
  BOOST_TEST((found<nightly_recharge>(detail_kind::recharge, ninth) == full_recharge(ninth)));
  BOOST_TEST((found<activity_day>(detail_kind::activity, ninth) == full_activity(ninth)));
  BOOST_TEST((found<activity_sample_day>(detail_kind::activity_samples, ninth)
              == full_activity_samples(ninth)));
  const auto rates = found<heart_rate_detail>(detail_kind::heart_rate, ninth);
  BOOST_TEST((rates.record == full_heart_rate(ninth)));
  BOOST_TEST(rates.summary.sample_count == 3);
  BOOST_TEST((rates.summary.heart_rate_max_bpm == 120));
}

BOOST_AUTO_TEST_CASE(a_day_without_a_record_has_no_detail) {
  for (const auto& [kind, records] : one_of_each())
    store_all(kind, records);
  for (const auto kind : {detail_kind::night, detail_kind::recharge, detail_kind::activity,
                          detail_kind::activity_samples, detail_kind::heart_rate})
    for (const auto day : {ninth - std::chrono::days{1}, ninth + std::chrono::days{1}})
      BOOST_TEST(!load(kind, day).has_value());
}

BOOST_AUTO_TEST_CASE(what_was_not_told_stays_unknown) {
  night bare_night;
  bare_night.day = ninth;
  store_all(stream::sleep, std::vector{bare_night});
  night_detail unknown;
  unknown.summary.day = ninth;
  unknown.record = bare_night;
  BOOST_TEST((found<night_detail>(detail_kind::night, ninth) == unknown));
  nightly_recharge bare_recharge;
  bare_recharge.day = ninth;
  store_all(stream::recharge, std::vector{bare_recharge});
  BOOST_TEST((found<nightly_recharge>(detail_kind::recharge, ninth) == bare_recharge));
  BOOST_TEST((found<night_detail>(detail_kind::night, ninth).hrv_sample_count == 0));
  exercise bare_exercise;
  bare_exercise.polar_exercise_id = "bare";
  bare_exercise.start_time = morning;
  store_all(stream::exercises, std::vector{bare_exercise});
  const auto session =
      found<exercise_detail>(detail_kind::exercise, query("SELECT exercise_id FROM exercise"));
  BOOST_TEST((session.record == bare_exercise));
  ecg_test bare_ecg;
  bare_ecg.test_time = morning;
  store_all(stream::ecg, std::vector{bare_ecg});
  const std::int64_t ecg_id = std::stoll(query("SELECT ecg_id FROM ecg_ids"));
  BOOST_TEST((found<ecg_detail>(detail_kind::ecg, ecg_id).record == bare_ecg));
  body_temperature_period bare_period;
  bare_period.start_time = morning;
  store_all(stream::body_temperature, std::vector{bare_period});
  const device_moment start{morning, ""};
  BOOST_TEST((found<body_temperature_period>(detail_kind::body_temperature, start) == bare_period));
}

BOOST_AUTO_TEST_CASE(words_of_any_language_come_back) {
  auto ecg = full_ecg(morning);
  ecg.hrv_level = "sehr höhe \\ \"höher\"";
  ecg.qualities = {{0, "心电图, {质量}"}, {1, "NULL"}, {2, ""}};
  store_all(stream::ecg, std::vector{ecg});
  const std::int64_t id = std::stoll(query("SELECT ecg_id FROM ecg_ids"));
  BOOST_TEST((found<ecg_detail>(detail_kind::ecg, id).record == ecg));
}

BOOST_AUTO_TEST_CASE(a_session_brings_only_the_series_that_is_asked_for) {
  store_all(stream::exercises, std::vector{detailed_exercise()});
  const auto id = query("SELECT exercise_id FROM exercise");
  auto expected = detailed_exercise();
  const auto samples = expected.samples;
  const auto route = expected.route;
  expected.samples.clear();
  expected.route.clear();
  const auto plain = found<exercise_detail>(detail_kind::exercise, id);
  BOOST_TEST(plain.id == id);
  BOOST_TEST(plain.has_samples);
  BOOST_TEST(plain.has_route);
  BOOST_TEST((plain.record == expected));
  const auto with_samples = found<exercise_detail>(detail_kind::exercise_samples, id);
  BOOST_TEST((with_samples.record.samples == samples));
  BOOST_TEST(with_samples.record.route.empty());
  const auto with_route = found<exercise_detail>(detail_kind::exercise_route, id);
  BOOST_TEST((with_route.record.route == route));
  BOOST_TEST(with_route.record.samples.empty());
}

BOOST_AUTO_TEST_CASE(a_session_of_a_list_has_no_series) {
  store_all(stream::exercises, std::vector{full_exercise()});
  const auto id = query("SELECT exercise_id FROM exercise");
  for (const auto kind :
       {detail_kind::exercise, detail_kind::exercise_samples, detail_kind::exercise_route}) {
    const auto detail = found<exercise_detail>(kind, id);
    BOOST_TEST((detail.record == full_exercise()));
    BOOST_TEST(!detail.has_samples);
    BOOST_TEST(!detail.has_route);
  }
}

BOOST_AUTO_TEST_CASE(a_session_whose_details_are_empty_is_detailed_all_the_same) {
  auto empty = full_exercise();
  empty.is_detailed = true;
  store_all(stream::exercises, std::vector{empty});
  const auto detail =
      found<exercise_detail>(detail_kind::exercise, query("SELECT exercise_id FROM exercise"));
  BOOST_TEST((detail.record == empty));
}

BOOST_AUTO_TEST_CASE(series_without_values_come_back) {
  auto session = detailed_exercise();
  session.samples = {{0, 1, {}}, {1, 5, {std::nullopt, std::nullopt}}, {2, std::nullopt, {1e-7}}};
  store_all(stream::exercises, std::vector{session});
  const auto detail = found<exercise_detail>(detail_kind::exercise_samples,
                                             query("SELECT exercise_id FROM exercise"));
  BOOST_TEST((detail.record.samples == session.samples));
}

BOOST_AUTO_TEST_CASE(of_two_sessions_each_is_found_by_its_own_id) {
  auto other = detailed_exercise();
  other.polar_exercise_id = "other";
  other.route.clear();
  store_all(stream::exercises, std::vector{detailed_exercise(), other});
  const auto id_of = [&](const std::string& polar_id) {
    return query("SELECT exercise_id FROM exercise WHERE polar_exercise_id = '" + polar_id + "'");
  };
  const auto first = found<exercise_detail>(detail_kind::exercise, id_of("y8aKxj2J"));
  const auto second = found<exercise_detail>(detail_kind::exercise, id_of("other"));
  BOOST_TEST(first.record.polar_exercise_id == "y8aKxj2J");
  BOOST_TEST(first.has_route);
  BOOST_TEST(second.record.polar_exercise_id == "other");
  BOOST_TEST(!second.has_route);
}

BOOST_AUTO_TEST_CASE(ids_of_sessions_may_be_any_text) {
  store_all(stream::exercises, std::vector{full_exercise()});
  const auto id = query("SELECT exercise_id FROM exercise");
  const std::vector<std::string> strange{"",
                                         "no uuid",
                                         "'; DROP TABLE users; --",
                                         "y8aKxj2J",
                                         "%",
                                         "00000000-0000-0000-0000-000000000000",
                                         '{' + id + '}',
                                         id + ' ',
                                         id.substr(1),
                                         "\xff\xfe",
                                         std::string{"\0", 1},
                                         std::string(100'000, 'a')};
  for (const auto kind :
       {detail_kind::exercise, detail_kind::exercise_samples, detail_kind::exercise_route})
    for (const auto& text : strange)
      BOOST_TEST(!load(kind, text).has_value(), text.substr(0, 40));
  BOOST_TEST(load(detail_kind::exercise, id).has_value());
}

BOOST_AUTO_TEST_CASE(ids_of_tests_may_be_any_number) {
  store_all(stream::ecg, std::vector{full_ecg(morning)});
  using limits = std::numeric_limits<std::int64_t>;
  for (const auto id : {limits::min(), std::int64_t{-1}, std::int64_t{0}, limits::max()})
    BOOST_TEST(!load(detail_kind::ecg, id).has_value(), id);
}

BOOST_AUTO_TEST_CASE(devices_that_began_together_are_told_apart) {
  auto other = full_body_temperature(morning);
  other.device_id = "odd-\"id\"";
  other.samples = {{0, 30.25}};
  store_all(stream::body_temperature, std::vector{full_body_temperature(morning), other});
  const device_moment first{morning, "0A1B2C3D"};
  const device_moment second{morning, "odd-\"id\""};
  BOOST_TEST((found<body_temperature_period>(detail_kind::body_temperature, first)
              == full_body_temperature(morning)));
  BOOST_TEST((found<body_temperature_period>(detail_kind::body_temperature, second) == other));
  BOOST_TEST(!load(detail_kind::body_temperature, device_moment{morning, "0a1b2c3d"}).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_measured_now_and_then_comes_back) {
  store_all(stream::ecg, std::vector{full_ecg(morning)});
  const std::int64_t id = std::stoll(query("SELECT ecg_id FROM ecg_ids"));
  const auto ecg = found<ecg_detail>(detail_kind::ecg, id);
  BOOST_TEST(ecg.id == id);
  BOOST_TEST((ecg.record == full_ecg(morning)));
  BOOST_TEST(!load(detail_kind::ecg, id + 1).has_value());
  store_all(stream::body_temperature, std::vector{full_body_temperature(morning)});
  const device_moment period{morning, "0A1B2C3D"};
  BOOST_TEST((found<body_temperature_period>(detail_kind::body_temperature, period)
              == full_body_temperature(morning)));
  BOOST_TEST(!load(detail_kind::body_temperature, device_moment{morning, ""}).has_value());
  store_all(stream::sleepwise_alertness, std::vector{full_alertness(morning)});
  BOOST_TEST((found<alertness_period>(detail_kind::alertness, device_moment{morning, ""})
              == full_alertness(morning)));
  BOOST_TEST(!load(detail_kind::alertness, device_moment{morning + 1us, ""}).has_value());
}

BOOST_AUTO_TEST_CASE(nobody_finds_anothers_record) {
  for (const auto& [kind, records] : one_of_each())
    store_all(kind, records);
  const user_id stranger{"67890"};
  const auto id = query("SELECT exercise_id FROM exercise");
  const std::int64_t ecg = std::stoll(query("SELECT ecg_id FROM ecg_ids"));
  const std::vector<std::pair<detail_kind, detail_key>> questions{
      {detail_kind::night, ninth},
      {detail_kind::recharge, ninth},
      {detail_kind::activity, ninth},
      {detail_kind::activity_samples, ninth},
      {detail_kind::heart_rate, ninth},
      {detail_kind::exercise, id},
      {detail_kind::exercise_samples, id},
      {detail_kind::exercise_route, id},
      {detail_kind::ecg, ecg},
      {detail_kind::alertness, device_moment{instant{ninth} + 6h, ""}},
      {detail_kind::body_temperature, device_moment{instant{ninth} + 6h, "0A1B2C3D"}}};
  for (const auto& [kind, key] : questions) {
    BOOST_TEST(load(kind, key).has_value());
    BOOST_TEST(!require_value(db->load_detail(stranger, kind, key)).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_key_of_another_form_is_refused) {
  const std::vector<std::pair<detail_kind, detail_key>> questions{
      {detail_kind::night, std::string{"2026-03-09"}},
      {detail_kind::exercise, ninth},
      {detail_kind::ecg, std::string{"1"}},
      {detail_kind::recharge, std::int64_t{1}},
      {detail_kind::night, device_moment{}},
      {detail_kind::alertness, ninth}};
  for (const auto& [kind, key] : questions)
    BOOST_TEST(code_of(db->load_detail(user, kind, key)) == errc::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
