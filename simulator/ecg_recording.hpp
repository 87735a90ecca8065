#pragma once

#include "simulator/physiology.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace polar_flow::simulator {

/// The wrist ECG measures so often, for so long.
inline constexpr int ecg_rate_hz = 130;
inline constexpr int ecg_length_s = 30;

enum class ecg_contact : std::uint8_t { none, poor, good };

/// One ECG of half a minute, made by laying a finger on the watch.
struct ecg_recording {
  std::chrono::sys_seconds moment;
  int heart_rate_bpm = 0;
  double rmssd_ms = 0;
  /// `ecg_rate_hz` values a second.
  std::vector<double> amplitudes_mv;
  /// One for every second.
  std::vector<ecg_contact> contacts;
};

/// The moment of the test of a day, if there is one.
std::optional<std::chrono::sys_seconds> ecg_moment_on(const athlete& who, date day);

/// The test of `state.day` in full; `ecg_moment_on` says whether there is one.
ecg_recording record_ecg(const athlete& who, const condition& state);

} // namespace polar_flow::simulator
