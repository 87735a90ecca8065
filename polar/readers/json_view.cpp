#include "polar/readers/json_view.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace polar_flow::polar {

namespace {

/// Whole numbers up to here are exact in a double.
constexpr double exact_double_max = 9007199254740992.0;

/// Health data lies between these; PostgreSQL and our date format hold them all.
constexpr date first_day = std::chrono::year{1970} / 1 / 1;
constexpr date last_day = std::chrono::year{2199} / 12 / 31;

constexpr date first_birthday = std::chrono::year{1900} / 1 / 1;

/// 10^11 seconds are the year 5138, as many milliseconds are 1973.
constexpr std::int64_t unix_time_ms_min = 100'000'000'000;

/// Beyond the last day in milliseconds; what is larger would overflow on its way to an instant.
constexpr std::int64_t unix_time_ms_max = 10'000'000'000'000;

constexpr std::size_t date_characters = 10;

char unify_separator(char character) {
  return character == '-' ? '_' : character;
}

bool is_same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, unify_separator, unify_separator);
}

std::string_view as_text(const boost::json::string& text) {
  return {text.data(), text.size()};
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<std::int64_t> whole(double number) {
  if (std::trunc(number) != number || std::abs(number) > exact_double_max)
    return std::nullopt;
  return static_cast<std::int64_t>(number);
}

bool is_plausible(date day) {
  return first_day <= day && day <= last_day;
}

template <class Clock>
bool is_plausible_time(std::chrono::time_point<Clock, std::chrono::microseconds> time) {
  const auto since_epoch = time.time_since_epoch();
  return first_day.time_since_epoch() <= since_epoch
         && since_epoch < (last_day + std::chrono::days{1}).time_since_epoch();
}

/// A control character would not survive a log line, and PostgreSQL refuses the first of them.
bool is_printable(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char character) { return character < 0x20; });
}

} // namespace

std::optional<double> number_from_text(std::string_view text) {
  text = without_blanks(text);
  double number = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stop != end || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::optional<double> to_number(const boost::json::value& value) {
  if (const auto* number = value.if_int64())
    return static_cast<double>(*number);
  if (const auto* number = value.if_uint64())
    return static_cast<double>(*number);
  if (const auto* number = value.if_double())
    return std::isfinite(*number) ? std::optional{*number} : std::nullopt;
  if (const auto* text = value.if_string())
    return number_from_text(as_text(*text));
  return std::nullopt;
}

std::optional<std::int64_t> to_integer(const boost::json::value& value) {
  if (const auto* number = value.if_int64())
    return *number;
  if (const auto* text = value.if_string()) {
    const auto digits = without_blanks(as_text(*text));
    std::int64_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, number);
    if (failure == std::errc{} && stop == end)
      return number;
  }
  const auto number = to_number(value);
  return number ? whole(*number) : std::nullopt;
}

std::optional<double> to_number_within(const boost::json::value& value, value_range range) {
  const auto number = to_number(value);
  if (!number || *number < range.least || *number > range.most)
    return std::nullopt;
  return number;
}

object_view::object_view(const boost::json::value& value) : object_{value.if_object()} {
  // nop
}

bool object_view::has(std::string_view name) const {
  return member(name) != nullptr;
}

