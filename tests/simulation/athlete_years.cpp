#include "tests/simulation/athlete_years.hpp"

#include "polar/readers.hpp"
#include "simulator/polar_text.hpp"
#include "simulator/resources.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace polar_flow::testing {

namespace {

using std::chrono::days;
using std::chrono::hours;

/// An answer that our reader refuses would make every figure here meaningless.
template <class Records>
Records must(result<Records> read) {
  if (read)
    return std::move(*read);
  std::fprintf(stderr, "athlete_years: %s\n", read.error().message.c_str());
  std::exit(1);
}

template <class Value>
void add(std::vector<dated_value>& values, date day, const std::optional<Value>& value) {
  if (value && (values.empty() || values.back().day < day))
    values.push_back({day, static_cast<double>(*value)});
}

void add_nights(analytics_window& window, const simulator::data_request& ask) {
  auto nights = must(polar::read_recharge(simulator::list_recharge(ask).body));
  std::ranges::sort(nights, {}, &nightly_recharge::day);
  for (const auto& night : nights) {
    add(window.hrv_rmssd_ms, night.day, night.hrv_rmssd_ms);
    add(window.resting_heart_rate_bpm, night.day, night.heart_rate_avg_bpm);
    add(window.breaths_per_minute, night.day, night.breathing_rate_avg_per_min);
    window.recorded_days.push_back(night.day);
  }
  auto skin = must(polar::read_skin_temperature(simulator::list_skin_temperature(ask).body));
  std::ranges::sort(skin, {}, &skin_temperature_night::day);
  for (const auto& night : skin)
    add(window.skin_temperature_celsius, night.day, night.temperature_celsius);
}

void add_loads(analytics_window& window, const simulator::data_request& ask) {
  for (const auto& day : must(polar::read_cardio_load(simulator::list_cardio_load(ask).body))) {
    if (day.cardio_load && *day.cardio_load > 0)
      add(window.training_load, day.day, day.cardio_load);
    if (day.ratio && *day.ratio > 0)
      add(window.training_load_ratio, day.day, day.ratio);
  }
}

} // namespace

analytics_window watch_for(const simulator::athlete& who, date_range range) {
  analytics_window window;
  for (date last = range.first + simulator::list_days - days{1};; last += simulator::list_days) {
    last = std::min(last, range.last);
    const instant evening =
        simulator::to_utc(simulator::midnight(last) + hours{23}, who.utc_offset);
    const simulator::data_request ask{.who = who,
                                      .now = evening,
                                      .first_day = range.first,
                                      .visible_since = std::nullopt,
                                      .captures = {},
                                      .query = {}};
    add_nights(window, ask);
    add_loads(window, ask);
    if (last == range.last)
      return window;
  }
}

} // namespace polar_flow::testing
