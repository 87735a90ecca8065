#include "simulator/json_text.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;

constexpr days cardio_load_reach{180};
constexpr int months_max = 6;
constexpr int strain_days = 7;
constexpr int tolerance_days = 28;

/// Two days after the first session Polar dares a status.
constexpr days status_delay{2};
/// So long after the last session it gives up.
constexpr days status_lapse{23};

constexpr double overreaching_ratio = 1.3;
constexpr double almost_overreaching_ratio = 1.25;

/// Loads of consecutive days with what is known about the time before them.
struct load_history {
  date first;
  std::vector<double> loads;
  /// Day of the first session ever; absent before it.
  std::optional<date> first_session;

  double mean_before(date day, int length, int divisor) const {
    const auto end = loads.begin() + (day - first).count() + 1;
    return std::accumulate(end - length, end, 0.0) / divisor;
  }
};

double day_load(const data_request& ask, date day) {
  double sum = 0.0;
  for (const auto& done : finished_sessions(ask, day))
    sum += done.load;
  return six_digits(sum);
}

load_history read_history(const data_request& ask, const date_range& range) {
  load_history history;
  // One tolerance window and one more day, for the status of the day before.
  history.first = range.first - days{tolerance_days + 1};
  for (date day = history.first; day <= range.last; day += days{1})
    history.loads.push_back(day_load(ask, day));
  for (date day = ask.first_day; day <= range.last && !history.first_session; day += days{1}) {
    if (!finished_sessions(ask, day).empty())
      history.first_session = day;
  }
  return history;
}

struct load_state {
  bool has_status = false;
  double load = -1.0;
  double strain = 0.0;
  double tolerance = -1.0;
  double ratio = -1.0;
};

load_state state_on(const load_history& history, date day) {
  load_state state;
  if (!history.first_session || day < *history.first_session)
    return state;
  const auto end = history.loads.begin() + (day - history.first).count() + 1;
  state.load = *(end - 1);
  const bool trained_lately =
      std::any_of(end - status_lapse.count(), end, [](double load) { return load > 0.0; });
  if (day < *history.first_session + status_delay || !trained_lately)
    return state;
  const auto days_known = (day - *history.first_session).count() + 1;
  const auto divisor = static_cast<int>(std::min<std::int64_t>(days_known, tolerance_days));
  state.has_status = true;
  state.strain = history.mean_before(day, strain_days, strain_days);
  state.tolerance = history.mean_before(day, tolerance_days, divisor);
  state.ratio = state.strain / state.tolerance;
  return state;
}

/// Boundaries 0.8 and 1.0 were seen in recordings; those of overreaching are our assumption.
std::string_view status_of(const load_state& state, const load_state& before) {
  if (!state.has_status)
    return "LOAD_STATUS_NOT_AVAILABLE";
  if (state.ratio > overreaching_ratio)
    return "OVERREACHING";
  const bool was_overreaching = before.has_status && before.ratio > overreaching_ratio;
  if (was_overreaching)
    return state.ratio > 1.0 ? "PRODUCTIVE_DROPPED_FROM_OVERREACHING"
                             : "RECOVERY_AFTER_OVERREACHING";
  if (state.ratio > almost_overreaching_ratio)
    return "PRODUCTIVE_ALMOST_OVERREACHING";
  if (state.ratio > 1.0)
    return "PRODUCTIVE";
  return state.ratio < 0.8 ? "DETRAINING" : "MAINTAINING";
}

/// Bounds of a session's load, in terms of what this person does in a usual day.
json::object make_levels(const athlete& who) {
  const auto level = [&](double part) {
    return six_digits(part * who.usual_load);
  };
  return {{"very_low", level(0.35)},
          {"low", level(0.75)},
          {"medium", level(1.35)},
          {"high", level(2.1)},
          {"very_high", level(3.2)}};
}

response list_range(const data_request& ask, const date_range& range) {
  json::array found;
  const auto history = read_history(ask, range);
  for (date day = range.first; day <= range.last; day += days{1}) {
    const auto state = state_on(history, day);
    const auto status = status_of(state, state_on(history, day - days{1}));
    found.push_back(
        {{"date", format_date(day)},
         {"cardio_load_status", status},
         {"cardio_load", state.load},
         {"strain", six_digits(state.strain)},
         {"tolerance", six_digits(state.tolerance)},
         {"cardio_load_ratio", six_digits(state.ratio)},
         {"cardio_load_level", state.has_status ? make_levels(ask.who) : json::object{}}});
  }
  return json_response(std::move(found));
}

/// A whole number from 1 to `max` in the path.
std::optional<int> requested_count(const data_request& ask, int max) {
  const auto& text = ask.captures.front();
  int count = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc{} || end != text.data() + text.size() || count < 1 || count > max)
    return std::nullopt;
  return count;
}

} // namespace

response list_cardio_load(const data_request& ask) {
  return list_range(ask, ask.recent());
}

response show_cardio_load(const data_request& ask) {
  const auto day = requested_day(ask, cardio_load_reach);
  if (!day)
    return day.error();
  if (*day > ask.today())
    return error_response(404, "not_found", "No cardio load for this date");
  return list_range(ask, {*day, *day});
}

response list_cardio_load_range(const data_request& ask) {
  const auto range = requested_range(ask, {cardio_load_reach, std::nullopt, true});
  return range ? list_range(ask, *range) : range.error();
}

response list_cardio_load_days(const data_request& ask) {
  const auto count = requested_count(ask, static_cast<int>(cardio_load_reach.count()));
  if (!count)
    return error_response(400, "bad_request", "days must be 1 to 180");
  return list_range(ask, {ask.today() - days{*count - 1}, ask.today()});
}

response list_cardio_load_months(const data_request& ask) {
  const auto count = requested_count(ask, months_max);
  if (!count)
    return error_response(400, "bad_request", "months must be 1 to 6");
  const std::chrono::year_month_day today{ask.today()};
  auto first = today - std::chrono::months{*count};
  // The 31st has no counterpart in many months; the last day stands for it.
  if (!first.ok())
    first = first.year() / first.month() / std::chrono::last;
  return list_range(ask, {date{first} + days{1}, ask.today()});
}

} // namespace polar_flow::simulator
