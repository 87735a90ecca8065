// What one user's analytics cost: five years of nights and training days, everything that is
// computed after a sync. Prints the median of many rounds in milliseconds, and of some parts, and
// fails when everything is dearer than the budget of 2 ms.
//
//   analytics_bench [ROUNDS]

#include "analytics/analyse.hpp"
#include "analytics/hrv_range.hpp"
#include "analytics/illness_sentinel.hpp"
#include "analytics/overload_watch.hpp"
#include "analytics/prediction.hpp"
#include "analytics/training_load.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

namespace {

using namespace polar_flow;
using namespace polar_flow::analytics;
using std::chrono::days;

constexpr double budget_ms = 2.0;
constexpr int nights = 5 * 365 + 1;
constexpr date today = std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 1};

analytics_window make_window() {
  std::mt19937 random{20261101};
  std::normal_distribution<double> normal;
  analytics_window window;
  double state = 0;
  for (int age = nights - 1; age >= 0; --age) {
    const date day = today - days{age};
    state = 0.9 * state + 0.4 * normal(random);
    const double load = std::max(0.0, 70.0 + 60.0 * normal(random));
    window.recorded_days.push_back(day);
    window.hrv_rmssd_ms.push_back({day, std::exp(4.0 + 0.1 * state + 0.15 * normal(random))});
    window.resting_heart_rate_bpm.push_back({day, 50.0 - state + normal(random)});
    window.breaths_per_minute.push_back({day, 14.5 - 0.2 * state + 0.3 * normal(random)});
    window.skin_temperature_celsius.push_back({day, 34.0 + 0.3 * normal(random)});
    window.sleep_score.push_back({day, 76.0 + state + 5.0 * normal(random)});
    window.training_load_ratio.push_back({day, 1.0});
    if (load > 0)
      window.training_load.push_back({day, load});
  }
  return window;
}

/// Keeps the optimiser from leaving out what nobody reads.
volatile double sink = 0;

template <class Work>
double median_ms(int rounds, const Work& work) {
  std::vector<double> took;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    sink = work();
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - start;
    took.push_back(passed.count());
  }
  std::ranges::nth_element(took, took.begin() + rounds / 2);
  return took[static_cast<std::size_t>(rounds / 2)];
}

} // namespace

int main(int argc, char** argv) {
  const int rounds = std::max(argc > 1 ? std::atoi(argv[1]) : 500, 1);
  const auto window = make_window();
  const double hrv_ms = median_ms(
      rounds, [&] { return assess_hrv(window.hrv_rmssd_ms, today).range_mean_ln.value_or(0); });
  const double load_ms = median_ms(rounds, [&] {
    const auto daily = daily_loads(window.training_load, window.training_load_ratio);
    return assess_load(daily, window.training_load_ratio, today).tsb.value_or(0);
  });
  const double alarms_ms = median_ms(rounds, [&] {
    const auto daily = daily_loads(window.training_load, window.training_load_ratio);
    const auto report = watch_nights(overnights_of(window, today), today);
    return watch_overload(daily, report.heart_strains, today).ratio.value_or(0);
  });
  const double predictions_ms =
      median_ms(rounds, [&] { return predict_all(window, today).front().backtest.model_error; });
  const double baselines_ms = median_ms(
      rounds, [&] { return compute_baselines(window, instant{}).front().median.value_or(0); });
  const double total_ms
      = median_ms(rounds, [&] { return analyse(window, today, instant{}).today.data_age_days; });
  std::printf("%d nights, median of %d rounds\n", nights, rounds);
  std::printf("HRV against its range   %.4f ms\n", hrv_ms);
  std::printf("training load           %.4f ms\n", load_ms);
  std::printf("alarms                  %.4f ms\n", alarms_ms);
  std::printf("predictions, backtested %.4f ms\n", predictions_ms);
  std::printf("baselines               %.4f ms\n", baselines_ms);
  std::printf("everything              %.4f ms of %.1f\n", total_ms, budget_ms);
  return total_ms < budget_ms ? 0 : 1;
}
