#pragma once

#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::polar {

/// Values from `least` to `most` are believed; anything else is unknown.
struct value_range {
  double least = 0;
  double most = std::numeric_limits<std::int32_t>::max();
};

/// A heart rate of 0 means "no signal"; 300 is above anything a heart does.
inline constexpr value_range heart_rate_bpm_range{1, 300};

/// Clocks on earth show UTC −12 to +14 hours.
inline constexpr value_range utc_offset_minutes_range{-14 * 60, 14 * 60};

/// Ids, names and enumerators are shorter; a longer text is not one of them.
inline constexpr std::size_t text_bytes_max = 255;

/// A number or a text that is one; NaN and infinities are unknown.
std::optional<double> to_number(const boost::json::value& value);

/// A whole number, also written as `63.0` or as text; anything else is unknown.
std::optional<std::int64_t> to_integer(const boost::json::value& value);

std::optional<double> to_number_within(const boost::json::value& value, value_range range);

/// A decimal number and nothing else.
std::optional<double> number_from_text(std::string_view text);

/// One object of Polar's, read tolerantly: every member is optional, `null` and a value of the
/// wrong kind count as absent, `-` and `_` are the same in names, and of two members with the
/// same name the last one counts. A view of an absent object has no members.
class object_view {
public:
  object_view() = default;

  /// No members unless `value` is an object.
  explicit object_view(const boost::json::value& value);

  bool exists() const {
    return object_ != nullptr;
  }

  bool is_empty() const {
    return object_ == nullptr || object_->empty();
  }

  /// Whether there is such a member, be it `null`.
  bool has(std::string_view name) const;

  /// nullptr when absent or `null`.
  const boost::json::value* find(std::string_view name) const;

  object_view object(std::string_view name) const;

  /// nullptr unless it is a list.
  const boost::json::array* list(std::string_view name) const;

  /// Members in the order of the text; nullptr unless it is an object.
  const boost::json::object* map(std::string_view name) const;

  std::optional<double> number(std::string_view name, value_range range) const;
  std::optional<std::int32_t> integer(std::string_view name, value_range range = {}) const;
  std::optional<std::int64_t> large_integer(std::string_view name) const;

  /// Text that is not empty, or a whole number as text.
  std::optional<std::string> text(std::string_view name,
                                  std::size_t bytes_max = text_bytes_max) const;
  std::optional<bool> flag(std::string_view name) const;

  /// Polar's id of a user: a number, in some places text.
  std::optional<user_id> user(std::string_view name) const;

  /// A day of health data.
  std::optional<date> day(std::string_view name) const;

  /// A day that somebody alive was born on.
  std::optional<date> birthday(std::string_view name) const;

  /// A wall-clock reading; an offset, where one is written, is left out.
  std::optional<local_time> wall_time(std::string_view name) const;

  /// A moment in UTC; without a suffix it is taken as UTC.
  std::optional<instant> utc_time(std::string_view name) const;
  std::optional<offset_time> zoned_time(std::string_view name) const;

  /// A moment as Unix time, a number or text. Sources disagree about the unit; from 10^11 on it
  /// is milliseconds, below it is seconds, and both ways the year is one of ours.
  std::optional<instant> unix_time(std::string_view name) const;

  /// ISO 8601 duration in seconds.
  std::optional<double> duration_s(std::string_view name) const;

  /// The same, the fraction cut.
  std::optional<std::int32_t> whole_duration_s(std::string_view name) const;

private:
  /// The last member called so, `null` or not.
  const boost::json::value* member(std::string_view name) const;

  /// A date, or the date in front of a time of day; of any year.
  std::optional<date> calendar_day(std::string_view name) const;

  /// The text of a member that is a string.
  std::optional<std::string_view> characters(std::string_view name) const;

  const boost::json::object* object_ = nullptr;
};

} // namespace polar_flow::polar
