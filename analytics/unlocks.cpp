#include "analytics/unlocks.hpp"

#include "analytics/number_text.hpp"
#include "analytics/sample.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace polar_flow::analytics {

namespace {

struct feature {
  std::string_view name;
  std::int32_t unlock_at_days;
  /// Whether enough days are all that is missing.
  bool unlocked_by_days;
};

/// In the order of the answer. `patterns` and `anomaly_detection` say whether there is enough
/// data to look for them, so from 21 days on they are available even while nothing was found.
/// Predictions are available only when one can be given: enough data may not be enough to beat the
/// simple guesses.
constexpr std::array<feature, 5> features{{
    {"baselines_7d", 7, true},
    {"baselines_30d", 30, true},
    {"patterns", 21, true},
    {"anomaly_detection", 21, true},
    {"ml_predictions", 60, false},
}};

bool is_available(const feature& entry, std::int32_t data_days) {
  return entry.unlocked_by_days && data_days >= entry.unlock_at_days;
}

std::optional<std::string> message_for(const feature& entry, std::int32_t data_days) {
  if (data_days < entry.unlock_at_days)
    return "Unlocks in " + days_text(entry.unlock_at_days - data_days);
  return "There is enough data, but no prediction that beats the simple guesses";
}

feature_availability describe(const feature& entry, std::int32_t data_days, bool has_prediction) {
  const bool is_there
      = entry.unlocked_by_days ? is_available(entry, data_days) : has_prediction;
  return {.name = std::string{entry.name},
          .available = is_there,
          .message = is_there ? std::nullopt : message_for(entry, data_days),
          .unlock_at_days = entry.unlock_at_days};
}

} // namespace

insights_status status_for(std::int32_t data_days) {
  if (data_days >= values_for_ready)
    return insights_status::ready;
  if (data_days >= values_for_partial)
    return insights_status::partial;
  return insights_status::unavailable;
}

std::vector<feature_availability> feature_list(std::int32_t data_days, bool has_prediction) {
  std::vector<feature_availability> list;
  list.reserve(features.size());
  for (const feature& entry : features)
    list.push_back(describe(entry, data_days, has_prediction));
  return list;
}

bool is_available(std::string_view feature_name, std::int32_t data_days) {
  const auto found = std::ranges::find(features, feature_name, &feature::name);
  return found != features.end() && is_available(*found, data_days);
}

std::optional<unlock_progress> progress_to_next(std::int32_t data_days) {
  const feature* next = nullptr;
  std::int32_t previous_unlock = 0;
  for (const feature& entry : features) {
    if (!entry.unlocked_by_days)
      continue;
    if (entry.unlock_at_days <= data_days)
      previous_unlock = std::max(previous_unlock, entry.unlock_at_days);
    else if (next == nullptr || entry.unlock_at_days < next->unlock_at_days)
      next = &entry;
  }
  if (next == nullptr)
    return std::nullopt;
  const auto done = static_cast<double>(data_days - previous_unlock);
  const auto whole = static_cast<double>(next->unlock_at_days - previous_unlock);
  return unlock_progress{.next_unlock = std::string{next->name},
                         .days_until_next = next->unlock_at_days - data_days,
                         .percent_to_next = done / whole * 100.0};
}

} // namespace polar_flow::analytics
