#pragma once

#include "analytics/sample.hpp"
#include "domain/insights.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

/// Is this value normal for this person? A value is judged by the days before it, never by a
/// sample that it is itself part of.
namespace polar_flow::analytics {

/// How many calendar days before the judged one make the sample. Long enough for a stable
/// picture, short enough that last season's form does not decide about this morning.
inline constexpr std::chrono::days judging_window{90};

/// A value beyond the quartiles by more than this many interquartile ranges is critical (Tukey's
/// outer fence).
inline constexpr double outer_fence_in_iqr = 3.0;

/// What a value is judged by.
struct judging_sample {
  sample_summary summary;
  /// Unscaled; present like the quartiles.
  std::optional<double> median_absolute_deviation;
};

/// The sample for a value of the day `judged`: the 90 calendar days before it.
judging_sample sample_before(std::span<const dated_value> values, date judged);

enum class severity : std::uint8_t { warning, critical };
enum class direction : std::uint8_t { above, below };

/// `warning`, `critical`.
std::string to_string(severity level);

/// `above`, `below`.
std::string to_string(direction side);

struct verdict {
  severity level{};
  /// The direction of the bound that was crossed, not that from the mean.
  direction side{};

  bool operator==(const verdict&) const = default;
};

/// nullopt: the value is within the bounds, or there are too few values to judge by. When half of
/// the days are equal the quartiles coincide and any other value is outside; it is then critical
/// only if it also leaves median ± 3·max(1.4826·MAD, 2 % of the median), else a warning.
std::optional<verdict> judge(double value, const judging_sample& sample);

/// `value` in percent of the sample's mean.
std::optional<double> percent_of_mean(double value, const sample_summary& summary);

} // namespace polar_flow::analytics
