#include "domain/time.hpp"

#include <cstdint>
#include <cstdlib>

namespace polar_flow {

namespace {

using std::chrono::microseconds;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads a text from left to right. Every function takes what it describes or nothing.
class cursor {
public:
  explicit cursor(std::string_view text) : rest_{text} {
    // nop
  }

  bool at_end() const {
    return rest_.empty();
  }

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted)
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `count` digits.
  std::optional<int> take_number(std::size_t count) {
    if (rest_.size() < count)
      return std::nullopt;
    int number = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!is_digit(c))
        return std::nullopt;
      number = number * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }

  /// One digit or more, at most `largest`.
  std::optional<std::int64_t> take_number_up_to(std::int64_t largest) {
    if (rest_.empty() || !is_digit(rest_.front()))
      return std::nullopt;
    std::int64_t number = 0;
    while (!rest_.empty() && is_digit(rest_.front())) {
      number = number * 10 + (rest_.front() - '0');
      if (number > largest)
        return std::nullopt;
      rest_.remove_prefix(1);
    }
    return number;
  }

  /// The digits after a decimal point, one or more; those past the sixth are cut.
  std::optional<microseconds> take_fraction() {
    if (rest_.empty() || !is_digit(rest_.front()))
      return std::nullopt;
    std::int64_t value = 0;
    std::int64_t weight = 100'000;
    while (!rest_.empty() && is_digit(rest_.front())) {
      value += weight * (rest_.front() - '0');
      weight /= 10;
      rest_.remove_prefix(1);
    }
    return microseconds{value};
  }

private:
  std::string_view rest_;
};

std::optional<date> take_date(cursor& text) {
  const auto year = text.take_number(4);
  if (!year || !text.take('-'))
    return std::nullopt;
  const auto month = text.take_number(2);
  if (!month || !text.take('-'))
    return std::nullopt;
  const auto day = text.take_number(2);
  if (!day)
    return std::nullopt;
  const std::chrono::year_month_day calendar{
      std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
      std::chrono::day{static_cast<unsigned>(*day)}};
  // PostgreSQL knows no year 0.
  if (!calendar.ok() || *year == 0)
    return std::nullopt;
  return date{calendar};
}

/// `HH:MM[:SS[.f…]]` as time since midnight.
std::optional<microseconds> take_time_of_day(cursor& text) {
  const auto hour = text.take_number(2);
  if (!hour || *hour > 23 || !text.take(':'))
    return std::nullopt;
  const auto minute = text.take_number(2);
  if (!minute || *minute > 59)
    return std::nullopt;
  microseconds sum = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  if (!text.take(':'))
    return sum;
  const auto second = text.take_number(2);
  if (!second || *second > 59)
    return std::nullopt;
  sum += std::chrono::seconds{*second};
  if (!text.take('.'))
    return sum;
  const auto fraction = text.take_fraction();
  if (!fraction)
    return std::nullopt;
  return sum + *fraction;
}

/// `Z` or `±HH:MM`.
std::optional<std::chrono::minutes> take_utc_offset(cursor& text) {
  if (text.take('Z'))
    return std::chrono::minutes{0};
  const bool is_negative = text.take('-');
  if (!is_negative && !text.take('+'))
    return std::nullopt;
  const auto hours = text.take_number(2);
  if (!hours || *hours > 23 || !text.take(':'))
    return std::nullopt;
  const auto minutes = text.take_number(2);
  if (!minutes || *minutes > 59)
    return std::nullopt;
  const auto offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return is_negative ? -offset : offset;
}

/// Date, `T` and time of day, as if the zone were UTC.
std::optional<instant> take_reading(cursor& text) {
  const auto day = take_date(text);
  if (!day || !text.take('T'))
    return std::nullopt;
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day)
    return std::nullopt;
  return *day + *time_of_day;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  const auto digits = std::to_string(number);
  if (digits.size() < width)
    out.append(width - digits.size(), '0');
  out += digits;
}