const boost::json::value* object_view::find(std::string_view name) const {
  const auto* value = member(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const boost::json::value* object_view::member(std::string_view name) const {
  if (object_ == nullptr)
    return nullptr;
  for (auto candidate = object_->end(); candidate != object_->begin();) {
    --candidate;
    if (is_same_name({candidate->key().data(), candidate->key().size()}, name))
      return &candidate->value();
  }
  return nullptr;
}

object_view object_view::object(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? object_view{} : object_view{*value};
}

const boost::json::array* object_view::list(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? nullptr : value->if_array();
}

const boost::json::object* object_view::map(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::optional<double> object_view::number(std::string_view name, value_range range) const {
  const auto* value = find(name);
  return value == nullptr ? std::nullopt : to_number_within(*value, range);
}

std::optional<std::int32_t> object_view::integer(std::string_view name, value_range range) const {
  const auto number = large_integer(name);
  if (!number || static_cast<double>(*number) < range.least
      || static_cast<double>(*number) > range.most)
    return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

std::optional<std::int64_t> object_view::large_integer(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? std::nullopt : to_integer(*value);
}

std::optional<std::string> object_view::text(std::string_view name, std::size_t bytes_max) const {
  const auto* value = find(name);
  if (value == nullptr)
    return std::nullopt;
  if (value->is_int64())
    return std::to_string(value->get_int64());
  const auto content = characters(name);
  if (!content || content->empty() || content->size() > bytes_max || !is_printable(*content))
    return std::nullopt;
  return std::string{*content};
}

std::optional<bool> object_view::flag(std::string_view name) const {
  const auto* value = find(name);
  if (value == nullptr)
    return std::nullopt;
  if (const auto* flag = value->if_bool())
    return *flag;
  const auto content = characters(name);
  if (content == "true")
    return true;
  if (content == "false")
    return false;
  return std::nullopt;
}

std::optional<user_id> object_view::user(std::string_view name) const {
  auto id = text(name);
  // The form of a negative number is that of an id, but no user has one.
  if (!id || !is_valid_user_id(*id) || id->starts_with('-'))
    return std::nullopt;
  return user_id{std::move(*id)};
}

std::optional<date> object_view::day(std::string_view name) const {
  const auto day = calendar_day(name);
  return day && is_plausible(*day) ? day : std::nullopt;
}

std::optional<date> object_view::birthday(std::string_view name) const {
  const auto day = calendar_day(name);
  return day && first_birthday <= *day && *day <= last_day ? day : std::nullopt;
}

std::optional<local_time> object_view::wall_time(std::string_view name) const {
  const auto content = characters(name);
  if (!content)
    return std::nullopt;
  auto time = parse_local_time(*content);
  if (const auto zoned = time ? std::nullopt : parse_offset_time(*content))
    time = local_time{(zoned->moment + zoned->utc_offset).time_since_epoch()};
  return time && is_plausible_time(*time) ? time : std::nullopt;
}

std::optional<instant> object_view::utc_time(std::string_view name) const {
  const auto content = characters(name);
  if (!content)
    return std::nullopt;
  std::optional<instant> moment;
  if (const auto zoned = parse_offset_time(*content))
    moment = zoned->moment;
  else if (const auto time = parse_local_time(*content))
    moment = instant{time->time_since_epoch()};
  return moment && is_plausible_time(*moment) ? moment : std::nullopt;
}

std::optional<offset_time> object_view::zoned_time(std::string_view name) const {
  const auto content = characters(name);
  if (!content)
    return std::nullopt;
  const auto time = parse_offset_time(*content);
  return time && is_plausible_time(time->moment) ? time : std::nullopt;
}

std::optional<instant> object_view::unix_time(std::string_view name) const {
  const auto number = large_integer(name);
  // 0 is a clock that was never set.
  if (!number || *number <= 0 || *number > unix_time_ms_max)
    return std::nullopt;
  const instant moment = *number < unix_time_ms_min ? instant{std::chrono::seconds{*number}}
                                                    : instant{std::chrono::milliseconds{*number}};
  return is_plausible_time(moment) ? std::optional{moment} : std::nullopt;
}

std::optional<double> object_view::duration_s(std::string_view name) const {
  const auto content = characters(name);
  const auto duration = content ? parse_iso_duration(*content) : std::nullopt;
  if (!duration)
    return std::nullopt;
  return std::chrono::duration<double>{*duration}.count();
}

std::optional<std::int32_t> object_view::whole_duration_s(std::string_view name) const {
  const auto seconds = duration_s(name);
  return seconds ? std::optional{static_cast<std::int32_t>(*seconds)} : std::nullopt;
}

std::optional<date> object_view::calendar_day(std::string_view name) const {
  auto content = characters(name);
  if (!content)
    return std::nullopt;
  if (content->size() > date_characters && (*content)[date_characters] == 'T')
    content = content->substr(0, date_characters);
  return parse_date(*content);
}

std::optional<std::string_view> object_view::characters(std::string_view name) const {
  const auto* value = find(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::nullopt : std::optional{as_text(*text)};
}

} // namespace polar_flow::polar
