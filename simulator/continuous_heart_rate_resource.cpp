#include "simulator/heart_rate_day.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

namespace polar_flow::simulator {

namespace {

using std::chrono::days;

/// `{"heart_rate":74,"sample_time":"00:02:44"},` in full, so that a list grows only once.
constexpr std::size_t point_bytes = 46;

void append_two_digits(std::string& text, int number) {
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
}

void append_point(std::string& text, const heart_rate_point& point) {
  text += "{\"heart_rate\":";
  text += std::to_string(point.bpm);
  text += ",\"sample_time\":\"";
  append_two_digits(text, point.second / 3600);
  text += ':';
  append_two_digits(text, point.second / 60 % 60);
  text += ':';
  append_two_digits(text, point.second % 60);
  text += "\"}";
}

/// Printed by hand: a day may hold tens of thousands of points.
std::string make_body(const data_request& ask, const condition& morning,
                      const condition& next_morning) {
  const auto points = make_heart_rate_day(ask.who, morning, next_morning);
  const auto seen_s = (ask.wall_now() - midnight(morning.day)).count();
  std::string text = "{\"polar_user\":\"" + user_link(ask.who.id) + "\",\"date\":\""
                     + format_date(morning.day) + "\",\"heart_rate_samples\":[";
  text.reserve(text.size() + points.size() * point_bytes + 2);
  const char* separator = "";
  for (const auto& point : points) {
    if (point.second > seen_s)
      break;
    text += separator;
    append_point(text, point);
    separator = ",";
  }
  return text + "]}";
}

} // namespace

response show_continuous_heart_rate(const data_request& ask) {
  const auto day = requested_day(ask, std::nullopt);
  if (!day)
    return day.error();
  if (ask.today() - *day > list_days || !is_day_visible(ask, *day))
    return error_response(404, "not_found", "No continuous heart rate for this date");
  const auto states = conditions(ask.who, {*day, *day + days{1}});
  return text_response(make_body(ask, states.front(), states.back()));
}

response list_continuous_heart_rate(const data_request& ask) {
  const auto range = requested_range(ask, required_four_weeks);
  if (!range)
    return range.error();
  const auto states = conditions(ask.who, {range->first, range->last + days{1}});
  std::string text;
  for (std::size_t i = 0; i + 1 < states.size(); ++i) {
    if (is_day_visible(ask, states[i].day))
      text += (text.empty() ? "" : ",") + make_body(ask, states[i], states[i + 1]);
  }
  return text_response("{\"heart_rates\":[" + text + "]}");
}

} // namespace polar_flow::simulator
