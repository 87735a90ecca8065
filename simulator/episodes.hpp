#pragma once

#include "simulator/athlete.hpp"

#include <string_view>
#include <vector>

namespace polar_flow::simulator {

/// Planted events that analytics should find. Every stretch of 120 days holds one of each.
enum class episode_kind : std::uint8_t { illness, overload };

struct episode {
  episode_kind kind{};
  date_range days;
};

std::string_view to_string(episode_kind kind);

/// Episodes that touch `range`, in order of time.
std::vector<episode> episodes_within(const athlete& who, const date_range& range);

/// 0 when healthy, 1 at the height of an illness. Rises a little on the day before the first
/// symptoms, as wearables see it (Radin et al. 2020, Mishra et al. 2020), and fades at the end.
double illness_severity(const athlete& who, date day);

bool is_overload_day(const athlete& who, date day);

/// Whether the watch was worn on `day`; now and then it lies in a drawer for one to three days.
bool is_watch_worn(const athlete& who, date day);

} // namespace polar_flow::simulator
