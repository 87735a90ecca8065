// Goal: every warning of the AccessLink contract and every row of its table of disagreements has
// a test that bears its name. The readers' own tests go deeper; these say what must not be lost.

#define BOOST_TEST_DYN_LINK
#include "polar/oauth.hpp"
#include "polar/rate_headers.hpp"
#include "polar/readers.hpp"
#include "polar/requests.hpp"
#include "polar/webhooks.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;
namespace json = boost::json;

namespace {

/// `value` with every name of a member changed by `rename`.
json::value with_names(const json::value& value,
                       const std::function<std::string(std::string)>& rename) {
  if (const auto* object = value.if_object()) {
    json::object changed;
    for (const auto& member : *object)
      changed[rename(std::string{member.key()})] = with_names(member.value(), rename);
    return changed;
  }
  if (const auto* list = value.if_array()) {
    json::array changed;
    for (const auto& item : *list)
      changed.push_back(with_names(item, rename));
    return changed;
  }
  return value;
}

std::string with_character(std::string name, char separator) {
  for (auto& character : name)
    if (character == '-' || character == '_')
      character = separator;
  return name;
}

/// Calls `check` for every member of every object in `value`; maps of clock readings are data.
void for_each_member(json::value& value,
                     const std::function<void(json::object&, const std::string&)>& check) {
  if (auto* list = value.if_array())
    for (auto& item : *list)
      for_each_member(item, check);
  auto* object = value.if_object();
  if (object == nullptr)
    return;
  std::vector<std::string> names;
  for (const auto& member : *object)
    if (std::string_view{member.key()}.find(':') == std::string_view::npos)
      names.emplace_back(member.key());
  for (const auto& name : names) {
    for_each_member(object->at(name), check);
    check(*object, name);
  }
}

template <class Record>
Record only(const result<std::vector<Record>>& records) {
  BOOST_REQUIRE(records.has_value());
  BOOST_REQUIRE(records->size() == 1);
  return records->front();
}

night night_with(const std::string& members) {
  return only(read_sleep(R"({"date":"2026-05-03",)" + members + "}"));
}

exercise exercise_with(const std::string& members) {
  return only(read_exercises(R"([{"id":"a","start_time":"2026-02-01T06:35:07",)" + members + "}]"));
}

cardio_load_day load_with(const std::string& members) {
  return only(read_cardio_load(R"([{"date":"2026-07-15",)" + members + "}]"));
}

http_response answer(int status, std::string body) {
  return {.status = status, .headers = {}, .body = std::move(body)};
}

std::optional<token_grant> grant_of(const std::string& body) {
  const auto outcome = read_token_answer(answer(200, body));
  const auto* grant = outcome ? std::get_if<token_grant>(&*outcome) : nullptr;
  return grant == nullptr ? std::nullopt : std::optional{*grant};
}

} // namespace

BOOST_AUTO_TEST_SUITE(contract_warnings)

BOOST_AUTO_TEST_CASE(warning_1_key_style_is_mixed_even_inside_one_object) {
  for (const auto& sample : testing::sample_answers()) {
    const auto original = json::parse(sample.body);
    const auto expected = read_answer(sample.kind, sample.body).value();
    int count = 0;
    const std::vector<std::function<std::string(std::string)>> styles{
        [](std::string name) { return with_character(std::move(name), '-'); },
        [](std::string name) { return with_character(std::move(name), '_'); },
        [&](std::string name) {
          return with_character(std::move(name), ++count % 2 ? '-' : '_');
        }};
    for (const auto& style : styles)
      BOOST_TEST((read_answer(sample.kind, json::serialize(with_names(original, style))).value()
                  == expected),
                 to_string(sample.kind));
  }
}

BOOST_AUTO_TEST_CASE(warning_2_absent_beats_null) {
  for (const auto& sample : testing::sample_answers()) {
    auto document = json::parse(sample.body);
    int members = 0;
    for_each_member(document, [&](json::object& object, const std::string& name) {
      const json::object original = object;
      object[name] = nullptr;
      const auto with_null = read_answer(sample.kind, json::serialize(document));
      object.erase(name);
      const auto without = read_answer(sample.kind, json::serialize(document));
      object = original;
      BOOST_TEST((with_null == without), to_string(sample.kind) << " " << name);
      ++members;
    });
    // The least, a night of skin temperature and another one, have five.
    BOOST_TEST(members >= 5);
  }
}

