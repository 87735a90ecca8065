#pragma once

#include "polar/readers/json_view.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the answers of the biosensing resources have in common. Their times are UTC without a
/// suffix.
namespace polar_flow::polar {

/// Samples of one recording that are kept: nine hours at sixteen per second. An ECG has a few
/// thousand, a night of temperatures a few hundred; what follows is left out.
inline constexpr std::size_t recording_samples_max = 500'000;

/// From Arctic weather on bare skin to a sauna.
inline constexpr value_range celsius_range{-50, 120};

/// Heart rate variability and the times between two beats; a minute is none.
inline constexpr value_range beat_interval_ms_range{0, 60'000};

/// The id of the device. Empty when Polar names none, for the id is part of a record's key.
std::string read_device_id(const object_view& item);

/// Milliseconds from the start of a recording to one of its samples; the name of the member
/// ends with `_ms` in an ECG and with `_milliseconds` elsewhere.
std::optional<std::int64_t> read_offset_ms(const object_view& sample);

/// The samples of a recording that have a time and, as member `name`, a number within `range`.
template <class Sample>
std::vector<Sample> read_samples(const boost::json::array* list, std::string_view name,
                                 value_range range) {
  std::vector<Sample> samples;
  if (list == nullptr)
    return samples;
  samples.reserve(std::min(list->size(), recording_samples_max));
  for (const auto& value : *list) {
    const object_view item{value};
    const auto offset_ms = read_offset_ms(item);
    const auto number = item.number(name, range);
    if (offset_ms && number && samples.size() < recording_samples_max)
      samples.push_back({*offset_ms, *number});
  }
  return samples;
}

} // namespace polar_flow::polar
