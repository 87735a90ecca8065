#pragma once

#include "domain/records.hpp"
#include "http/json_writer.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// Our JSON of the series that belong to one record.
namespace polar_flow::http {

enum class value_form : std::uint8_t { whole_number, with_fraction };

/// An object `"HH:MM"` to value in order of time, or null when nothing was recorded. When the
/// clock showed a minute twice, because it was set back, the later value has the name.
void write_night(json_writer& out, const std::vector<night_sample>& samples, value_form form);

/// Times of steps are texts as Polar writes them: whole minutes without seconds.
void write(json_writer& out, const step_sample& sample);
void write(json_writer& out, const heart_rate_sample& sample);
void write(json_writer& out, const heart_rate_zone& zone);
/// A value is null while the sensor was off, the rate where readings are not evenly spaced.
void write(json_writer& out, const sample_series& series);
/// The time is an ISO 8601 duration from the start, such as `PT210.026S`.
void write(json_writer& out, const route_point& point);
void write(json_writer& out, const ecg_sample& sample);
void write(json_writer& out, const ecg_quality& quality);
void write(json_writer& out, const temperature_sample& sample);
void write(json_writer& out, const alertness_hour& hour);

/// A member that is a list of objects.
template <class Item>
void write_list(json_writer& out, std::string_view name, const std::vector<Item>& items) {
  out.key(name);
  out.begin_list();
  for (const auto& item : items) {
    out.begin_object();
    write(out, item);
    out.end_object();
  }
  out.end_list();
}

/// The same where clients expect null instead of an empty list.
template <class Item>
void write_list_or_null(json_writer& out, std::string_view name, const std::vector<Item>& items) {
  if (!items.empty()) {
    write_list(out, name, items);
    return;
  }
  out.key(name);
  out.null();
}

} // namespace polar_flow::http
