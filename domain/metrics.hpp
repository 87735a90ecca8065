#pragma once

#include "domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace polar_flow {

/// What we learn a personal normal for. The order is that of answers.
enum class metric : std::uint8_t {
  hrv_rmssd,
  sleep_score,
  resting_hr,
  training_load,
  training_load_ratio,
};

inline constexpr std::array<metric, 5> all_metrics{metric::hrv_rmssd, metric::sleep_score,
                                                   metric::resting_hr, metric::training_load,
                                                   metric::training_load_ratio};

std::string_view to_string(metric name);
std::optional<metric> parse_metric(std::string_view name);

struct dated_value {
  date day;
  double value = 0;

  bool operator==(const dated_value&) const = default;
};

} // namespace polar_flow
