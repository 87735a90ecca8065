#include "simulator/ecg_recording.hpp"
#include "simulator/json_text.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <array>
#include <cmath>
#include <cstdio>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;

/// Tests of the four weeks before that Polar wants for comparing.
constexpr int baseline_tests_min = 3;

std::string_view to_string(ecg_contact contact) {
  switch (contact) {
  case ecg_contact::none:
    return "ECG_QUALITY_NO_CONTACT";
  case ecg_contact::poor:
    return "ECG_QUALITY_LOW";
  case ecg_contact::good:
    return "ECG_QUALITY_HIGH";
  }
  return "ECG_QUALITY_UNKNOWN";
}

std::string_view level_of(const data_request& ask, const condition& state, double rmssd_ms) {
  int earlier = 0;
  for (date day = std::max(ask.first_day, state.day - list_days); day < state.day; day += days{1})
    earlier += ecg_moment_on(ask.who, day) ? 1 : 0;
  if (earlier < baseline_tests_min)
    return "ECG_HRV_LEVEL_NO_BASELINE";
  const double off = std::log(rmssd_ms) - ask.who.ln_rmssd;
  return off < -0.3  ? "ECG_HRV_LEVEL_BELOW_USUAL"
         : off > 0.3 ? "ECG_HRV_LEVEL_ABOVE_USUAL"
                     : "ECG_HRV_LEVEL_USUAL";
}

/// Thousands of points, so printed by hand.
std::string print_samples(const ecg_recording& test) {
  std::string text = "[";
  for (std::size_t i = 0; i < test.amplitudes_mv.size(); ++i) {
    std::array<char, 80> point{};
    const int size = std::snprintf(
        point.data(), point.size(), "%s{\"recording_time_delta_ms\":%zu,\"amplitude_mv\":%.3f}",
        i == 0 ? "" : ",", i * 1000 / ecg_rate_hz, test.amplitudes_mv[i]);
    text.append(point.data(), static_cast<std::size_t>(size));
  }
  return text + "]";
}

json::array make_qualities(const ecg_recording& test) {
  json::array found;
  std::int64_t delta_ms = 0;
  for (const auto contact : test.contacts) {
    found.push_back({{"recording_time_delta_ms", delta_ms}, {"quality_level", to_string(contact)}});
    delta_ms += 1000;
  }
  return found;
}

std::string make_body(const data_request& ask, const condition& state) {
  const auto test = record_ecg(ask.who, state);
  // Stiff arteries are quick; Polar measures it from the finger to the wrist.
  const double transit_ms = 210.0 - 0.4 * test.heart_rate_bpm;
  auto text = to_text(json::object{
      {"source_device_id", ask.who.device_id},
      {"test_time", test.moment.time_since_epoch().count()},
      {"time_zone_offset", ask.who.utc_offset.count()},
      {"average_heart_rate_bpm", test.heart_rate_bpm},
      {"heart_rate_variability_ms", test.rmssd_ms},
      {"heart_rate_variability_level", level_of(ask, state, test.rmssd_ms)},
      {"rri_ms", rounded(60'000.0 / test.heart_rate_bpm, 1)},
      {"pulse_transit_time_systolic_ms", rounded(transit_ms, 1)},
      {"pulse_transit_time_diastolic_ms", rounded(transit_ms + 62.0, 1)},
      {"pulse_transit_time_quality_index", rounded(90.0 - 5.0 * state.illness_severity, 1)}});
  append_member(text, "samples", print_samples(test));
  append_member(text, "quality_measurements", to_text(make_qualities(test)));
  return text;
}

} // namespace

response list_ecg(const data_request& ask) {
  const auto range = requested_range(ask, optional_four_weeks);
  if (!range)
    return range.error();
  std::string text;
  for (const auto& state : conditions(ask.who, *range)) {
    const auto moment = ecg_moment_on(ask.who, state.day);
    if (moment && is_day_visible(ask, state.day) && *moment + upload_delay <= ask.now)
      text += (text.empty() ? "[" : ",") + make_body(ask, state);
  }
  return text.empty() ? empty_response(204) : text_response(text + "]");
}

} // namespace polar_flow::simulator
