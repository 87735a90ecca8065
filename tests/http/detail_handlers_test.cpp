#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// Texts are those of the contract, sections 1.3 and 3.2 to 3.18; those of our own endpoints (C71)
// are made in the same manner.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

const instant midnight{*parse_date("2026-11-22")};

std::string path_of(std::string_view tail) {
  return "/api/v1/users/12345/" + std::string{tail};
}

std::string not_found(std::string_view detail) {
  return R"({"status_code":404,"detail":")" + std::string{detail} + "\"}";
}

template <class Record>
std::shared_ptr<const record_detail> one(Record record) {
  return std::make_shared<const record_detail>(std::move(record));
}

struct endpoint {
  std::string_view tail;
  detail_kind kind{};
  detail_key key;
  std::string_view absent;
  /// A record without what the endpoint shows, and what is said then; null where that is a record
  /// like any other.
  std::shared_ptr<const record_detail> hollow;
  std::string_view empty;
  /// A record that is shown, and a part of how.
  std::shared_ptr<const record_detail> record;
  std::string_view shown;
};

/// A record of which one member is known.
template <class Record, class Member>
Record with(Member Record::*member, Member value) {
  Record record{};
  record.*member = std::move(value);
  return record;
}

exercise_detail exercise_with_samples() {
  exercise_detail detail;
  detail.record.samples = {{.sample_type = 0, .recording_rate_s = 1, .values = {77.0}}};
  return detail;
}

exercise_detail exercise_with_route() {
  exercise_detail detail;
  detail.record.route = {{60.25, 25.5, {}, {}, {}}};
  return detail;
}

heart_rate_detail heart_rate_with_samples() {
  heart_rate_detail detail;
  detail.record.samples = {{0, 60}};
  return detail;
}

alertness_hour first_hour() {
  alertness_hour hour;
  hour.start_time = midnight;
  return hour;
}

std::vector<endpoint> endpoints_by_date() {
  const date day{*parse_date("2026-11-22")};
  return {
      {"sleep/2026-11-22",
       detail_kind::night,
       day,
       "No sleep data for 2026-11-22",
       nullptr,
       {},
       one(night_detail{}),
       R"("hypnogram":null)"},
      {"activity/2026-11-22",
       detail_kind::activity,
       day,
       "No activity data for 2026-11-22",
       nullptr,
       {},
       one(activity_day{}),
       R"("inactivity_alerts":null)"},
      {"activity-samples/2026-11-22", detail_kind::activity_samples, day,
       "No activity samples for 2026-11-22", one(activity_sample_day{}),
       "Activity data for 2026-11-22 has no samples",
       one(with(&activity_sample_day::steps, {{local_time{}, 12}})), R"("sample_count":1)"},
      {"recharge/2026-11-22/samples", detail_kind::recharge, day, "No recharge data for 2026-11-22",
       one(nightly_recharge{}), "Recharge data for 2026-11-22 has no samples",
       one(with(&nightly_recharge::breathing_samples_per_min, {{0, 14.5}})),
       R"("breathing_samples":{"00:00":14.5})"},
      {"heart-rate/2026-11-22/samples", detail_kind::heart_rate, day,
       "No heart rate data for 2026-11-22", one(heart_rate_detail{}),
       "Heart rate data for 2026-11-22 has no samples", one(heart_rate_with_samples()),
       R"("sample_time":"00:00:00")"},
  };
}

