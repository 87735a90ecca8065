#include "analytics/suggestions.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/number_text.hpp"
#include "analytics/observations.hpp"

namespace polar_flow::analytics {

namespace {

/// How sure the HRV alone makes us, in both directions.
constexpr double hrv_confidence = 0.85;

/// From here on the HRV is "at baseline".
constexpr double normal_hrv_percent = 100.0;

} // namespace

std::vector<suggestion> suggest(const insights& known, date today) {
  std::vector<suggestion> list;
  const auto* hrv = conclusive(known.comparisons, metric::hrv_rmssd, today);
  if (hrv == nullptr)
    return list;
  const double percent = *hrv->percent_of_baseline;
  if (percent < low_hrv_percent)
    list.push_back({.action = "prioritize_recovery",
                    .description = "Prioritize sleep and recovery today",
                    .confidence = hrv_confidence,
                    .reason = "HRV is " + fixed_text(100.0 - percent, 0) + "% below baseline"});
  // Training as planned is only suggested when nothing speaks against it.
  if (list.empty() && percent >= normal_hrv_percent)
    list.push_back({.action = "train_normally",
                    .description = "Train as planned today",
                    .confidence = hrv_confidence,
                    .reason = "HRV is at or above your baseline"});
  return list;
}

} // namespace polar_flow::analytics
