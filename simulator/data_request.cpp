#include "simulator/data_request.hpp"

namespace polar_flow::simulator {

namespace {

using std::chrono::days;

std::unexpected<response> refuse(std::string_view message) {
  return std::unexpected{error_response(400, "bad_request", message)};
}

std::optional<date> find_date(const query_parameters& query, std::string_view name) {
  const auto found = query.find(name);
  return found == query.end() ? std::nullopt : parse_date(found->second);
}

} // namespace

bool data_request::has_flag(std::string_view name) const {
  const auto found = query.find(name);
  return found != query.end() && found->second == "true";
}

std::expected<date_range, response> requested_range(const data_request& ask,
                                                    const range_rules& rules) {
  const bool has_from = ask.query.contains("from");
  const bool has_to = ask.query.contains("to");
  if (rules.is_required && !(has_from && has_to))
    return refuse("from and to are required");
  auto range = ask.recent();
  if (has_to) {
    const auto to = find_date(ask.query, "to");
    if (!to)
      return refuse("to is not a date");
    range = {*to - list_days + days{1}, *to};
  }
  if (has_from) {
    const auto from = find_date(ask.query, "from");
    if (!from)
      return refuse("from is not a date");
    range.first = *from;
  }
  if (range.first > range.last)
    return refuse("from is after to");
  if (ask.today() - range.first > rules.reach)
    return refuse("from is too far in the past");
  if (rules.length_max && range.last - range.first + days{1} > *rules.length_max)
    return refuse("the range is too long");
  // The future is empty; cutting it off keeps absurd ranges cheap.
  range.last = std::min(range.last, ask.today());
  return range;
}

std::expected<date, response> requested_day(const data_request& ask,
                                            std::optional<std::chrono::days> reach) {
  const auto day = ask.captures.empty() ? std::nullopt : parse_date(ask.captures.front());
  if (!day)
    return refuse("not a date");
  if (reach && ask.today() - *day > *reach)
    return refuse("the date is too far in the past");
  return *day;
}

} // namespace polar_flow::simulator
