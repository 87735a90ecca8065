#pragma once

#include "analytics/illness_sentinel.hpp"

#include <cstdint>
#include <random>
#include <vector>

/// Nights that owe nothing to the simulator's physiology: noise with heavy tails and a memory,
/// signals that hang together, late drinks, monthly cycles and missing nights. Everything is in
/// the person's own standard deviations, so an illness can be made as weak as one likes.
namespace polar_flow::testing {

struct made_up_person {
  std::vector<analytics::overnight> nights;
  /// First night of each illness.
  std::vector<date> illnesses;
};

struct made_up_rules {
  /// How many signals are measured, in the order of `overnight_signal`: 2 to 4.
  std::size_t signals = 4;
  /// Peak of an illness in standard deviations of each signal; 0 for somebody never ill.
  double peak = 0;
  int nights = 730;
};

inline constexpr date made_up_first = date{std::chrono::days{20'000}};

/// Two illnesses a year, none in the first hundred nights.
made_up_person make_up(const made_up_rules& rules, std::mt19937_64& random);

} // namespace polar_flow::testing
