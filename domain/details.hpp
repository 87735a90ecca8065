#pragma once

#include "domain/records.hpp"
#include "domain/summaries.hpp"

#include <cstdint>
#include <string>
#include <variant>

/// What the endpoints of one record show: the record with its series, and what lists tell of it.
namespace polar_flow {

struct night_detail {
  /// With the averages that other streams know.
  sleep_summary summary;
  night record;
  std::optional<double> heart_rate_min_bpm;
  std::optional<double> heart_rate_max_bpm;
  /// HRV values that the recharge of the same day has.
  std::optional<std::int32_t> hrv_sample_count;

  bool operator==(const night_detail&) const = default;
};

struct heart_rate_detail {
  heart_rate_summary summary;
  heart_rate_day record;

  bool operator==(const heart_rate_detail&) const = default;
};

/// A session with its zones. Samples and route are loaded only where they are what is asked for.
struct exercise_detail {
  /// Our own id.
  std::string id;
  exercise record;
  bool has_samples = false;
  bool has_route = false;

  bool operator==(const exercise_detail&) const = default;
};

struct ecg_detail {
  /// Our own id.
  std::int64_t id = 0;
  ecg_test record;

  bool operator==(const ecg_detail&) const = default;
};

/// Which record is asked for, with what finds it.
enum class detail_kind : std::uint8_t {
  /// By `date`.
  night,
  recharge,
  activity,
  activity_samples,
  heart_rate,
  /// By our own id, a text.
  exercise,
  exercise_samples,
  exercise_route,
  /// By our own id, a number.
  ecg,
  /// By `device_moment`.
  body_temperature,
  /// By `device_moment` without a device.
  alertness,
};

/// When something began, and on which device, where that makes a difference.
struct device_moment {
  instant time;
  std::string device_id;

  bool operator==(const device_moment&) const = default;
};

using detail_key = std::variant<date, std::string, std::int64_t, device_moment>;

using record_detail
    = std::variant<night_detail, nightly_recharge, activity_day, activity_sample_day,
                   heart_rate_detail, exercise_detail, ecg_detail, body_temperature_period,
                   alertness_period>;

} // namespace polar_flow
