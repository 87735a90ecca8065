#include "polar/flow_export/export_file.hpp"

#include <cmath>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"nights", "night"};

// The scales of AccessLink's Nightly Recharge, which these become.
constexpr value_range recharge_status_range{1, 6};
constexpr value_range ans_charge_range{-10, 10};
constexpr value_range ans_charge_status_range{1, 5};
constexpr value_range rmssd_ms_range{1, 60'000};

constexpr double ms_per_minute = 60'000;

/// Hearts that beat 1 to 300 times in a minute, and breaths that take up to ten minutes.
constexpr value_range beat_interval_ms_range{200, ms_per_minute};
constexpr value_range breath_interval_ms_range{600, 10 * ms_per_minute};

std::optional<std::int32_t> rounded(const std::optional<double>& number) {
  return number ? std::optional{static_cast<std::int32_t>(std::lround(*number))} : std::nullopt;
}

/// AccessLink shows one decimal.
double with_one_decimal(double number) {
  return std::round(number * 10) / 10;
}

readable<nightly_recharge> read_night(const object_view& item) {
  const auto day = item.day("night");
  if (!day)
    return std::unexpected{"night"};
  nightly_recharge record;
  record.day = *day;
  const auto beat_ms = item.number("meanNightlyRecoveryRri", beat_interval_ms_range);
  record.beat_to_beat_avg_ms = rounded(beat_ms);
  // AccessLink cuts the fraction of the heart rate (12 of 12 compared nights).
  if (beat_ms)
    record.heart_rate_avg_bpm = static_cast<std::int32_t>(ms_per_minute / *beat_ms);
  record.hrv_rmssd_ms = rounded(item.number("meanNightlyRecoveryRmssd", rmssd_ms_range));
  if (const auto breath_ms =
          item.number("meanNightlyRecoveryRespirationInterval", breath_interval_ms_range))
    record.breathing_rate_avg_per_min = with_one_decimal(ms_per_minute / *breath_ms);
  record.ans_charge = item.number("ansStatus", ans_charge_range);
  record.ans_charge_status = item.integer("ansRate", ans_charge_status_range);
  record.recharge_status = item.integer("recoveryIndicator", recharge_status_range);
  return record;
}

} // namespace

result<export_records> read_nightly_recoveries(const boost::json::value& document) {
  return read_part(export_family::nightly_recovery, stream::recharge, document, shape,
                   &nightly_recharge::day, read_night);
}

} // namespace polar_flow::polar
