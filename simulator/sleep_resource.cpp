#include "simulator/night.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::seconds;

constexpr seconds epoch{30};

/// Change points in chronological order. Two changes within a minute share a key and the later
/// one wins, so equal codes can follow each other, as in recorded nights.
json::object make_hypnogram(const night& slept) {
  json::object map;
  std::optional<sleep_stage> current;
  for (std::size_t i = 0; i < slept.epochs.size(); ++i) {
    if (current == slept.epochs[i])
      continue;
    current = slept.epochs[i];
    map.insert_or_assign(minute_key(slept.timing.start + static_cast<int>(i) * epoch),
                         static_cast<int>(*current));
  }
  // The terminal marker: awake at the first full minute after the end.
  const auto end = std::chrono::ceil<std::chrono::minutes>(slept.timing.end());
  map.insert_or_assign(minute_key(end), static_cast<int>(sleep_stage::wake));
  return map;
}

void add_scores(const night& slept, json::object& body) {
  if (slept.scores) {
    body["group_duration_score"] = slept.scores->duration;
    body["group_solidity_score"] = slept.scores->solidity;
    body["group_regeneration_score"] = slept.scores->regeneration;
    body["sleep_cycles"] = slept.cycles;
  }
}

json::object make_body(const athlete& who, const condition& state) {
  const auto slept = make_night(who, state);
  json::object body{
      {"polar_user", user_link(who.id)},
      {"date", format_date(state.day)},
      {"sleep_start_time", offset_stamp(slept.timing.start, who.utc_offset)},
      {"sleep_end_time", offset_stamp(slept.timing.end(), who.utc_offset)},
      {"device_id", who.device_id},
      {"continuity", slept.continuity},
      {"continuity_class", static_cast<int>(slept.continuity)},
      {"light_sleep", slept.light_s},
      {"deep_sleep", slept.deep_s},
      {"rem_sleep", slept.rem_s},
      {"unrecognized_sleep_stage", slept.unrecognized_s},
      {"sleep_score", slept.score},
      {"total_interruption_duration", slept.short_interruptions_s + slept.long_interruptions_s},
  };
  // An unscored night says so with -1 or by silence; the contract knows both.
  if (slept.scores)
    body["sleep_charge"] = slept.charge;
  else if (state.day.time_since_epoch().count() % 2 == 0)
    body["sleep_charge"] = -1;
  body["sleep_rating"] = slept.rating;
  body["short_interruption_duration"] = slept.short_interruptions_s;
  body["long_interruption_duration"] = slept.long_interruptions_s;
  body["sleep_goal"] = seconds{who.sleep_goal}.count();
  add_scores(slept, body);
  body["hypnogram"] = make_hypnogram(slept);
  json::object beats;
  for (const auto& [when, value] : heart_rate_curve(who, state))
    beats.insert_or_assign(minute_key(when), value);
  body["heart_rate_samples"] = std::move(beats);
  return body;
}

} // namespace

response list_sleep(const data_request& ask) {
  json::array nights;
  for (const auto& state : conditions(ask.who, ask.recent())) {
    if (is_night_visible(ask, state.day))
      nights.push_back(make_body(ask.who, state));
  }
  return json_response({{"nights", std::move(nights)}});
}

response list_available_sleep(const data_request& ask) {
  json::array available;
  const auto range = ask.recent();
  for (date day = range.first; day <= range.last; day += days{1}) {
    if (!is_night_visible(ask, day))
      continue;
    const auto timing = night_before(ask.who, day);
    available.push_back({{"date", format_date(day)},
                         {"start_time", offset_stamp(timing.start, ask.who.utc_offset)},
                         {"end_time", offset_stamp(timing.end(), ask.who.utc_offset)}});
  }
  return json_response({{"available", std::move(available)}});
}

response show_sleep(const data_request& ask) {
  const auto day = requested_day(ask, std::nullopt);
  if (!day)
    return day.error();
  if (*day < ask.recent().first || !is_night_visible(ask, *day))
    return error_response(404, "not_found", "No sleep for this date");
  return json_response(make_body(ask.who, conditions(ask.who, {*day, *day}).front()));
}

} // namespace polar_flow::simulator
