#pragma once

#include "domain/insights.hpp"

#include <optional>
#include <vector>

namespace polar_flow::analytics {

/// From this many values on a baseline has a median, quartiles and a spread, and is `partial`.
/// A week covers every weekday once; with fewer, quartiles would mostly repeat single days.
inline constexpr std::int32_t values_for_partial = 7;

/// From this many values on a baseline is `ready`: three weeks, every weekday three times.
inline constexpr std::int32_t values_for_ready = 21;

/// Distance of the outer limits of "normal" from the quartiles, in interquartile ranges, as in
/// Tukey's box plot.
inline constexpr double fence_in_iqr = 1.5;

baseline_status status_of(std::int32_t sample_count);

/// What is said about a set of values. Members without a value need more values.
struct sample_summary {
  std::int32_t count = 0;
  baseline_status status = baseline_status::insufficient;
  std::optional<double> mean;
  std::optional<double> min;
  std::optional<double> max;
  // From `values_for_partial` values on:
  std::optional<double> median;
  std::optional<double> q1;
  std::optional<double> q3;
  std::optional<double> iqr;
  std::optional<double> std_dev;
  std::optional<double> lower_bound;
  std::optional<double> upper_bound;

  bool operator==(const sample_summary&) const = default;
};

/// `values` may be empty.
sample_summary summarize(const std::vector<double>& values);

} // namespace polar_flow::analytics
