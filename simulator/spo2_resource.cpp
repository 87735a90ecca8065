#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::minutes;

/// Wearers think of it every third day.
constexpr double test_chance = 0.34;
/// Moving the arm spoils one test in eight.
constexpr double failure_chance = 0.12;

/// Passed tests of the four weeks before that Polar wants for comparing.
constexpr std::size_t baseline_tests_min = 3;

constexpr std::array<std::string_view, 3> failures{
    "SPO2_TEST_INCONCLUSIVE_TOO_LOW_QUALITY_IN_SAMPLES",
    "SPO2_TEST_INCONCLUSIVE_TOO_LOW_OVERALL_QUALITY",
    "SPO2_TEST_INCONCLUSIVE_TOO_MANY_MISSING_SAMPLES"};

/// A spot test, made by pressing a button and sitting still.
struct spot_test {
  std::chrono::sys_seconds moment;
  bool is_passed = false;
  std::string_view failure;
  int oxygen_percent = 0;
  double quality_percent = 0;
  double heart_rate_noise = 0;
  double hrv_noise = 0;
};

std::optional<spot_test> test_on(const athlete& who, date day) {
  draw numbers{who.seed, day.time_since_epoch().count(), topic::spo2};
  if (!numbers.chance(test_chance) || !is_watch_worn(who, day))
    return std::nullopt;
  spot_test made;
  made.moment = to_utc(midnight(day) + std::chrono::seconds{numbers.integer(9 * 3600, 21 * 3600)},
                       who.utc_offset);
  made.is_passed = !numbers.chance(failure_chance);
  made.failure = failures[static_cast<std::size_t>(numbers.integer(0, 2))];
  const double oxygen = 97.2 + 0.9 * numbers.normal() - 3.5 * illness_severity(who, day);
  made.oxygen_percent = std::clamp(static_cast<int>(std::lround(oxygen)), 85, 100);
  made.quality_percent =
      rounded(made.is_passed ? numbers.uniform(82.0, 99.0) : numbers.uniform(15.0, 60.0), 1);
  made.heart_rate_noise = 3.0 * numbers.normal();
  made.hrv_noise = 0.15 * numbers.normal();
  return made;
}

std::string_view class_of(int oxygen_percent) {
  return oxygen_percent < 90   ? "SPO2_CLASS_VERY_LOW"
         : oxygen_percent < 94 ? "SPO2_CLASS_LOW"
                               : "SPO2_CLASS_NORMAL";
}

std::string_view compare(double value, double usual, double tolerance) {
  return value < usual - tolerance   ? "DEVIATION_BELOW_USUAL"
         : value > usual + tolerance ? "DEVIATION_ABOVE_USUAL"
                                     : "DEVIATION_USUAL";
}

/// Mean of the passed tests of the four weeks before `day`.
std::optional<double> baseline_before(const data_request& ask, date day) {
  double sum = 0.0;
  std::size_t count = 0;
  for (date each = std::max(ask.first_day, day - list_days); each < day; each += days{1}) {
    if (const auto test = test_on(ask.who, each); test && test->is_passed) {
      sum += test->oxygen_percent;
      ++count;
    }
  }
  return count < baseline_tests_min ? std::nullopt
                                    : std::optional{sum / static_cast<double>(count)};
}

json::object make_body(const data_request& ask, const condition& state, const spot_test& test) {
  const auto& who = ask.who;
  json::object body{{"source_device_id", who.device_id},
                    {"test_time", test.moment.time_since_epoch().count()},
                    {"time_zone_offset", who.utc_offset.count()},
                    {"test_status", test.is_passed ? "SPO2_TEST_PASSED" : test.failure}};
  if (!test.is_passed) {
    body["spo2_class"] = "SPO2_CLASS_UNKNOWN";
    body["spo2_quality_average_percent"] = test.quality_percent;
    return body;
  }
  const auto usual = baseline_before(ask, state.day);
  const double ln_rmssd = state.ln_rmssd + test.hrv_noise;
  const auto heart_rate_bpm = who.heart_rate_rest_bpm + state.heart_rate_bpm
                              - who.heart_rate_night_bpm + test.heart_rate_noise;
  body["blood_oxygen_percent"] = test.oxygen_percent;
  body["spo2_class"] = class_of(test.oxygen_percent);
  body["spo2_value_deviation_from_baseline"] =
      usual ? compare(test.oxygen_percent, *usual, 1.5) : "DEVIATION_NO_BASELINE";
  body["spo2_quality_average_percent"] = test.quality_percent;
  body["average_heart_rate_bpm"] = std::lround(heart_rate_bpm);
  body["heart_rate_variability_ms"] = rounded(std::exp(ln_rmssd), 1);
  body["spo2_hrv_deviation_from_baseline"] =
      usual ? compare(ln_rmssd, who.ln_rmssd, 0.25) : "DEVIATION_NO_BASELINE";
  // Everybody lives somewhere between the sea and the hills.
  body["altitude_meters"] = static_cast<double>(who.seed % 400);
  return body;
}

} // namespace

response list_spo2(const data_request& ask) {
  const auto range = requested_range(ask, optional_four_weeks);
  if (!range)
    return range.error();
  json::array found;
  for (const auto& state : conditions(ask.who, *range)) {
    const auto test = test_on(ask.who, state.day);
    if (test && is_day_visible(ask, state.day) && test->moment + upload_delay <= ask.now)
      found.push_back(make_body(ask, state, *test));
  }
  return list_response(std::move(found));
}

} // namespace polar_flow::simulator
