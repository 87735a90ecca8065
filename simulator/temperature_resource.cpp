#include "simulator/day_list.hpp"
#include "simulator/draw.hpp"
#include "simulator/json_text.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <cmath>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr minutes temperature_step{10};

/// Nights of the four weeks before that make a baseline.
constexpr int baseline_nights_min = 7;

/// A fever shows at the wrist in about this size (Smarr et al. 2020).
constexpr double fever_celsius = 1.1;

/// Mean of the night at the wrist; bed, blanket and cycle move it from night to night.
double night_celsius(const athlete& who, date wake_day) {
  draw numbers{who.seed, wake_day.time_since_epoch().count(), topic::temperature};
  const double usual = 34.0 + static_cast<double>(who.seed % 120) / 100.0;
  return rounded(usual + 0.22 * numbers.normal() + fever_celsius * illness_severity(who, wake_day),
                 2);
}

std::optional<double> baseline_before(const data_request& ask, date wake_day) {
  double sum = 0.0;
  int nights = 0;
  for (date day = std::max(ask.first_day, wake_day - list_days); day < wake_day; day += days{1}) {
    if (is_night_recorded(ask.who, day)) {
      sum += night_celsius(ask.who, day);
      ++nights;
    }
  }
  return nights < baseline_nights_min ? std::nullopt : std::optional{sum / nights};
}

json::object make_skin_night(const data_request& ask, date wake_day) {
  const double celsius = night_celsius(ask.who, wake_day);
  json::object body{{"sleep_time_skin_temperature_celsius", celsius}};
  if (const auto usual = baseline_before(ask, wake_day))
    body["deviation_from_baseline_celsius"] = rounded(celsius - *usual, 2);
  body["sleep_date"] = format_date(wake_day);
  return body;
}

/// Hands get warm on falling asleep and cool before waking up (Kräuchi and Wirz-Justice 1994).
json::array make_samples(const athlete& who, date wake_day, const night_timing& timing) {
  draw numbers{who.seed + 1, wake_day.time_since_epoch().count(), topic::temperature};
  const double mean = night_celsius(who, wake_day);
  const auto length = timing.end() - timing.start;
  json::array samples;
  for (std::chrono::seconds passed{0}; passed < length; passed += temperature_step) {
    const double part = static_cast<double>(passed.count()) / static_cast<double>(length.count());
    const double arc = 0.5 - 1.6 * std::exp(-part / 0.06) - 0.8 * std::pow(part, 5.0);
    samples.push_back({{"temperature_celsius", rounded(mean + arc + 0.12 * numbers.normal(), 2)},
                       {"recording_time_delta_milliseconds", milliseconds{passed}.count()}});
  }
  return samples;
}

json::object make_body_period(const data_request& ask, date wake_day) {
  const auto& who = ask.who;
  const auto timing = night_before(who, wake_day);
  const auto utc = [&](wall_time when) {
    return bare_utc_stamp(to_utc(when, who.utc_offset));
  };
  return {{"source_device_id", who.device_id},
          {"measurement_type", "TM_SKIN_TEMPERATURE"},
          {"sensor_location", "SL_DISTAL"},
          {"start_time", utc(timing.start)},
          {"end_time", utc(timing.end())},
          {"modified_time", utc(timing.end() + night_delay)},
          {"samples", make_samples(who, wake_day, timing)}};
}

} // namespace

response list_body_temperature(const data_request& ask) {
  const auto range = requested_range(ask, optional_four_weeks);
  return range ? list_visible_days(ask, *range, is_night_visible, make_body_period)
               : range.error();
}

response list_skin_temperature(const data_request& ask) {
  const auto range = requested_range(ask, optional_four_weeks);
  return range ? list_visible_days(ask, *range, is_night_visible, make_skin_night)
               : range.error();
}

} // namespace polar_flow::simulator
