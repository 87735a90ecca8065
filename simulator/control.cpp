#include "simulator/data_request.hpp"
#include "simulator/endpoints.hpp"
#include "simulator/episodes.hpp"
#include "simulator/json_text.hpp"
#include "simulator/physiology.hpp"
#include "simulator/polar_text.hpp"
#include "simulator/routes.hpp"
#include "simulator/training.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

#include <cmath>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;

/// What a truth may span; enough for a year of history and some days ahead.
constexpr days truth_days_max{800};

/// Athletes that one answer lists.
constexpr std::int64_t listed_athletes_max = 1000;

response refuse(int status, std::string_view message) {
  return error_response(status, "simulator", message);
}

response list_requests(const world& all) {
  json::array rows;
  std::uint64_t total = 0;
  for (const auto& [key, count] : all.request_counts) {
    const auto& [athlete_id, method, path] = key;
    json::object row{{"method", method}, {"path", path}, {"count", count}};
    if (athlete_id)
      row["athlete"] = *athlete_id;
    rows.push_back(std::move(row));
    total += count;
  }
  return json_response({{"total", total}, {"requests", std::move(rows)}});
}

response forget_requests(world& all) {
  all.request_counts.clear();
  return empty_response(204);
}

response list_athletes(world& all) {
  json::array rows;
  for (std::int64_t i = 0; i < std::min(all.settings.athletes, listed_athletes_max); ++i) {
    const auto& who = all.person(first_athlete_id + i);
    const bool is_registered = all.people.find_registration(who.id) != nullptr;
    rows.push_back({{"id", who.id},
                    {"utc_offset_minutes", who.utc_offset.count()},
                    {"registered", is_registered}});
  }
  return json_response({{"total", all.settings.athletes}, {"athletes", std::move(rows)}});
}

json::object usual_values(const athlete& who) {
  return {{"hrv_ms", rounded(std::exp(who.ln_rmssd), 1)},
          {"heart_rate_bpm", rounded(who.heart_rate_night_bpm, 1)},
          {"breaths_per_minute", rounded(who.breaths_per_minute, 2)},
          {"sleep_need_minutes", who.sleep_need.count()},
          {"heart_rate_max_bpm", who.heart_rate_max_bpm},
          {"daily_load", rounded(who.usual_load, 2)}};
}

json::array episodes_of(const athlete& who, const date_range& range) {
  json::array rows;
  for (const auto& each : episodes_within(who, range))
    rows.push_back({{"kind", to_string(each.kind)},
                    {"first", format_date(each.days.first)},
                    {"last", format_date(each.days.last)}});
  return rows;
}

json::array days_of(const athlete& who, const date_range& range) {
  json::array rows;
  for (const auto& state : conditions(who, range))
    rows.push_back({{"date", format_date(state.day)},
                    {"load", rounded(load_on(who, state.day), 2)},
                    {"fitness", rounded(state.fitness, 4)},
                    {"fatigue", rounded(state.fatigue, 4)},
                    {"illness_severity", state.illness_severity},
                    {"overload", is_overload_day(who, state.day)},
                    {"ln_rmssd", rounded(state.ln_rmssd, 4)},
                    {"heart_rate_bpm", rounded(state.heart_rate_bpm, 2)},
                    {"breaths_per_minute", rounded(state.breaths_per_minute, 2)},
                    {"night_recorded", is_night_recorded(who, state.day)}});
  return rows;
}

/// What lies behind the data: `from` and `to` default to the last year and the next month.
response show_truth(world& all, std::int64_t athlete_id, const query_parameters& query) {
  const auto& who = all.person(athlete_id);
  const date today = day_of(to_wall(all.clock->now(), who.utc_offset));
  date_range range{today - days{365}, today + days{30}};
  for (const auto& [name, day] : {std::pair{"from", &range.first}, std::pair{"to", &range.last}}) {
    const auto found = query.find(name);
    if (found == query.end())
      continue;
    const auto parsed = parse_date(found->second);
    if (!parsed)
      return refuse(400, "from and to must be dates");
    *day = *parsed;
  }
  if (range.first > range.last || range.last - range.first > truth_days_max)
    return refuse(400, "the range is empty or too long");
  return json_response({{"athlete", who.id},
                        {"utc_offset_minutes", who.utc_offset.count()},
                        {"from", format_date(range.first)},
                        {"to", format_date(range.last)},
                        {"usual", usual_values(who)},
                        {"episodes", episodes_of(who, range)},
                        {"days", days_of(who, range)}});
}

response control_athlete(world& all, const request& received, const parsed_target& target) {
  std::vector<std::string> captures;
  if (matches("simulator/athletes", target.segments, captures))
    return received.method == "GET" ? list_athletes(all) : refuse(405, "GET only");
  const bool is_truth = matches("simulator/athletes/{id}/truth", target.segments, captures);
  if (!is_truth && !matches("simulator/athletes/{id}/revoke", target.segments, captures))
    return refuse(404, "no such control");
  const auto athlete_id = all.find_athlete_id(captures.front());
  if (!athlete_id)
    return refuse(404, "no such athlete");
  if (received.method != (is_truth ? "GET" : "POST"))
    return refuse(405, is_truth ? "GET only" : "POST only");
  if (is_truth)
    return show_truth(all, *athlete_id, target.query);
  all.people.revoke_tokens(*athlete_id);
  return empty_response(204);
}

} // namespace

response control(world& all, const request& received, const parsed_target& target) {
  if (target.path.starts_with("/simulator/faults"))
    return control_faults(all, received, target);
  if (target.path == "/simulator/events" && received.method == "POST")
    return send_events(all, received);
  if (target.path == "/simulator/events" && received.method == "GET")
    return list_events(all);
  if (target.path == "/simulator/requests" && received.method == "GET")
    return list_requests(all);
  if (target.path == "/simulator/requests" && received.method == "DELETE")
    return forget_requests(all);
  return control_athlete(all, received, target);
}

} // namespace polar_flow::simulator
