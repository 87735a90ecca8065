#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <utility>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

struct list_endpoint {
  std::string_view path;
  list_kind kind{};
  std::int32_t default_days = 0;
  std::int32_t longest = 0;
};

/// Kinds, defaults and ranges of the contract, section 1.6.
constexpr std::array<list_endpoint, 13> all_lists{{
    {"sleep", list_kind::sleep, 7, 365},
    {"activity", list_kind::activity, 30, 365},
    {"activity-samples", list_kind::activity_samples, 7, 30},
    {"recharge", list_kind::recharge, 30, 365},
    {"cardio-load", list_kind::cardio_load, 30, 365},
    {"heart-rate", list_kind::heart_rate, 30, 365},
    {"exercises", list_kind::exercises, 30, 365},
    {"sleepwise/alertness", list_kind::alertness, 7, 30},
    {"sleepwise/bedtime", list_kind::bedtime, 7, 30},
    {"spo2", list_kind::spo2, 30, 365},
    {"ecg", list_kind::ecg, 30, 365},
    {"temperature/body", list_kind::body_temperature, 30, 365},
    {"temperature/skin", list_kind::skin_temperature, 30, 365},
}};

std::string refusal(std::string_view target, std::string_view message) {
  std::string body = R"({"status_code":400,"detail":"Validation failed for GET )";
  body += target;
  body += R"(","extra":[{"message":")";
  body += message;
  body += R"(","key":"days","source":"query"}]})";
  return body;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(data_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(each_list_asks_for_its_kind_and_default) {
  for (const auto& [path, kind, days, longest] : all_lists) {
    const std::string target = "/api/v1/users/12345/" + std::string{path};
    const auto answer = get(target);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(body_of(answer) == "[]");
    BOOST_TEST((script.asked_kind == kind), path);
    BOOST_TEST(script.asked_days == days, path);
    BOOST_TEST(script.asked_user == "12345");
    BOOST_TEST(get(target + "?days=" + std::to_string(longest)).status == 200);
    BOOST_TEST(script.asked_days == longest, path);
    for (const auto& [query, expected] :
         std::initializer_list<std::pair<std::string, int>>{{"?days=1", 1},
                                                            {"?days=7.0", 7},
                                                            {"?days=1e1", 10},
                                                            {"?Days=3", days},
                                                            {"?days=3&days=4", 4},
                                                            {"?unknown=x&days=5&%zz", 5},
                                                            {"/?days=6", 6}}) {
      BOOST_TEST(get(target + query).status == 200, query);
      BOOST_TEST(script.asked_days == expected, path << query);
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_days) {
  constexpr std::string_view not_a_number = "Expected `int`, got `str`";
  for (const auto& list : all_lists) {
    const auto too_long = "Expected `int` <= " + std::to_string(list.longest);
    for (const auto& [value, message] :
         std::initializer_list<std::pair<std::string, std::string_view>>{
             {"0", "Expected `int` >= 1"},
             {"-5", "Expected `int` >= 1"},
             {std::to_string(list.longest + 1), too_long},
             {"99999999999999999999", too_long},
             {"abc", not_a_number},
             {"", not_a_number},
             {"07", not_a_number},
             {"+7", not_a_number},
             {"%207", not_a_number},
             {"1.5", not_a_number},
             {"7;drop", not_a_number},
             {"%zz", not_a_number},
         }) {
      const std::string target = "/api/v1/users/12345/" + std::string{list.path} + "?days=" + value;
      const auto answer = get(target);
      BOOST_TEST(answer.status == 400, target);
      BOOST_TEST(body_of(answer) == refusal(target, message));
    }
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(lists_of_somebody_unknown) {
  for (const auto& list : all_lists) {
    script.failure = error{errc::unknown_user, {}};
    const auto answer = get("/api/v1/users/12345/" + std::string{list.path});
    BOOST_TEST(answer.status == 404, list.path);
    BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"User 12345 not found"})");
  }
}

// Contract 3.8: nothing known is 200 and `null`; C23 names nights and baselines only.
BOOST_AUTO_TEST_CASE(physical_info_has_no_days) {
  script.rows = std::vector<physical_info>{};
  const auto nothing = get("/api/v1/users/12345/physical-info?days=abc");
  BOOST_TEST(nothing.status == 200);
  BOOST_TEST(body_of(nothing) == "null");
  BOOST_TEST((script.asked_kind == list_kind::physical_info));
  script.rows = std::vector<physical_info>(2);
  ++script.version.changes;
  const auto answer = get("/api/v1/users/12345/physical-info");
  BOOST_TEST(body_of(answer).starts_with(R"({"recorded_at":null,)"));
  BOOST_TEST(body_of(answer).find(R"("history":[{"recorded_at":null,)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_takes_no_days_ignores_them) {
  BOOST_TEST(get("/api/v1/users/12345/insights?days=abc").status == 200);
  BOOST_TEST(get("/api/v1/users/12345/baselines?days=0").status == 200);
}

// Goal: a hot answer is the same bytes, not an equal copy, and is dropped with its version.
BOOST_AUTO_TEST_CASE(the_same_version_is_rendered_once) {
  script.today.data_age_days = 1;
  const auto first = get("/api/v1/users/12345/insights");
  BOOST_TEST(!script.asked_known.has_value());
  const auto second = get("/api/v1/users/12345/insights");
  BOOST_TEST((script.asked_known == script.version));
  BOOST_TEST(second.body == first.body);
  script.today.data_age_days = 2;
  ++script.version.changes;
  const auto third = get("/api/v1/users/12345/insights");
  BOOST_TEST(third.body != first.body);
  BOOST_TEST(body_of(third).find("\"data_age_days\":2") != std::string::npos);
  BOOST_TEST(get("/api/v1/users/12345/insights").body == third.body);
}

BOOST_AUTO_TEST_CASE(a_new_day_is_a_new_version) {
  const auto first = get("/api/v1/users/12345/baselines");
  script.version.local_day += std::chrono::days{1};
  BOOST_TEST(get("/api/v1/users/12345/baselines").body != first.body);
}

BOOST_AUTO_TEST_CASE(renderings_of_different_questions_are_kept_apart) {
  script.rows = std::vector<sleep_summary>(1);
  const auto week = get("/api/v1/users/12345/sleep?days=7");
  script.rows = std::vector<sleep_summary>(2);
  const auto month = get("/api/v1/users/12345/sleep?days=30");
  BOOST_TEST(body_of(month).size() > body_of(week).size());
  BOOST_TEST(get("/api/v1/users/12345/sleep").body == week.body); // 7 is the default
  const auto other = ask("GET", "/api/v1/users/777/sleep?days=7", {{"X-API-Key", master_key}});
  BOOST_TEST(other.body != week.body);
}

BOOST_AUTO_TEST_CASE(a_user_who_is_gone_leaves_nothing_rendered) {
  const auto target = "/api/v1/users/12345/insights";
  get(target);
  script.failure = error{errc::unknown_user, {}};
  BOOST_TEST(get(target).status == 404);
  script.failure.reset();
  get(target);
  BOOST_TEST(!script.asked_known.has_value());
}

BOOST_AUTO_TEST_CASE(without_room_everything_is_rendered_afresh) {
  options.http.render_cache_bytes = 0;
  reset();
  get("/api/v1/users/12345/insights");
  BOOST_TEST(get("/api/v1/users/12345/insights").status == 200);
  BOOST_TEST(!script.asked_known.has_value());
}

BOOST_AUTO_TEST_CASE(health_data_is_not_for_shared_caches) {
  BOOST_TEST(get("/api/v1/users/12345/sleep").cache_control == "private, no-cache");
  BOOST_TEST(get("/api/v1/users/12345/sleep?days=0").cache_control == "no-store");
}

BOOST_AUTO_TEST_SUITE_END()