std::vector<endpoint> endpoints_by_id() {
  const std::string id = "6f1d0a0e-0000-5000-8000-000000000000";
  return {
      {"exercises/6f1d0a0e-0000-5000-8000-000000000000",
       detail_kind::exercise,
       id,
       "Exercise 6f1d0a0e-0000-5000-8000-000000000000 not found",
       nullptr,
       {},
       one(exercise_detail{}),
       R"("has_samples":false)"},
      {"exercises/6f1d0a0e-0000-5000-8000-000000000000/samples", detail_kind::exercise_samples, id,
       "Exercise 6f1d0a0e-0000-5000-8000-000000000000 not found", one(exercise_detail{}),
       "Exercise 6f1d0a0e-0000-5000-8000-000000000000 has no sample data",
       one(exercise_with_samples()), R"("values":[77.0])"},
      {"exercises/6f1d0a0e-0000-5000-8000-000000000000/route", detail_kind::exercise_route, id,
       "Exercise 6f1d0a0e-0000-5000-8000-000000000000 not found", one(exercise_detail{}),
       "Exercise 6f1d0a0e-0000-5000-8000-000000000000 has no route data",
       one(exercise_with_route()), R"("point_count":1)"},
      {"sleepwise/alertness/1795305600000000/hourly", detail_kind::alertness,
       device_moment{midnight, {}}, "Alertness period 1795305600000000 not found",
       one(alertness_period{}), "Alertness period 1795305600000000 has no hourly data",
       one(with(&alertness_period::hours, {first_hour()})), R"("hourly":[{)"},
      {"ecg/17",
       detail_kind::ecg,
       std::int64_t{17},
       "ECG test 17 not found",
       nullptr,
       {},
       one(ecg_detail{}),
       R"("quality":null)"},
      {"temperature/body/1795305600000000-C8D9EA/samples", detail_kind::body_temperature,
       device_moment{midnight, "C8D9EA"}, "Body temperature 1795305600000000-C8D9EA not found",
       one(body_temperature_period{}), "Body temperature 1795305600000000-C8D9EA has no samples",
       one(with(&body_temperature_period::samples, {{0, 34.5}})), R"("temp_c":34.5)"},
  };
}

