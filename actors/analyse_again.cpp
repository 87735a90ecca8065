#include "actors/analyse_again.hpp"

#include "analytics/analyse.hpp"

#include <chrono>

namespace polar_flow::actors {

analytics::hrv_range_settings hrv_range_of(const analytics_settings& config) {
  return {.chronic_k = config.hrv_chronic_range_percent / 100.0,
          .acute_k = config.hrv_acute_range_percent / 100.0};
}

result<void> analyse_again(storage::store& store, const user_id& user, instant now,
                           const analytics_settings& config) {
  const auto claim = store.current_claim(user);
  if (!claim)
    return std::unexpected{claim.error()};
  const auto input = store.load_analytics_input(user);
  if (!input)
    return std::unexpected{input.error()};
  const auto today = local_date(now, std::chrono::minutes{input->utc_offset_minutes.value_or(0)});
  const auto stored = store.store_snapshot(
      *claim, user, analytics::analyse(input->window, today, now, hrv_range_of(config)));
  if (!stored)
    return std::unexpected{stored.error()};
  return {};
}

} // namespace polar_flow::actors