BOOST_AUTO_TEST_CASE(warning_3_sentinels_are_no_values) {
  const auto night = night_with(
      R"("continuity":0,"continuity_class":0,"sleep_score":0,"sleep_rating":0,"sleep_charge":-1,
         "heart_rate_samples":{"23:30":0})");
  polar_flow::night empty_night;
  empty_night.day = 2026y / May / 3;
  BOOST_TEST((night == empty_night));
  BOOST_TEST(
      !only(read_recharge(R"({"date":"2026-05-03","beat_to_beat_avg":0})")).beat_to_beat_avg_ms);
  BOOST_TEST(read_continuous_heart_rate(
                 R"({"date":"2025-07-01","heart_rate_samples":[{"heart_rate":0,
                    "sample_time":"00:00:01"}]})")
                 .value()
                 .empty());
  const auto load = load_with(
      R"("cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE","cardio_load":-1.0,"tolerance":-1.0,
         "cardio_load_ratio":-1.0,"strain":0.0,"cardio_load_level":{"low":-1.0})");
  cardio_load_day empty_load;
  empty_load.day = 2026y / July / 15;
  empty_load.status = "LOAD_STATUS_NOT_AVAILABLE";
  BOOST_TEST((load == empty_load));
  const auto pro = exercise_with(
                       R"("training_load_pro":{"muscle-load":-1.0,"perceived-load":0.0,
                          "perceived-load-interpretation":"NOT_AVAILABLE"})")
                       .load_pro;
  BOOST_REQUIRE(pro.has_value());
  BOOST_TEST(!pro->muscle_load);
  BOOST_TEST(!pro->perceived_load);
}

