#pragma once

#include <cstdint>

namespace polar_flow::simulator {

/// What a number is drawn for. Each topic has its own stream of numbers, so that adding a draw to
/// one never changes another: the data of a past day stays what it was.
enum class topic : std::uint8_t {
  profile,
  episodes,
  wearing,
  night_timing,
  night_stages,
  night_scores,
  hrv_noise,
  heart_rate_noise,
  breathing_noise,
  night_curves,
  training,
  upload,
  exercise_series,
  movement,
  continuous_heart_rate,
  sleepwise,
  spo2,
  ecg,
  temperature,
  weight,
  fault_mix,
};

/// Pseudo-random numbers that depend on nothing but the arguments of the constructor
/// (splitmix64, Steele, Lea and Flood 2014): the same athlete has the same day whenever and in
/// whatever order it is asked for. The standard distributions differ between libraries, so these
/// are our own.
class draw {
public:
  draw(std::uint64_t seed, std::int64_t day, topic about);

  std::uint64_t bits();

  /// In [0, 1).
  double uniform();

  double uniform(double low, double high);

  /// Standard normal, cut at ±3 so that no day is absurd.
  double normal();

  /// `first` to `last`, both included.
  int integer(int first, int last);

  bool chance(double probability);

private:
  std::uint64_t state_;
};

/// Mixes two numbers into one that looks random.
std::uint64_t mix(std::uint64_t left, std::uint64_t right);

} // namespace polar_flow::simulator
