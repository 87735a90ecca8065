#define BOOST_TEST_DYN_LINK
#include "http/csv.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

// Expected files are written from the contract, section 3.21, with C53 (0 is 0) and C54.
using namespace polar_flow;
using namespace polar_flow::http;

namespace {

date day(int d) {
  using namespace std::chrono;
  return date{year{2026} / November / d};
}

template <class T>
std::string field_of(const T& value) {
  csv_writer out;
  out.field(value);
  return out.take();
}

} // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(fields_are_quoted_only_when_they_need_it) {
  for (const auto& [text, expected] :
       std::initializer_list<std::pair<std::string, std::string>>{{"", ""},
                                                                  {"MAINTAINING", "MAINTAINING"},
                                                                  {"two words", "two words"},
                                                                  {"a,b", "\"a,b\""},
                                                                  {"a\"b", "\"a\"\"b\""},
                                                                  {"a\rb", "\"a\rb\""},
                                                                  {"a\nb", "\"a\nb\""},
                                                                  {"\xC3\xA4", "\xC3\xA4"}})
    BOOST_TEST(field_of(text) == expected);
}

// A spreadsheet runs what looks like a formula, with the rights of who opens the file.
BOOST_AUTO_TEST_CASE(formulas_become_texts) {
  for (const auto& [text, expected] : std::initializer_list<std::pair<std::string, std::string>>{
           {"=1+1", "'=1+1"},
           {"+cmd", "'+cmd"},
           {"-cmd", "'-cmd"},
           {"-inf", "'-inf"},
           {"@SUM(A1)", "'@SUM(A1)"},
           {"\tx", "'\tx"},
           {"\rx", "\"'\rx\""},
           {"=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""},
           {"-1.5", "-1.5"},
           {"a=1", "a=1"}})
    BOOST_TEST(field_of(text) == expected);
}

BOOST_AUTO_TEST_CASE(numbers_are_written_as_in_json) {
  BOOST_TEST(field_of(50.0) == "50.0");
  BOOST_TEST(field_of(-1.5) == "-1.5");
  BOOST_TEST(field_of(4.1000000000000005) == "4.1000000000000005");
  BOOST_TEST(field_of(0) == "0");
  BOOST_TEST(field_of(std::optional<std::int32_t>{}).empty());
  BOOST_TEST(field_of(std::numeric_limits<double>::quiet_NaN()).empty());
}

BOOST_AUTO_TEST_CASE(lines_end_in_crlf_and_unknown_fields_keep_their_place) {
  csv_writer out;
  out.field(std::optional<double>{});
  out.field(1);
  out.field(std::optional<double>{});
  out.end_line();
  out.field(2);
  out.end_line();
  BOOST_TEST(out.take() == ",1,\r\n2\r\n");
}

BOOST_AUTO_TEST_CASE(sleep_oldest_first) {
  sleep_summary full;
  full.day = day(22);
  full.sleep_score = 78;
  full.total_sleep_s = 27010;
  full.light_sleep_s = 14400;
  full.deep_sleep_s = 0;
  full.rem_sleep_s = 5400;
  full.hrv_avg_ms = 45;
  full.heart_rate_avg_bpm = 52.25;
  full.breathing_rate_avg_per_min = 14.1;
  sleep_summary empty;
  empty.day = day(21);
  BOOST_TEST(to_csv(std::vector{full, empty})
             == "date,sleep_score,total_hours,deep_hours,light_hours,rem_hours,hrv_avg,"
                "heart_rate_avg,breathing_rate_avg\r\n"
                "2026-11-21,,,,,,,,\r\n"
                "2026-11-22,78,7.5,0.0,4.0,1.5,45.0,52.25,14.1\r\n");
}

BOOST_AUTO_TEST_CASE(activity) {
  activity_day full;
  full.day = day(22);
  full.steps = 0;
  full.calories_active_kcal = 644;
  full.calories_total_kcal = 2260;
  full.distance_m = 2675.0;
  full.active_s = 7890;
  activity_day empty;
  empty.day = day(21);
  BOOST_TEST(to_csv(std::vector{full, empty})
             == "date,steps,calories_active,calories_total,distance_km,active_minutes\r\n"
                "2026-11-21,,,,,\r\n"
                "2026-11-22,0,644,2260,2.67,131.5\r\n");
}

BOOST_AUTO_TEST_CASE(recharge) {
  recharge_summary full;
  full.day = day(22);
  full.hrv_rmssd_ms = 38;
  full.ans_charge = 0.0;
  full.ans_charge_status = 3;
  full.breathing_rate_avg_per_min = 13.9;
  full.heart_rate_avg_bpm = 51;
  full.recharge_status = 4;
  recharge_summary empty;
  empty.day = day(21);
  BOOST_TEST(to_csv(std::vector{full, empty})
             == "date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg\r\n"
                "2026-11-21,,,,,\r\n"
                "2026-11-22,38.0,0.0,3,13.9,51.0\r\n");
}

BOOST_AUTO_TEST_CASE(cardio_load) {
  cardio_load_day full;
  full.day = day(22);
  full.strain = 4.1000000000000005;
  full.tolerance = 20;
  full.cardio_load = 50;
  full.ratio = 0.20500000000000002;
  full.status = "MAINTAINING";
  cardio_load_day empty;
  empty.day = day(21);
  BOOST_TEST(to_csv(std::vector{full, empty})
             == "date,strain,tolerance,cardio_load,load_ratio,status\r\n"
                "2026-11-21,,,,,\r\n"
                "2026-11-22,4.1000000000000005,20.0,50.0,0.21,MAINTAINING\r\n");
}

BOOST_AUTO_TEST_CASE(without_rows_the_names_remain) {
  BOOST_TEST(to_csv(std::vector<cardio_load_day>{})
             == "date,strain,tolerance,cardio_load,load_ratio,status\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
