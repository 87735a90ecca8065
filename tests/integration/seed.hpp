#pragma once

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace polar_flow::testing {

/// A generator whose seed is printed; POLAR_FLOW_TEST_SEED repeats a run, or tries another one.
inline std::mt19937_64 seeded_generator() {
  constexpr std::uint64_t usual_seed = 20'260'320;
  const char* text = std::getenv("POLAR_FLOW_TEST_SEED");
  const auto seed = text == nullptr ? usual_seed : std::stoull(text);
  BOOST_TEST_MESSAGE("seed " << seed << " (POLAR_FLOW_TEST_SEED sets another)");
  return std::mt19937_64{seed};
}

/// Uniform between both ends, which are included. Unlike the standard's distributions it gives
/// the same numbers everywhere.
inline std::int64_t draw(std::mt19937_64& generator, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(generator() % static_cast<std::uint64_t>(high - low + 1));
}

} // namespace polar_flow::testing
