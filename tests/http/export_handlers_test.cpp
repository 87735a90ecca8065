#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

// Names, columns and headers are those of the contract, sections 3.20 and 3.21.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

struct expectation {
  std::string_view path;
  list_kind kind{};
  std::string_view name;
  std::string_view columns;
  list_rows rows;
};

std::vector<expectation> all_files() {
  return {
      {"sleep.csv", list_kind::sleep, "sleep",
       "date,sleep_score,total_hours,deep_hours,light_hours,rem_hours,hrv_avg,heart_rate_avg,"
       "breathing_rate_avg\r\n",
       std::vector<sleep_summary>{}},
      {"activity.csv", list_kind::activity, "activity",
       "date,steps,calories_active,calories_total,distance_km,active_minutes\r\n",
       std::vector<activity_day>{}},
      {"recharge.csv", list_kind::recharge, "recharge",
       "date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg\r\n",
       std::vector<recharge_summary>{}},
      {"cardio-load.csv", list_kind::cardio_load, "cardio_load",
       "date,strain,tolerance,cardio_load,load_ratio,status\r\n", std::vector<cardio_load_day>{}},
  };
}

std::string path_of(std::string_view file) {
  return "/api/v1/users/12345/export/" + std::string{file};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(export_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(files_without_records_have_their_columns) {
  for (const auto& file : all_files()) {
    script.rows = file.rows;
    const auto answer = get(path_of(file.path));
    BOOST_TEST(answer.status == 200, file.path);
    BOOST_TEST((script.asked_kind == file.kind), file.path);
    BOOST_TEST(script.asked_days == 30);
    BOOST_TEST(body_of(answer) == file.columns);
    BOOST_TEST(answer.content_type == "text/csv; charset=utf-8");
    BOOST_TEST(header_of(answer, "Content-Disposition")
               == "attachment; filename=" + std::string{file.name} + "_30days.csv");
    BOOST_TEST(answer.cache_control == "private, no-cache");
  }
}

BOOST_AUTO_TEST_CASE(the_days_are_in_the_name) {
  for (const auto& file : all_files()) {
    script.rows = file.rows;
    const auto answer = get(path_of(file.path) + "?days=365");
    BOOST_TEST(script.asked_days == 365);
    BOOST_TEST(header_of(answer, "Content-Disposition")
               == "attachment; filename=" + std::string{file.name} + "_365days.csv");
  }
}

BOOST_AUTO_TEST_CASE(rows_are_exported) {
  recharge_summary row;
  row.day = *parse_date("2026-11-22");
  row.ans_charge = 0.0;
  script.rows = std::vector{row};
  BOOST_TEST(body_of(get(path_of("recharge.csv")))
             == "date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg\r\n"
                "2026-11-22,,0.0,,,\r\n");
}

BOOST_AUTO_TEST_CASE(an_export_is_rendered_once_and_kept_apart_from_the_list) {
  const auto list = get("/api/v1/users/12345/sleep?days=30");
  const auto first = get(path_of("sleep.csv"));
  BOOST_TEST(body_of(list) == "[]");
  BOOST_TEST(body_of(first).starts_with("date,"));
  const auto second = get(path_of("sleep.csv"));
  BOOST_TEST(second.body == first.body);
  BOOST_TEST(second.content_type == "text/csv; charset=utf-8");
  BOOST_TEST(header_of(second, "Content-Disposition") == "attachment; filename=sleep_30days.csv");
}

BOOST_AUTO_TEST_CASE(failures_are_json_and_no_file) {
  for (const auto& file : all_files()) {
    script.failure = error{errc::unknown_user, {}};
    const auto answer = get(path_of(file.path));
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"User 12345 not found"})");
    BOOST_TEST(answer.content_type == "application/json");
    BOOST_TEST(header_of(answer, "Content-Disposition").empty());
  }
}

BOOST_AUTO_TEST_CASE(wrong_days) {
  for (const auto* path :
       {"summary", "sleep.csv", "activity.csv", "recharge.csv", "cardio-load.csv"})
    for (const auto* days : {"0", "366", "abc"}) {
      const auto answer = get(path_of(path) + "?days=" + days);
      BOOST_TEST(answer.status == 400, path);
      BOOST_TEST(header_of(answer, "Content-Disposition").empty());
    }
  BOOST_TEST(script.questions == 0);
}

// The days are those of the user's calendar: `days` of them, the last one being today (C51).
BOOST_AUTO_TEST_CASE(the_summary_counts_records) {
  script.version.local_day = *parse_date("2026-11-22");
  script.rows = std::vector{record_counts{.sleep = 28, .exercises = 5}};
  BOOST_TEST(body_of(get(path_of("summary")))
             == R"({"user_id":"12345","days":30,"from_date":"2026-10-24","to_date":"2026-11-22",)"
                R"("record_counts":{"sleep":28,"activity":0,"recharge":0,"cardio_load":0,)"
                R"("heart_rate":0,"exercises":5},"total_records":33})");
  BOOST_TEST((script.asked_kind == list_kind::counts));
  BOOST_TEST(script.asked_days == 30);
  const auto today = get(path_of("summary?days=1"));
  BOOST_TEST(body_of(today).find(R"("days":1,"from_date":"2026-11-22","to_date":"2026-11-22",)")
             != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
