#include "polar/readers.hpp"
#include "polar/readers/night_clock.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"recharges", "date"};

constexpr value_range recharge_status_range{1, 6};
constexpr value_range ans_charge_range{-10, 10};
constexpr value_range ans_charge_status_range{1, 5};

/// 0 means "no signal"; a minute between two beats is none either.
constexpr value_range interval_ms_range{1, 60'000};
constexpr value_range breathing_per_min_range{0.1, 100};

std::optional<double> read_interval(const boost::json::value& value) {
  return to_number_within(value, interval_ms_range);
}

std::optional<double> read_breathing(const boost::json::value& value) {
  return to_number_within(value, breathing_per_min_range);
}

readable<nightly_recharge> read_recharge_night(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  nightly_recharge record;
  record.day = *day;
  record.heart_rate_avg_bpm = item.integer("heart_rate_avg", heart_rate_bpm_range);
  record.beat_to_beat_avg_ms = item.integer("beat_to_beat_avg", interval_ms_range);
  record.hrv_rmssd_ms = item.integer("heart_rate_variability_avg", interval_ms_range);
  record.breathing_rate_avg_per_min = item.number("breathing_rate_avg", breathing_per_min_range);
  record.recharge_status = item.integer("nightly_recharge_status", recharge_status_range);
  record.ans_charge = item.number("ans_charge", ans_charge_range);
  record.ans_charge_status = item.integer("ans_charge_status", ans_charge_status_range);
  record.hrv_samples_ms = read_night_map(item.map("hrv_samples"), night_clock{}, read_interval);
  record.breathing_samples_per_min =
      read_night_map(item.map("breathing_samples"), night_clock{}, read_breathing);
  return record;
}

} // namespace

result<std::vector<nightly_recharge>> read_recharge(std::string_view body) {
  return read_records(body, shape, &nightly_recharge::day, read_recharge_night);
}

} // namespace polar_flow::polar