void append_date(std::string& out, date day) {
  const std::chrono::year_month_day calendar{day};
  append_padded(out, static_cast<int>(calendar.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(calendar.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(calendar.day()), 2);
}

std::string format_reading(instant reading) {
  const auto day = std::chrono::floor<std::chrono::days>(reading);
  const std::chrono::hh_mm_ss time{reading - day};
  std::string out;
  append_date(out, day);
  out += 'T';
  append_padded(out, time.hours().count(), 2);
  out += ':';
  append_padded(out, time.minutes().count(), 2);
  out += ':';
  append_padded(out, time.seconds().count(), 2);
  if (time.subseconds().count() != 0) {
    out += '.';
    append_padded(out, time.subseconds().count(), 6);
  }
  return out;
}

/// No training session and no night comes near; it keeps every sum below far from overflow.
constexpr std::chrono::days duration_max{1000};

struct duration_unit {
  char designator;
  std::int64_t seconds;
  bool may_have_fraction;
};

/// Takes the components that `text` has of `units`, which stand in the order ISO 8601 demands.
/// Returns their sum, or nothing when a number or a designator is wrong or none is there.
template <std::size_t Count>
std::optional<microseconds> take_components(cursor& text, const duration_unit (&units)[Count]) {
  constexpr std::int64_t seconds_max = std::chrono::seconds{duration_max}.count();
  microseconds sum{0};
  std::size_t next_unit = 0;
  bool found_any = false;
  while (!text.at_end()) {
    const auto number = text.take_number_up_to(seconds_max);
    if (!number)
      return std::nullopt;
    microseconds fraction{0};
    const bool has_fraction = text.take('.');
    if (has_fraction) {
      const auto taken = text.take_fraction();
      if (!taken)
        return std::nullopt;
      fraction = *taken;
    }
    while (next_unit < Count && !text.take(units[next_unit].designator))
      ++next_unit;
    if (next_unit == Count || (has_fraction && !units[next_unit].may_have_fraction))
      return std::nullopt;
    // Also keeps the product below from overflowing.
    if (*number > seconds_max / units[next_unit].seconds)
      return std::nullopt;
    sum += std::chrono::seconds{*number * units[next_unit].seconds} + fraction;
    ++next_unit;
    found_any = true;
  }
  return found_any ? std::optional{sum} : std::nullopt;
}

} // namespace

std::optional<date> parse_date(std::string_view text) {
  cursor rest{text};
  const auto day = take_date(rest);
  return rest.at_end() ? day : std::nullopt;
}

std::string format_date(date day) {
  std::string out;
  append_date(out, day);
  return out;
}

std::optional<offset_time> parse_offset_time(std::string_view text) {
  cursor rest{text};
  const auto reading = take_reading(rest);
  if (!reading)
    return std::nullopt;
  const auto utc_offset = take_utc_offset(rest);
  if (!utc_offset || !rest.at_end())
    return std::nullopt;
  return offset_time{*reading - *utc_offset, *utc_offset};
}

std::optional<local_time> parse_local_time(std::string_view text) {
  cursor rest{text};
  const auto reading = take_reading(rest);
  if (!reading || !rest.at_end())
    return std::nullopt;
  return local_time{reading->time_since_epoch()};
}

std::string format_instant(instant moment) {
  return format_reading(moment) + 'Z';
}

std::string format_offset_time(instant moment, std::chrono::minutes utc_offset) {
  std::string out = format_reading(moment + utc_offset);
  const auto minutes = std::abs(utc_offset.count());
  out += utc_offset.count() < 0 ? '-' : '+';
  append_padded(out, minutes / 60, 2);
  out += ':';
  append_padded(out, minutes % 60, 2);
  return out;
}

std::string format_local_time(local_time reading) {
  return format_reading(instant{reading.time_since_epoch()});
}

std::optional<microseconds> parse_iso_duration(std::string_view text) {
  constexpr duration_unit date_units[] = {{'W', 604'800, false}, {'D', 86'400, false}};
  constexpr duration_unit time_units[]
      = {{'H', 3'600, false}, {'M', 60, false}, {'S', 1, true}};
  const auto split = text.find('T');
  const bool has_time = split != std::string_view::npos;
  cursor date_part{text.substr(0, split)};
  if (!date_part.take('P'))
    return std::nullopt;
  microseconds sum{0};
  if (!date_part.at_end() || !has_time) {
    const auto days = take_components(date_part, date_units);
    if (!days)
      return std::nullopt;
    sum += *days;
  }
  if (has_time) {
    cursor time_part{text.substr(split + 1)};
    const auto time = take_components(time_part, time_units);
    if (!time)
      return std::nullopt;
    sum += *time;
  }
  return sum <= duration_max ? std::optional{sum} : std::nullopt;
}

date local_date(instant moment, std::chrono::minutes utc_offset) {
  return std::chrono::floor<std::chrono::days>(moment + utc_offset);
}

} // namespace polar_flow
