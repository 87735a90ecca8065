#include "simulator/day_list.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <cmath>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

/// Nights that the estimate looks at, and how many of them make it a good one.
constexpr days estimate_days{14};
constexpr int valid_nights_min = 10;

/// The gate is open so long before and after the preferred start.
constexpr minutes gate_half{15};

/// Standard deviation of the bedtimes up to which the rhythm is clear, or only compromised.
constexpr double clear_deviation_s = 35.0 * 60.0;
constexpr double compromised_deviation_s = 60.0 * 60.0;

/// When the body wants to sleep in the evening of a day, estimated from the bedtimes before it.
struct bedtime {
  wall_time start;
  seconds length{0};
  int nights = 0;
  double deviation_s = 0;
};

bedtime estimate(const data_request& ask, date day) {
  double sum_s = 0.0;
  double squares_s = 0.0;
  bedtime made;
  for (date wake_day = day; wake_day > day - estimate_days; wake_day -= days{1}) {
    if (wake_day < ask.first_day || !is_night_recorded(ask.who, wake_day))
      continue;
    const auto after_midnight = night_before(ask.who, wake_day).start - midnight(wake_day);
    const auto second = static_cast<double>(after_midnight.count());
    sum_s += second;
    squares_s += second * second;
    ++made.nights;
  }
  const double mean_s = sum_s / made.nights;
  made.deviation_s = std::sqrt(std::max(0.0, squares_s / made.nights - mean_s * mean_s));
  made.start = midnight(day + days{1}) + seconds{std::lround(mean_s)};
  made.length = ask.who.sleep_need;
  return made;
}

std::string_view quality_of(const bedtime& made) {
  if (made.deviation_s < clear_deviation_s)
    return "CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE";
  return made.deviation_s < compromised_deviation_s ? "CIRCADIAN_BEDTIME_QUALITY_COMPROMISED"
                                                    : "CIRCADIAN_BEDTIME_QUALITY_WEAK";
}

/// For the evening of a day whose morning the watch has seen.
json::object make_body(const data_request& ask, date day) {
  const auto made = estimate(ask, day);
  const auto utc = [&](wall_time when) {
    return bare_utc_stamp(to_utc(when, ask.who.utc_offset));
  };
  const auto end = made.start + made.length;
  // The prediction for the coming night becomes history when that night is over.
  const bool is_history = end <= ask.wall_now();
  const bool is_valid = is_history && made.nights >= valid_nights_min;
  return {{"validity", is_valid ? "VALIDITY_VALID" : "VALIDITY_ESTIMATE"},
          {"quality", quality_of(made)},
          {"result_type",
           is_history ? "CIRCADIAN_BEDTIME_TYPE_HISTORY" : "CIRCADIAN_BEDTIME_TYPE_PREDICTION"},
          {"period_start_time", utc(made.start)},
          {"period_end_time", utc(end)},
          {"preferred_sleep_period_start_time", utc(made.start)},
          {"preferred_sleep_period_end_time", utc(end)},
          {"sleep_gate_start_time", utc(made.start - gate_half)},
          {"sleep_gate_end_time", utc(made.start + gate_half)},
          {"sleep_timezone_offset_minutes", ask.who.utc_offset.count()}};
}

} // namespace

response list_circadian_bedtime(const data_request& ask) {
  return list_visible_days(ask, ask.recent(), is_sleepwise_visible, make_body);
}

response list_circadian_bedtime_range(const data_request& ask) {
  const auto range = requested_range(ask, required_four_weeks);
  return range ? list_visible_days(ask, *range, is_sleepwise_visible, make_body) : range.error();
}

} // namespace polar_flow::simulator
