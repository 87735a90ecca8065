#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow {

/// A calendar day. Which zone it belongs to is said where it is used; days of health data are
/// the user's local days.
using date = std::chrono::sys_days;

/// A moment in UTC, in the resolution that PostgreSQL keeps.
using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// A wall-clock reading without a zone.
using local_time = std::chrono::local_time<std::chrono::microseconds>;

/// Days `first` to `last`, both included.
struct date_range {
  date first;
  date last;

  bool operator==(const date_range&) const = default;
};

/// `YYYY-MM-DD` and nothing else; an impossible day such as 2026-02-30 is refused.
std::optional<date> parse_date(std::string_view text);

/// `YYYY-MM-DD`.
std::string format_date(date day);

/// A moment with its offset: `YYYY-MM-DDTHH:MM[:SS[.f…]]` followed by `Z` or `±HH:MM`.
struct offset_time {
  instant moment;
  std::chrono::minutes utc_offset{0};

  bool operator==(const offset_time&) const = default;
};

std::optional<offset_time> parse_offset_time(std::string_view text);

/// `YYYY-MM-DDTHH:MM[:SS[.f…]]` without offset. Digits past the microsecond are cut.
std::optional<local_time> parse_local_time(std::string_view text);

/// RFC 3339 in UTC: `2026-11-22T07:30:00Z`, with six fraction digits unless they are zero.
std::string format_instant(instant moment);

/// RFC 3339 with an offset: `2026-01-08T23:15:30+01:00`, fraction as in `format_instant`.
std::string format_offset_time(instant moment, std::chrono::minutes utc_offset);

/// `YYYY-MM-DDTHH:MM:SS[.ffffff]`, no zone.
std::string format_local_time(local_time reading);

/// ISO 8601 duration of weeks, days, hours, minutes and (fractional) seconds in any mix, each
/// at most once, such as `PT6917.941S`, `PT2H44M` or `P1DT3H`. Years and months have no fixed
/// length and are refused, as is anything negative or longer than 1000 days.
std::optional<std::chrono::microseconds> parse_iso_duration(std::string_view text);

/// The calendar day that `moment` falls on where clocks show UTC plus `utc_offset`.
date local_date(instant moment, std::chrono::minutes utc_offset);

} // namespace polar_flow
