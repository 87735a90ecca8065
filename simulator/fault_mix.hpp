#pragma once

#include "simulator/faults.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace polar_flow::simulator {

/// Faults that strike by chance, in a way that can be repeated.
struct mix_settings {
  std::uint64_t seed = 1;
  /// Part of the requests that are struck.
  double share = 0;
  /// One of these is drawn.
  std::vector<fault> kinds;
  /// After so many requests it is over; absent for never.
  std::optional<std::uint64_t> until_requests;
  /// Absent for all athletes.
  std::optional<std::int64_t> athlete_id;
  /// Applies to every path that begins so.
  std::string path;
};

/// Reads the body of `POST /simulator/faults/mix`; the error is a sentence.
struct parsed_mix {
  std::optional<mix_settings> value;
  std::string error;
};
parsed_mix parse_mix(std::string_view body);

/// Whether and how a request is struck depends on the seed, the athlete, the target and how often
/// this athlete has asked for it, and on nothing else: requests of several athletes, or of one at
/// the same time, may come in any order.
class fault_mix {
public:
  explicit fault_mix(mix_settings chosen) : settings_(std::move(chosen)) {
    // nop
  }

  std::optional<fault> strike(const std::string& target, const std::string& path,
                              std::int64_t athlete_id);

  const mix_settings& settings() const {
    return settings_;
  }
  std::uint64_t requests() const {
    return requests_;
  }
  bool is_over() const {
    return settings_.until_requests && requests_ >= *settings_.until_requests;
  }

private:
  mix_settings settings_;
  std::uint64_t requests_ = 0;
  std::unordered_map<std::uint64_t, std::int64_t> times_asked_;
};

} // namespace polar_flow::simulator
