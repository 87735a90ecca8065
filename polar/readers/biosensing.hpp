#pragma once

#include "polar/readers/json_view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

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

} // namespace polar_flow::polar
