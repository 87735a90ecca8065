// Goal: no answer of Polar, however broken, does more harm than an error that says so. Method:
// well-formed answers are changed at random, by bytes and by structure, and read as every stream.
// What is read must keep the promises of the domain types. A seed repeats a run.

#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "telemetry/log.hpp"
#include "tests/fuzz/mutation.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

/// About two seconds of a debug build per case, and about four minutes.
constexpr std::uint64_t rounds = 8'000;
constexpr std::uint64_t long_rounds = 1'000'000;

// -- promises ----------------------------------------------------------------------------------

bool is_good(const std::optional<double>& number) {
  return !number || (std::isfinite(*number) && *number >= 0);
}

bool is_good(const std::optional<std::int32_t>& number) {
  return !number || *number >= 0;
}

bool is_good(const std::vector<night_sample>& samples) {
  return std::ranges::all_of(samples, [](const night_sample& sample) {
    return std::isfinite(sample.value) && sample.value >= 0 && std::abs(sample.minute) <= 2 * 1440;
  });
}

bool is_good(const night& record) {
  return is_good(record.continuity) && is_good(record.sleep_score) && is_good(record.light_sleep_s)
         && is_good(record.hypnogram) && is_good(record.heart_rate_samples)
         && record.sleep_score != 0 && record.sleep_charge != 0 && record.sleep_rating != 0;
}

bool is_good(const nightly_recharge& record) {
  return is_good(record.breathing_rate_avg_per_min) && is_good(record.hrv_rmssd_ms)
         && is_good(record.hrv_samples_ms) && is_good(record.breathing_samples_per_min)
         && (!record.ans_charge || std::abs(*record.ans_charge) <= 10)
         && record.beat_to_beat_avg_ms != 0;
}

bool is_good(const activity_day& record) {
  return is_good(record.steps) && is_good(record.distance_m) && is_good(record.active_s)
         && is_good(record.daily_activity_percent);
}

bool is_good(const activity_sample_day& record) {
  return is_good(record.total_steps)
         && std::ranges::all_of(record.steps, [](const auto& step) { return step.steps >= 0; })
         && std::ranges::none_of(record.zones, [](const auto& zone) { return zone.zone.empty(); });
}

bool is_good(const cardio_load_day& record) {
  return is_good(record.cardio_load) && is_good(record.strain) && is_good(record.tolerance)
         && is_good(record.ratio) && is_good(record.levels.very_high);
}

bool is_good(const exercise& record) {
  const auto is_finite = [](const std::optional<double>& value) {
    return !value || std::isfinite(*value);
  };
  return !record.polar_exercise_id.empty() && is_good(record.duration_s)
         && is_good(record.distance_m) && is_good(record.training_load)
         && record.average_heart_rate_bpm != 0
         && std::ranges::all_of(record.samples, [&](const sample_series& series) {
              return std::ranges::all_of(series.values, is_finite);
            });
}

bool is_good(const heart_rate_day& record) {
  const auto is_in_order =
      std::ranges::adjacent_find(record.samples, std::greater_equal{}, &heart_rate_sample::second)
      == record.samples.end();
  return is_in_order && !record.samples.empty()
         && std::ranges::all_of(record.samples, [](const heart_rate_sample& sample) {
              return 0 <= sample.second && sample.second < 86'400 && 0 < sample.bpm
                     && sample.bpm <= 300;
            });
}

bool is_good_offset(const std::optional<std::int32_t>& minutes) {
  return !minutes || std::abs(*minutes) <= 14 * 60;
}

bool is_good(const alertness_period& record) {
  return is_good(record.grade) && (!record.grade || *record.grade <= 10)
         && is_good(record.grade_validity_s) && is_good_offset(record.utc_offset_minutes)
         && record.grade_type != "";
}

bool is_good(const bedtime_period& record) {
  return is_good_offset(record.utc_offset_minutes) && record.quality != "";
}

bool is_good(const spo2_test& record) {
  const bool has_passed = record.test_status == "SPO2_TEST_PASSED";
  return is_good_offset(record.utc_offset_minutes) && is_good(record.quality_percent)
         && is_good(record.hrv_ms) && (has_passed || !record.blood_oxygen_percent)
         && record.blood_oxygen_percent != 0 && record.average_heart_rate_bpm != 0;
}

/// Values of a waveform or a temperature curve, whose offsets count forward from its start.
bool is_good_sample(std::int64_t offset_ms, double value) {
  return offset_ms >= 0 && std::isfinite(value) && std::abs(value) <= 1000;
}

