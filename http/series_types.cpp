#include "http/series_types.hpp"

#include "http/shown_values.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>

namespace polar_flow::http {

namespace {

constexpr std::int32_t minutes_per_day = 24 * 60;

void append_two_digits(std::string& out, std::int32_t number) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

/// `HH:MM` of a minute of the day.
std::string clock_text(std::int32_t minute_of_day) {
  std::string text;
  append_two_digits(text, minute_of_day / 60);
  text += ':';
  append_two_digits(text, minute_of_day % 60);
  return text;
}

/// `HH:MM:SS` of a second of the day.
std::string clock_text_with_seconds(std::int32_t second_of_day) {
  auto text = clock_text(second_of_day / 60);
  text += ':';
  append_two_digits(text, second_of_day % 60);
  return text;
}

/// As Polar writes readings of a wall clock: whole minutes without seconds.
std::string polar_clock_text(local_time reading) {
  constexpr std::string_view no_seconds = ":00";
  auto text = format_local_time(reading);
  if (std::chrono::floor<std::chrono::minutes>(reading) == reading)
    text.resize(text.size() - no_seconds.size());
  return text;
}

/// ISO 8601, such as `PT210.026S`, in the resolution of our instants.
std::optional<std::string> duration_text(std::optional<double> seconds) {
  if (!seconds || !std::isfinite(*seconds))
    return std::nullopt;
  // 309 digits are the longest that a whole double can have.
  std::array<char, 352> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), rounded(*seconds, 6),
                                 std::chars_format::fixed)
                       .ptr;
  return "PT" + std::string{digits.data(), end} + 'S';
}

std::int32_t minute_of_day(const night_sample& sample) {
  const auto remainder = sample.minute % minutes_per_day;
  return remainder < 0 ? remainder + minutes_per_day : remainder;
}

/// The samples of a night by what the clock showed. When it showed a minute twice, because it was
/// set back, the later sample has the name.
std::vector<const night_sample*> with_clock_names(const std::vector<night_sample>& samples) {
  std::bitset<minutes_per_day> is_taken;
  std::vector<const night_sample*> named;
  for (const auto& sample : samples | std::views::reverse) {
    const auto name = static_cast<std::size_t>(minute_of_day(sample));
    if (!is_taken[name])
      named.push_back(&sample);
    is_taken.set(name);
  }
  std::ranges::reverse(named);
  return named;
}

} // namespace

void write_night(json_writer& out, const std::vector<night_sample>& samples, value_form form) {
  if (samples.empty()) {
    out.null();
    return;
  }
  out.begin_object();
  for (const auto* sample : with_clock_names(samples)) {
    out.key(clock_text(minute_of_day(*sample)));
    if (form == value_form::whole_number)
      out.value(whole(sample->value));
    else
      out.value(sample->value);
  }
  out.end_object();
}

void write(json_writer& out, const step_sample& sample) {
  out.member("steps", sample.steps);
  out.member("timestamp", polar_clock_text(sample.time));
}

void write(json_writer& out, const heart_rate_sample& sample) {
  out.member("heart_rate", sample.bpm);
  out.member("sample_time", clock_text_with_seconds(sample.second));
}

void write(json_writer& out, const heart_rate_zone& zone) {
  out.member("index", zone.index);
  out.member("lower_limit_bpm", zone.lower_limit_bpm);
  out.member("upper_limit_bpm", zone.upper_limit_bpm);
  out.member("in_zone_seconds", cut(zone.in_zone_s));
}

void write(json_writer& out, const sample_series& series) {
  out.member("sample_type", std::to_string(series.sample_type));
  out.member("recording_rate", series.recording_rate_s);
  out.key("values");
  out.begin_list();
  for (const auto& value : series.values)
    out.value(value);
  out.end_list();
}

void write(json_writer& out, const route_point& point) {
  out.member("latitude", point.latitude);
  out.member("longitude", point.longitude);
  out.member("time", duration_text(point.time_s));
  out.member("satellites", point.satellites);
  out.member("fix", point.fix);
}

void write(json_writer& out, const ecg_sample& sample) {
  out.member("time_ms", sample.offset_ms);
  out.member("amplitude_mv", sample.millivolts);
}

void write(json_writer& out, const ecg_quality& quality) {
  out.member("time_ms", quality.offset_ms);
  out.member("quality", quality.level);
}

void write(json_writer& out, const temperature_sample& sample) {
  out.member("time_ms", sample.offset_ms);
  out.member("temp_c", sample.celsius);
}

void write(json_writer& out, const alertness_hour& hour) {
  out.member("validity", hour.validity);
  out.member("alertness_level", hour.level);
  out.member("start_time", format_instant(hour.start_time));
  out.member("end_time", instant_text(hour.end_time));
}

} // namespace polar_flow::http
