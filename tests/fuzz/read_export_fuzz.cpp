// Goal: no file of an account export, however broken, does more harm than an error that says so.
// Method: well-formed files are changed at random, by bytes and by structure, and read under the
// names of all families. What is read must keep the promises of the domain types. A seed repeats a
// run.

#define BOOST_TEST_DYN_LINK
#include "polar/flow_export.hpp"
#include "telemetry/log.hpp"
#include "tests/fuzz/mutation.hpp"
#include "tests/polar/flow_export_samples.hpp"

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

/// Some seconds of a debug build per case, and some minutes.
constexpr std::uint64_t rounds = 4'000;
constexpr std::uint64_t long_rounds = 200'000;

// -- promises ----------------------------------------------------------------------------------

bool is_good(const std::optional<double>& number) {
  return !number || (std::isfinite(*number) && *number >= 0);
}

bool is_good(const std::optional<std::int32_t>& number) {
  return !number || *number >= 0;
}

bool is_good(const night& record) {
  return is_good(record.continuity) && is_good(record.light_sleep_s) && is_good(record.sleep_cycles)
         && record.sleep_score != 0 && record.sleep_charge != 0 && record.sleep_rating != 0
         && std::ranges::all_of(record.hypnogram, [](const night_sample& sample) {
              return std::abs(sample.minute) <= 4 * 1440 && 0 <= sample.value && sample.value <= 5;
            });
}

bool is_good(const nightly_recharge& record) {
  return is_good(record.breathing_rate_avg_per_min) && is_good(record.hrv_rmssd_ms)
         && (!record.ans_charge || std::abs(*record.ans_charge) <= 10)
         && record.beat_to_beat_avg_ms != 0 && record.heart_rate_avg_bpm != 0;
}

bool is_good(const activity_day& record) {
  return is_good(record.steps) && is_good(record.distance_m) && is_good(record.calories_total_kcal);
}

bool is_good(const activity_sample_day& record) {
  return is_good(record.total_steps) && !record.steps.empty()
         && std::ranges::adjacent_find(record.steps, std::greater_equal{}, &step_sample::time)
                == record.steps.end()
         && std::ranges::all_of(record.steps, [](const auto& step) { return step.steps >= 0; });
}

bool is_good(const heart_rate_day& record) {
  return !record.samples.empty()
         && std::ranges::adjacent_find(record.samples, std::greater_equal{},
                                       &heart_rate_sample::second)
                == record.samples.end()
         && std::ranges::all_of(record.samples, [](const heart_rate_sample& sample) {
              return 0 <= sample.second && sample.second < 86'400 && 0 < sample.bpm
                     && sample.bpm <= 300;
            });
}

bool is_good(const sample_series& series) {
  return !series.values.empty() && series.recording_rate_s != 0
         && std::ranges::all_of(series.values,
                                [](const auto& value) { return !value || std::isfinite(*value); });
}

bool is_good(const exercise& record) {
  return record.polar_exercise_id.size() > std::string_view{"flow-export-"}.size()
         && record.is_detailed && is_good(record.duration_s) && is_good(record.distance_m)
         && is_good(record.training_load) && record.average_heart_rate_bpm != 0
         && std::ranges::all_of(record.samples,
                                [](const sample_series& series) { return is_good(series); })
         && std::ranges::all_of(record.route, [](const route_point& point) {
              return std::abs(point.latitude) <= 90 && std::isfinite(point.time_s.value());
            });
}

bool is_good(const physical_info& record) {
  return record.recorded_at && record.weight_kg && is_good(record.weight_kg);
}

/// These are made by AccessLink's readers, which have a fuzzer of their own.
bool is_good(const auto&) {
  return true;
}

auto key_of(const exercise& record) {
  return record.polar_exercise_id;
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

auto key_of(const alertness_period& record) {
  return record.period_start_time;
}

auto key_of(const bedtime_period& record) {
  return record.period_start_time;
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
    return !records.empty();
  }
};

/// An empty text when all is well, else what is wrong.
std::string problem_with(const std::string& content) {
  for (const auto& sample : export_samples) {
    const auto file = polar::read_export_file(sample.file_name, content);
    if (!file && file.error().code != errc::polar_unreadable)
      return "an unexpected error: " + file.error().message;
    if (!file)
      continue;
    for (const auto& part : file->parts)
      if (!std::visit(promise_checker{}, part.records))
        return "a record of " + std::string{sample.file_name} + " breaks a promise";
  }
  return {};
}

void fuzz(const char* name, std::string (*make_content)(std::string_view, random_engine&)) {
  telemetry::set_log_level(telemetry::severity::error);
  const auto plan = read_fuzz_plan(rounds, long_rounds);
  random_engine random{plan.seed};
  std::uint64_t believed = 0;
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    const auto& sample = export_samples[pick(random, export_samples.size())];
    const auto content = make_content(sample.content, random);
    if (const auto problem = problem_with(content); !problem.empty()) {
      BOOST_ERROR(name << ", seed " << plan.seed << ", round " << round << ": " << problem << "\n"
                       << content);
      return;
    }
    const auto file = polar::read_export_file(sample.file_name, content);
    believed += file && !file->parts.empty() ? 1 : 0;
  }
  // Changes that are all noticed, or none, would exercise one half of the readers only.
  BOOST_TEST(believed > plan.rounds / 1000);
  BOOST_TEST(believed < plan.rounds);
}

std::string with_changed_bytes(std::string_view sample, random_engine& random) {
  std::string content{sample};
  mutate_bytes(content, random);
  return content;
}

std::string with_changed_structure(std::string_view sample, random_engine& random) {
  auto document = boost::json::parse(sample);
  mutate_structure(document, random);
  return boost::json::serialize(document);
}

/// Every text and number may be a bare word as well.
std::string with_bare_words(std::string_view sample, random_engine& random) {
  std::string content{sample};
  for (auto words = 1 + pick(random, 3); words > 0; --words) {
    const auto colon = content.find(':', pick(random, content.size()));
    if (colon == std::string::npos)
      continue;
    const auto end = content.find_first_of(",]}", colon);
    content.replace(colon + 1, end - colon - 1, pick(random, 2) == 0 ? "NaN" : "-Infinity");
  }
  return content;
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_export_file)

BOOST_AUTO_TEST_CASE(changed_bytes) {
  fuzz("changed bytes", with_changed_bytes);
}

BOOST_AUTO_TEST_CASE(changed_structure) {
  fuzz("changed structure", with_changed_structure);
}

BOOST_AUTO_TEST_CASE(bare_words) {
  fuzz("bare words", with_bare_words);
}

BOOST_AUTO_TEST_SUITE_END()