std::vector<endpoint> all_endpoints() {
  auto all = endpoints_by_date();
  auto by_id = endpoints_by_id();
  all.insert(all.end(), std::make_move_iterator(by_id.begin()),
             std::make_move_iterator(by_id.end()));
  return all;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(detail_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(each_endpoint_asks_for_its_record_and_shows_it) {
  for (const auto& expected : all_endpoints()) {
    script.detail = expected.record;
    const auto answer = get(path_of(expected.tail));
    BOOST_TEST(answer.status == 200, expected.tail);
    BOOST_TEST((script.asked_detail == expected.kind), expected.tail);
    BOOST_TEST((script.asked_key == expected.key), expected.tail);
    BOOST_TEST(script.asked_user == "12345");
    BOOST_TEST(body_of(answer).find(expected.shown) != std::string::npos, body_of(answer));
    BOOST_TEST(answer.content_type == "application/json");
    BOOST_TEST(answer.cache_control == "private, no-cache");
  }
}

BOOST_AUTO_TEST_CASE(an_absent_record_is_not_found) {
  for (const auto& expected : all_endpoints()) {
    script.detail = nullptr;
    const auto answer = get(path_of(expected.tail));
    BOOST_TEST(answer.status == 404, expected.tail);
    BOOST_TEST(body_of(answer) == not_found(expected.absent));
    BOOST_TEST(answer.cache_control == "no-store");
  }
}

BOOST_AUTO_TEST_CASE(a_record_without_its_series_is_not_found_either) {
  for (const auto& expected : all_endpoints()) {
    if (expected.hollow == nullptr)
      continue;
    script.detail = expected.hollow;
    const auto answer = get(path_of(expected.tail));
    BOOST_TEST(answer.status == 404, expected.tail);
    BOOST_TEST(body_of(answer) == not_found(expected.empty));
  }
}

BOOST_AUTO_TEST_CASE(failures_are_passed_on) {
  for (const auto& expected : all_endpoints()) {
    script.failure = error{errc::unknown_user, {}};
    const auto unknown = get(path_of(expected.tail));
    BOOST_TEST(unknown.status == 404);
    BOOST_TEST(body_of(unknown) == not_found("User 12345 not found"));
    script.failure = error{errc::storage_unavailable, "secret"};
    BOOST_TEST(get(path_of(expected.tail)).status == 503);
  }
}

BOOST_AUTO_TEST_CASE(records_are_not_for_strangers) {
  for (const auto& expected : all_endpoints()) {
    const auto path = path_of(expected.tail);
    BOOST_TEST(ask("GET", path).status == 401);
    const std::string foreign = "/api/v1/users/777/" + std::string{expected.tail};
    BOOST_TEST(get(foreign).status == 403);
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(wrong_dates) {
  constexpr std::string_view no_form = R"(Expected `str` matching regex '^\\d{4}-\\d{2}-\\d{2}$')";
  struct expectation {
    std::string_view date;
    std::string_view message;
  };
  for (const auto* tail : {"sleep/", "activity/", "activity-samples/"})
    for (const auto& [date, message] : std::initializer_list<expectation>{
             {"yesterday", no_form},
             {"2026-1-2", no_form},
             {"20261122", no_form},
             {"2026-11-22T00:00", no_form},
             {"2026-11-2x", no_form},
             {"2026-13-40", "Invalid date value '2026-13-40'"},
             {"2026-02-30", "Invalid date value '2026-02-30'"},
             {"0000-01-01", "Invalid date value '0000-01-01'"},
         }) {
      const auto path = path_of(tail) + std::string{date};
      std::string expected = R"({"status_code":400,"detail":"Validation failed for GET )" + path;
      expected += R"(","extra":[{"message":")";
      expected += message;
      expected += R"(","key":"date","source":"path"}]})";
      const auto answer = get(path);
      BOOST_TEST(answer.status == 400, path);
      BOOST_TEST(body_of(answer) == expected);
    }
  for (const auto* tail : {"recharge/2026-02-30/samples", "heart-rate/2026-02-30/samples"})
    BOOST_TEST(get(path_of(tail)).status == 400, tail);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(days_far_away_are_days) {
  BOOST_TEST(get(path_of("sleep/9999-12-31")).status == 404);
  BOOST_TEST(get(path_of("sleep/0001-01-01/")).status == 404);
  BOOST_TEST((script.asked_key == detail_key{*parse_date("0001-01-01")}));
}

// What clients have always seen: an id that is no number has no route.
BOOST_AUTO_TEST_CASE(odd_ids_of_an_ecg) {
  for (const auto* id : {"abc", "1.5", "17x", "+17", "%2017", "0x11"}) {
    const auto answer = get(path_of("ecg/") + id);
    BOOST_TEST(answer.status == 404, id);
    BOOST_TEST(body_of(answer) == not_found("Not Found"));
  }
  const auto answer = get(path_of("ecg/99999999999999999999"));
  BOOST_TEST(body_of(answer) == not_found("ECG test 99999999999999999999 not found"));
  BOOST_TEST(script.questions == 0);
  get(path_of("ecg/99999999999"));
  BOOST_TEST((script.asked_key == detail_key{std::int64_t{99999999999}}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_an_id_is_not_found_without_asking) {
  for (const auto* id : {"x", "17-", "99999999999999999999", "%00", "-"}) {
    BOOST_TEST(get(path_of("temperature/body/") + id + "/samples").status == 404, id);
    BOOST_TEST(get(path_of("sleepwise/alertness/") + id + "/hourly").status == 404, id);
  }
  // Sleep knows no device.
  BOOST_TEST(get(path_of("sleepwise/alertness/17-C8D9EA/hourly")).status == 404);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(ids_are_percent_encoded) {
  get(path_of("exercises/a%20b%25"));
  BOOST_TEST((script.asked_key == detail_key{std::string{"a b%"}}));
  const auto answer = get(path_of("exercises/%22%3Cb%3E"));
  BOOST_TEST(body_of(answer) == not_found(R"(Exercise \"<b> not found)"));
  get(path_of("temperature/body/17-Grit%20X/samples"));
  const detail_key key{device_moment{instant{std::chrono::microseconds{17}}, "Grit X"}};
  BOOST_TEST((script.asked_key == key));
}

BOOST_AUTO_TEST_SUITE_END()
