#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"
#include "simulator/night.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <array>
#include <cmath>
#include <numeric>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

/// Days of wearing before Polar dares to compare a night with the usual ones.
constexpr std::chrono::days status_delay{3};

template <class Value>
double mean_of(const curve<Value>& points) {
  const auto add = [](double sum, const auto& point) {
    return sum + point.second;
  };
  return std::accumulate(points.begin(), points.end(), 0.0, add)
         / static_cast<double>(points.size());
}

int ans_status(double charge) {
  constexpr std::array<double, 4> bounds{-4.5, -1.5, 1.5, 4.5};
  int status = 1;
  for (const double bound : bounds)
    status += charge >= bound ? 1 : 0;
  return status;
}

/// ANS status and sleep charge, both 1 to 5, make 1 to 6.
int recharge_status(int ans, int sleep_charge) {
  return std::clamp(static_cast<int>(std::lround((ans + sleep_charge) * 0.65)), 1, 6);
}

template <class Value>
json::object make_map(const curve<Value>& points) {
  json::object map;
  for (const auto& [when, value] : points)
    map.insert_or_assign(minute_key(when), value);
  return map;
}

/// The night in which the sensor saw nothing.
json::object without_signal(const athlete& who, date day) {
  return {{"polar_user", user_link(who.id)},
          {"date", format_date(day)},
          {"heart_rate_avg", 0},
          {"beat_to_beat_avg", 0},
          {"heart_rate_variability_avg", 0},
          {"breathing_rate_avg", 0.0},
          {"ans_charge", 0.0}};
}

json::object make_body(const data_request& ask, const condition& state) {
  const auto& who = ask.who;
  draw numbers{who.seed + 3, state.day.time_since_epoch().count(), topic::night_scores};
  const double fate = numbers.uniform();
  if (fate < 0.01)
    return without_signal(who, state.day);
  const bool has_samples = fate >= 0.03;
  const bool has_status = fate < 0.93 && state.day >= ask.first_day + status_delay;
  const auto hrv = hrv_curve(who, state);
  const auto breathing = breathing_curve(who, state);
  const int beat_ms = static_cast<int>(std::lround(60'000.0 / state.heart_rate_bpm));
  json::object body{{"polar_user", user_link(who.id)},
                    {"date", format_date(state.day)},
                    {"heart_rate_avg", 60'000 / beat_ms},
                    {"beat_to_beat_avg", beat_ms},
                    {"heart_rate_variability_avg", std::lround(mean_of(hrv))},
                    {"breathing_rate_avg", rounded(mean_of(breathing), 1)}};
  const double charge = rounded(state.ans_charge, 1);
  const auto slept = make_night(who, state);
  if (has_status && slept.scores)
    body["nightly_recharge_status"] = recharge_status(ans_status(charge), slept.charge);
  body["ans_charge"] = charge;
  if (has_status)
    body["ans_charge_status"] = ans_status(charge);
  if (has_samples) {
    body["hrv_samples"] = make_map(hrv);
    body["breathing_samples"] = make_map(breathing);
  }
  return body;
}

} // namespace

response list_recharge(const data_request& ask) {
  json::array recharges;
  for (const auto& state : conditions(ask.who, ask.recent())) {
    if (is_night_visible(ask, state.day))
      recharges.push_back(make_body(ask, state));
  }
  return json_response({{"recharges", std::move(recharges)}});
}

response show_recharge(const data_request& ask) {
  const auto day = requested_day(ask, std::nullopt);
  if (!day)
    return day.error();
  if (*day < ask.recent().first || !is_night_visible(ask, *day))
    return error_response(404, "not_found", "No nightly recharge for this date");
  return json_response(make_body(ask, conditions(ask.who, {*day, *day}).front()));
}

} // namespace polar_flow::simulator
