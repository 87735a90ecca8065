#define BOOST_TEST_DYN_LINK
#include "http/series_types.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

std::string night_json(const std::vector<night_sample>& samples, value_form form) {
  json_writer out;
  write_night(out, samples, form);
  return out.take();
}

template <class Item>
std::string json_of(const Item& item) {
  json_writer out;
  out.begin_object();
  write(out, item);
  out.end_object();
  return out.take();
}

local_time wall_clock_at(std::chrono::microseconds since_midnight) {
  return local_time{parse_date("2026-11-22")->time_since_epoch() + since_midnight};
}

} // namespace

BOOST_AUTO_TEST_SUITE(series_types)

// Minutes before midnight are negative, and the evening comes first.
BOOST_AUTO_TEST_CASE(nights_run_over_midnight) {
  BOOST_TEST(night_json({{-30, 3}, {-1, 4}, {0, 2}, {20, 0}, {719, 1}}, value_form::whole_number)
             == R"({"23:30":3,"23:59":4,"00:00":2,"00:20":0,"11:59":1})");
  BOOST_TEST(night_json({{-30, 14.6}, {0, 0}}, value_form::with_fraction)
             == R"({"23:30":14.6,"00:00":0.0})");
  BOOST_TEST(night_json({}, value_form::whole_number) == "null");
}

// When summer time ends, the clock shows 02:10 to 02:59 twice. A name can stand once in an object:
// the later value has it, in the later place.
BOOST_AUTO_TEST_CASE(a_minute_that_comes_twice_is_the_later_one) {
  BOOST_TEST(
      night_json({{110, 1}, {130, 2}, {150, 3}, {130, 4}, {170, 5}}, value_form::whole_number)
      == R"({"01:50":1,"02:30":3,"02:10":4,"02:50":5})");
  // The same clock reading on two evenings.
  BOOST_TEST(night_json({{-30, 1}, {0, 2}, {1410, 3}}, value_form::whole_number)
             == R"({"00:00":2,"23:30":3})");
}

BOOST_AUTO_TEST_CASE(times_of_steps_are_written_as_polar_does) {
  using namespace std::chrono_literals;
  BOOST_TEST(json_of(step_sample{wall_clock_at(2min), 12})
             == R"({"steps":12,"timestamp":"2026-11-22T00:02"})");
  BOOST_TEST(json_of(step_sample{wall_clock_at(2h + 15min + 30s), 0})
             == R"({"steps":0,"timestamp":"2026-11-22T02:15:30"})");
  BOOST_TEST(json_of(step_sample{wall_clock_at(2h + 500ms), 1})
             == R"({"steps":1,"timestamp":"2026-11-22T02:00:00.500000"})");
}

BOOST_AUTO_TEST_CASE(heart_rates) {
  BOOST_TEST(json_of(heart_rate_sample{164, 74})
             == R"({"heart_rate":74,"sample_time":"00:02:44"})");
  BOOST_TEST(json_of(heart_rate_sample{86399, 60})
             == R"({"heart_rate":60,"sample_time":"23:59:59"})");
}

BOOST_AUTO_TEST_CASE(zones) {
  BOOST_TEST(json_of(heart_rate_zone{1, 112, 131, 600.9})
             == R"({"index":1,"lower_limit_bpm":112,"upper_limit_bpm":131,"in_zone_seconds":600})");
  BOOST_TEST(
      json_of(heart_rate_zone{})
      == R"({"index":0,"lower_limit_bpm":null,"upper_limit_bpm":null,"in_zone_seconds":null})");
}

BOOST_AUTO_TEST_CASE(recorded_samples) {
  sample_series series{.sample_type = 3, .recording_rate_s = 1, .values = {21.5, {}, 0.0}};
  BOOST_TEST(json_of(series)
             == R"({"sample_type":"3","recording_rate":1,"values":[21.5,null,0.0]})");
  series = {.sample_type = 11, .recording_rate_s = {}, .values = {}};
  BOOST_TEST(json_of(series) == R"({"sample_type":"11","recording_rate":null,"values":[]})");
}

BOOST_AUTO_TEST_CASE(points_of_a_route) {
  BOOST_TEST(json_of(route_point{60.21982833, 25.13925, 210.026, 4, 1})
             == R"({"latitude":60.21982833,"longitude":25.13925,"time":"PT210.026S",)"
                R"("satellites":4,"fix":1})");
  BOOST_TEST(json_of(route_point{0, -0.5, 0, {}, {}})
             == R"({"latitude":0.0,"longitude":-0.5,"time":"PT0S","satellites":null,"fix":null})");
  BOOST_TEST(json_of(route_point{1, 2, {}, {}, {}})
             == R"({"latitude":1.0,"longitude":2.0,"time":null,"satellites":null,"fix":null})");
  // Neither an exponent nor more digits than a moment has.
  for (const auto& [seconds, text] : std::initializer_list<std::pair<double, std::string>>{
           {86'400'000, R"("PT86400000S")"},
           {1e-300, R"("PT0S")"},
           {0.1 + 0.2, R"("PT0.3S")"},
           {std::numeric_limits<double>::infinity(), "null"}})
    BOOST_TEST(json_of(route_point{1, 2, seconds, {}, {}}).find("\"time\":" + text + ",")
                   != std::string::npos,
               text);
}

BOOST_AUTO_TEST_CASE(biosensing) {
  BOOST_TEST(json_of(ecg_sample{123, -0.25}) == R"({"time_ms":123,"amplitude_mv":-0.25})");
  BOOST_TEST(json_of(ecg_quality{0, "ECG_QUALITY_HIGH"})
             == R"({"time_ms":0,"quality":"ECG_QUALITY_HIGH"})");
  BOOST_TEST(json_of(temperature_sample{60000, 34.5}) == R"({"time_ms":60000,"temp_c":34.5})");
}

BOOST_AUTO_TEST_CASE(hours_of_alertness) {
  const instant midnight{*parse_date("2026-11-22")};
  const alertness_hour full{.start_time = midnight,
                            .end_time = midnight + std::chrono::hours{1},
                            .level = "ALERTNESS_LEVEL_HIGH",
                            .validity = "VALIDITY_ESTIMATE"};
  BOOST_TEST(json_of(full)
             == R"({"validity":"VALIDITY_ESTIMATE","alertness_level":"ALERTNESS_LEVEL_HIGH",)"
                R"("start_time":"2026-11-22T00:00:00Z","end_time":"2026-11-22T01:00:00Z"})");
  alertness_hour empty;
  empty.start_time = midnight;
  BOOST_TEST(json_of(empty)
             == R"({"validity":null,"alertness_level":null,)"
                R"("start_time":"2026-11-22T00:00:00Z","end_time":null})");
}

BOOST_AUTO_TEST_CASE(lists_of_objects) {
  const std::vector<temperature_sample> samples{{0, 1}, {1, 2}};
  json_writer out;
  out.begin_object();
  write_list(out, "full", samples);
  write_list(out, "empty", std::vector<temperature_sample>{});
  write_list_or_null(out, "known", samples);
  write_list_or_null(out, "unknown", std::vector<temperature_sample>{});
  out.end_object();
  BOOST_TEST(out.take()
             == R"({"full":[{"time_ms":0,"temp_c":1.0},{"time_ms":1,"temp_c":2.0}],"empty":[],)"
                R"("known":[{"time_ms":0,"temp_c":1.0},{"time_ms":1,"temp_c":2.0}],)"
                R"("unknown":null})");
}

BOOST_AUTO_TEST_SUITE_END()