bool is_good(const ecg_test& record) {
  return is_good_offset(record.utc_offset_minutes) && is_good(record.rri_ms)
         && is_good(record.hrv_ms) && record.average_heart_rate_bpm != 0
         && std::ranges::all_of(record.samples,
                                [](const ecg_sample& sample) {
                                  return is_good_sample(sample.offset_ms, sample.millivolts);
                                })
         && std::ranges::all_of(record.qualities, [](const ecg_quality& quality) {
              return quality.offset_ms >= 0 && !quality.level.empty();
            });
}

bool is_good(const body_temperature_period& record) {
  return record.sensor_location != ""
         && std::ranges::all_of(record.samples, [](const temperature_sample& sample) {
              return is_good_sample(sample.offset_ms, sample.celsius);
            });
}

bool is_good(const skin_temperature_night& record) {
  return is_good_sample(0, record.temperature_celsius.value_or(0))
         && is_good_sample(0, record.deviation_from_baseline_celsius.value_or(0));
}

bool is_good(const physical_info& record) {
  physical_info only_time;
  only_time.recorded_at = record.recorded_at;
  return is_good(record.weight_kg) && is_good(record.height_cm) && is_good(record.sleep_goal_s)
         && record.weight_kg != 0.0 && record.resting_heart_rate_bpm != 0 && record != only_time;
}

auto key_of(const exercise& record) {
  return record.polar_exercise_id;
}

auto key_of(const alertness_period& record) {
  return record.period_start_time;
}

auto key_of(const bedtime_period& record) {
  return record.period_start_time;
}

auto key_of(const spo2_test& record) {
  return std::pair{record.device_id, record.test_time};
}

auto key_of(const ecg_test& record) {
  return std::pair{record.device_id, record.test_time};
}

auto key_of(const body_temperature_period& record) {
  return std::pair{record.device_id, record.start_time};
}

auto key_of(const physical_info& record) {
  return record.recorded_at;
}

auto key_of(const auto& record) {
  return record.day;
}

struct promise_checker {
  bool operator()(std::monostate) const {
    return false;
  }

  template <class Record>
  bool operator()(const std::vector<Record>& records) const {
    std::set<decltype(key_of(std::declval<Record>()))> keys;
    for (const auto& record : records)
      if (!is_good(record) || !keys.insert(key_of(record)).second)
        return false;
    return true;
  }
};

/// An empty text when all is well, else what is wrong.
std::string problem_with(const std::string& body) {
  for (const auto& sample : sample_answers()) {
    const auto records = polar::read_answer(sample.kind, body);
    if (!records && records.error().code != errc::polar_unreadable)
      return "an unexpected error: " + records.error().message;
    if (records && !std::visit(promise_checker{}, *records))
      return "a record of " + std::string{to_string(sample.kind)} + " breaks a promise";
  }
  return {};
}

void fuzz(const char* name, std::string (*make_body)(std::string_view sample, random_engine&)) {
  telemetry::set_log_level(telemetry::severity::error);
  const auto plan = read_fuzz_plan(rounds, long_rounds);
  random_engine random{plan.seed};
  std::uint64_t believed = 0;
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    const auto& sample = sample_answers()[pick(random, sample_answers().size())];
    const auto body = make_body(sample.body, random);
    if (const auto problem = problem_with(body); !problem.empty()) {
      BOOST_ERROR(name << ", seed " << plan.seed << ", round " << round << ": " << problem << "\n"
                       << body);
      return;
    }
    believed += polar::read_answer(sample.kind, body).has_value() ? 1 : 0;
  }
  // Changes that are all noticed, or none, would exercise one half of the readers only.
  BOOST_TEST(believed > plan.rounds / 1000);
  BOOST_TEST(believed < plan.rounds);
}

std::string with_changed_bytes(std::string_view sample, random_engine& random) {
  std::string body{sample};
  mutate_bytes(body, random);
  return body;
}

std::string with_changed_structure(std::string_view sample, random_engine& random) {
  auto document = boost::json::parse(sample);
  mutate_structure(document, random);
  return boost::json::serialize(document);
}

/// Two samples of different streams, one continuing where the other stops.
std::string with_two_halves(std::string_view sample, random_engine& random) {
  const auto other = sample_answers()[pick(random, sample_answers().size())].body;
  return std::string{sample.substr(0, pick(random, sample.size()))}
         + std::string{other.substr(pick(random, other.size()))};
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_answer)

BOOST_AUTO_TEST_CASE(changed_bytes) {
  fuzz("changed bytes", with_changed_bytes);
}

BOOST_AUTO_TEST_CASE(changed_structure) {
  fuzz("changed structure", with_changed_structure);
}

BOOST_AUTO_TEST_CASE(two_halves) {
  fuzz("two halves", with_two_halves);
}

BOOST_AUTO_TEST_SUITE_END()