BOOST_AUTO_TEST_CASE(warning_4_local_time_without_offset_is_common) {
  // Activity and heart rate stay local, sleep carries its offset, an exercise has minutes beside.
  const auto day = only(read_activity(R"([{"start_time":"2025-09-07T23:36"}])"));
  BOOST_TEST((day.day == sys_days{2025y / September / 7}));
  BOOST_TEST((day.start_time == local_days{2025y / September / 7} + 23h + 36min));
  const auto pulse = only(read_continuous_heart_rate(
      R"({"date":"2025-07-01","heart_rate_samples":
         [{"heart_rate":60,"sample_time":"23:59:59"}]})"));
  BOOST_TEST((pulse.day == sys_days{2025y / July / 1}));
  BOOST_TEST((pulse.samples == std::vector<heart_rate_sample>{{86'399, 60}}));
  const auto night = night_with(R"("sleep_start_time":"2026-05-02T23:30:29-05:00")");
  BOOST_TEST((night.start_time == sys_days{2026y / May / 3} + 4h + 30min + 29s));
  BOOST_TEST((night.utc_offset_minutes == -300));
  BOOST_TEST((exercise_with(R"("start_time_utc_offset":60)").start_time
              == sys_days{2026y / February / 1} + 5h + 35min + 7s));
}

BOOST_AUTO_TEST_CASE(warning_5_clock_maps_pass_midnight_in_the_order_of_the_text) {
  const auto night = night_with(
      R"("sleep_start_time":"2026-05-02T23:30:29+02:00",
         "hypnogram":{"23:30":3,"23:59":4,"00:07":1})");
  BOOST_TEST((night.hypnogram == std::vector<night_sample>{{-30, 3}, {-1, 4}, {7, 1}}));
  // Without a start, as in nightly recharge, what begins from noon on is the evening before.
  const auto recharge = only(
      read_recharge(R"({"date":"2026-05-03","hrv_samples":{"23:55":54,"00:00":34,"06:10":41}})"));
  BOOST_TEST((recharge.hrv_samples_ms == std::vector<night_sample>{{-5, 54}, {0, 34}, {370, 41}}));
}

BOOST_AUTO_TEST_CASE(warning_6_sample_lists_are_one_text_with_nulls_and_gaps) {
  const auto record =
      exercise_with(R"("samples":[{"recording_rate":1,"sample_type":0,"data":"77,null,,78"}])");
  BOOST_TEST(
      (record.samples == std::vector<sample_series>{{0, 1, {77, std::nullopt, std::nullopt, 78}}}));
}

BOOST_AUTO_TEST_CASE(warning_7_nothing_is_said_in_three_ways) {
  for (const auto kind : all_streams) {
    BOOST_TEST((classify_status(204, kind).value() == answer_kind::empty), to_string(kind));
    BOOST_TEST((classify_status(404, kind).value() == answer_kind::empty), to_string(kind));
    BOOST_TEST(record_count(read_answer(kind, "[]").value()) == 0u, to_string(kind));
    BOOST_TEST(record_count(read_answer(kind, "").value()) == 0u, to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(warning_8_rate_headers_hold_two_numbers) {
  const auto headers = read_rate_headers({.status = 200,
                                          .headers = {{"ratelimit-usage", "7, 283"},
                                                      {"ratelimit-limit", "520, 5100"},
                                                      {"ratelimit-reset", "279, 12579"}},
                                          .body = {}});
  BOOST_REQUIRE(headers.has_value());
  BOOST_TEST((headers->quarter_hour == rate_window{7, 520, 279s}));
  BOOST_TEST((headers->day == rate_window{283, 5100, 12579s}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(contract_disagreements)

BOOST_AUTO_TEST_CASE(exercise_zone_and_sample_key_style) {
  const auto hyphens = exercise_with(
      R"("heart-rate-zones":[{"lower-limit":96,"upper-limit":115,"in-zone":"PT2M2S"}],
         "samples":[{"recording-rate":1,"sample-type":0,"data":"77"}])");
  const auto underscores = exercise_with(
      R"("heart_rate_zones":[{"lower_limit":96,"upper_limit":115,"in_zone":"PT2M2S"}],
         "samples":[{"recording_rate":1,"sample_type":0,"data":"77"}])");
  BOOST_TEST((hyphens == underscores));
  BOOST_TEST((hyphens.heart_rate_zones == std::vector<heart_rate_zone>{{0, 96, 115, 122.0}}));
  BOOST_TEST((hyphens.samples == std::vector<sample_series>{{0, 1, {77}}}));
}

BOOST_AUTO_TEST_CASE(running_index) {
  BOOST_TEST((exercise_with(R"("running-index":52)").running_index == 52));
  BOOST_TEST((exercise_with(R"("running_index":52)").running_index == 52));
}

BOOST_AUTO_TEST_CASE(sample_type_string_or_number) {
  for (const auto* type : {"3", "\"3\""})
    BOOST_TEST(
        exercise_with(std::string{R"("samples":[{"sample_type":)"} + type + R"(,"data":"1"}])")
                .samples.at(0)
                .sample_type
            == 3,
        type);
}

BOOST_AUTO_TEST_CASE(zone_index_base) {
  for (const auto* first : {"0", "1"})
    BOOST_TEST(exercise_with(std::string{R"("heart_rate_zones":[{"index":)"} + first
                             + R"(,"lower_limit":96}])")
                       .heart_rate_zones.at(0)
                       .index
                   == 0,
               first);
}

BOOST_AUTO_TEST_CASE(training_load_pro_inner_keys) {
  for (const auto* members : {R"("cardio-load":12.5,"user-rpe":"RPE_EASY")",
                              R"("cardio_load":12.5,"user_rpe":"RPE_EASY")"}) {
    const auto pro =
        exercise_with(std::string{R"("training_load_pro":{)"} + members + "}").load_pro;
    BOOST_REQUIRE(pro.has_value());
    BOOST_TEST((pro->cardio_load == 12.5), members);
    BOOST_TEST((pro->user_rpe == "RPE_EASY"), members);
  }
}

BOOST_AUTO_TEST_CASE(cardio_very_high) {
  for (const auto* name : {"very-high", "very_high"})
    BOOST_TEST(
        (load_with(std::string{R"("cardio_load_level":{")"} + name + "\":180.0}").levels.very_high
         == 180.0),
        name);
}

BOOST_AUTO_TEST_CASE(activity_start_and_end_are_local) {
  // Even a suffix that says UTC changes nothing: the wall clock is what is written.
  for (const auto* suffix : {"", "Z"}) {
    const auto day = only(read_activity(std::string{R"([{"start_time":"2025-09-08T00:00)"} + suffix
                                        + R"(","end_time":"2025-09-08T23:59:59"}])"));
    BOOST_TEST((day.day == sys_days{2025y / September / 8}));
    BOOST_TEST((day.start_time == local_days{2025y / September / 8} + 0h));
    BOOST_TEST((day.end_time == local_days{2025y / September / 8} + 23h + 59min + 59s));
  }
}

BOOST_AUTO_TEST_CASE(activity_zones_are_an_open_set) {
  for (const std::string zone : {"SLEEP", "NON_WEAR", "SOMETHING_NEW"})
    BOOST_TEST(only(read_activity_samples(
                        R"([{"date":"2025-09-26","activity_zones":{"samples":
                           [{"timestamp":"2025-09-26T00:00","zone":")"
                        + zone + R"("}]}}])"))
                   .zones.at(0)
                   .zone
               == zone);
}

BOOST_AUTO_TEST_CASE(continuous_hr_range_has_three_shapes_and_is_asked_by_day) {
  const std::string day =
      R"({"date":"2025-07-01","heart_rate_samples":[{"heart_rate":74,"sample_time":"00:02:44"}]})";
  for (const auto& body : {day, "[" + day + "]", R"({"heart_rates":[)" + day + "]}"})
    BOOST_TEST(only(read_continuous_heart_rate(body)).samples.size() == 1u, body);
  for (const auto& request : plan_heart_rate(
           {.today = 2026y / November / 22, .known = {}, .days = {}}, 2026y / November / 22))
    BOOST_TEST(request.target.find('?') == std::string::npos, request.target);
}

BOOST_AUTO_TEST_CASE(continuous_hr_spacing_is_not_assumed) {
  const auto day = only(read_continuous_heart_rate(
      R"({"date":"2025-07-01","heart_rate_samples":[{"heart_rate":74,"sample_time":"00:02:44"},
          {"heart_rate":75,"sample_time":"00:02:45"},
          {"heart_rate":76,"sample_time":"00:07:44"}]})"));
  BOOST_TEST((day.samples == std::vector<heart_rate_sample>{{164, 74}, {165, 75}, {464, 76}}));
}

BOOST_AUTO_TEST_CASE(hypnogram_code_6_is_unknown) {
  BOOST_TEST(
      (night_with(R"("hypnogram":{"00:07":6})").hypnogram == std::vector<night_sample>{{7, 5}}));
}

BOOST_AUTO_TEST_CASE(biosensing_test_time_by_magnitude) {
  // By `date -u -d @1697787256`.
  const instant expected = sys_days{2023y / October / 20} + 7h + 34min + 16s;
  for (const auto* time : {"1697787256", "1697787256000", "\"1697787256000\""}) {
    const auto body = std::string{R"([{"test_time":)"} + time + "}]";
    BOOST_TEST((only(read_spo2(body)).test_time == expected), time);
    BOOST_TEST((only(read_ecg(body)).test_time == expected), time);
  }
}

BOOST_AUTO_TEST_CASE(biosensing_paths_are_spelled_without_hyphens) {
  std::vector<std::string> targets;
  for (const auto& request :
       plan_requests({.today = 2026y / November / 22, .known = {}, .days = {}}))
    if (request.target.find("biosensing") != std::string::npos)
      targets.push_back(request.target);
  const std::vector<std::string> expected{"/v3/users/biosensing/spo2", "/v3/users/biosensing/ecg",
                                          "/v3/users/biosensing/bodytemperature",
                                          "/v3/users/biosensing/skintemperature"};
  BOOST_TEST((targets == expected));
}

BOOST_AUTO_TEST_CASE(x_user_id_number_or_string) {
  for (const auto* id : {"10579", "\"10579\""}) {
    const auto grant = grant_of(std::string{R"({"access_token":"t","x_user_id":)"} + id + "}");
    BOOST_REQUIRE(grant.has_value());
    BOOST_TEST(grant->user.value == "10579", id);
  }
}

BOOST_AUTO_TEST_CASE(expires_in_decides_nothing) {
  for (const auto* end :
       {"", R"(,"expires_in":31535999)", R"(,"expires_in":315359999)", R"(,"expires_in":null)",
        R"(,"expires_in":"never")", R"(,"expires_in":-1)"})
    BOOST_TEST(
        grant_of(std::string{R"({"access_token":"t","x_user_id":1)"} + end + "}").has_value(), end);
}

BOOST_AUTO_TEST_CASE(rate_headers_have_no_x) {
  BOOST_TEST(!read_rate_headers({.status = 200,
                                 .headers = {{"x-ratelimit-usage", "7, 283"},
                                             {"x-ratelimit-limit", "520, 5100"},
                                             {"x-ratelimit-reset", "279, 12579"}},
                                 .body = {}}));
}

BOOST_AUTO_TEST_CASE(webhook_ping_needs_no_signature) {
  // Reading takes no secret, so a PING is known for what it is before there is one.
  BOOST_TEST((read_event(R"({"timestamp":"2018-05-15T14:22:24Z","event":"PING"})").value()
              == webhook_event{webhook_ping{}}));
}

BOOST_AUTO_TEST_CASE(post_users_success_is_any_2xx) {
  for (const int status : {200, 201, 202})
    BOOST_TEST((read_registration_answer(answer(status, "")).value() == registration::done));
}

BOOST_AUTO_TEST_SUITE_END()
