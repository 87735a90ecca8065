#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace polar_flow::simulation {

/// One world to live through.
struct scenario {
  std::string name;
  std::int32_t users = 0;
  std::int32_t days = 0;
  std::uint64_t seed = 0;
  std::size_t nodes = 1;
  std::size_t parallel_syncs = 64;
  /// Polar fails for hours, with errors or in silence.
  bool has_outages = false;
  /// Polar tells of news, in every second half of a day only.
  bool has_webhooks = false;
  /// Users come, revoke their grant and come back.
  bool has_turnover = false;
  /// A node's process dies now and then.
  bool has_deaths = false;
  /// Somebody else spends this share of the budget, and each day's last permits at once.
  double outside_share = 0;
};

/// So long before the end of a day nothing is left where others spend the last permits.
inline constexpr std::chrono::seconds closed_by_others = std::chrono::minutes{10};

} // namespace polar_flow::simulation
