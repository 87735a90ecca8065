#include "simulator/draw.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polar_flow::simulator {

namespace {

/// The increment of splitmix64.
constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ULL;

/// Beyond this many standard deviations a draw is cut.
constexpr double deviation_max = 3.0;

std::uint64_t scramble(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

} // namespace

std::uint64_t mix(std::uint64_t left, std::uint64_t right) {
  return scramble(scramble(left + golden_gamma) ^ (right * golden_gamma + 1));
}

draw::draw(std::uint64_t seed, std::int64_t day, topic about)
    : state_(mix(mix(seed, static_cast<std::uint64_t>(day)), static_cast<std::uint64_t>(about))) {
  // nop
}

std::uint64_t draw::bits() {
  state_ += golden_gamma;
  return scramble(state_);
}

double draw::uniform() {
  return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double draw::uniform(double low, double high) {
  return low + (high - low) * uniform();
}

double draw::normal() {
  // Box and Muller; 1 - u keeps the logarithm away from zero.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  const double value = radius * std::cos(2.0 * std::numbers::pi * uniform());
  return std::clamp(value, -deviation_max, deviation_max);
}

int draw::integer(int first, int last) {
  return first + static_cast<int>(uniform() * (last - first + 1));
}

bool draw::chance(double probability) {
  return uniform() < probability;
}

} // namespace polar_flow::simulator
