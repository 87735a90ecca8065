#pragma once

#include "simulator/athlete.hpp"
#include "simulator/messages.hpp"
#include "simulator/polar_text.hpp"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::simulator {

/// Sleep, nightly recharge and most lists reach back so far when no range is asked for.
inline constexpr std::chrono::days list_days{28};

/// One question about one athlete, and the moment at which it is asked.
struct data_request {
  const athlete& who;
  instant now;
  /// No data before this day.
  date first_day;
  /// Uploads before this moment stay hidden; absent when all are shown.
  std::optional<instant> visible_since;
  /// What the placeholders of the route matched.
  std::vector<std::string> captures;
  query_parameters query;

  wall_time wall_now() const {
    return to_wall(now, who.utc_offset);
  }
  date today() const {
    return day_of(wall_now());
  }
  /// Days `today - 27` to `today`.
  date_range recent() const {
    return {today() - list_days + std::chrono::days{1}, today()};
  }
  bool has_flag(std::string_view name) const;
};

using data_handler = response (*)(const data_request&);

/// How far a range may reach.
struct range_rules {
  std::chrono::days reach;
  /// Absent when only `reach` limits it.
  std::optional<std::chrono::days> length_max;
  /// Whether `from` and `to` must both be there; otherwise the last 28 days are meant.
  bool is_required = false;
};

/// The newer resources keep four weeks and give four weeks at once.
inline constexpr range_rules optional_four_weeks{list_days, list_days, false};
inline constexpr range_rules required_four_weeks{list_days, list_days, true};

/// `from` and `to` of the query, or the 400 that Polar would answer.
std::expected<date_range, response> requested_range(const data_request& ask,
                                                    const range_rules& rules);

/// The `{date}` of the path, or the 400.
std::expected<date, response> requested_day(const data_request& ask,
                                            std::optional<std::chrono::days> reach);

} // namespace polar_flow::simulator
