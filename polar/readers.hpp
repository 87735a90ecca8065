#pragma once

#include "domain/errc.hpp"
#include "domain/records.hpp"
#include "domain/streams.hpp"

#include <string_view>

namespace polar_flow::polar {

/// Reads a 200 answer of `kind`. Tolerant as `contracts/polar-accesslink.md` asks: `-` and `_`
/// are the same in keys, absent and null are unknown, numbers may be text, sentinels become
/// unknown, unknown fields and enum values are kept out or kept as text, `HH:MM` maps are
/// unwrapped over midnight in document order, an empty body is an empty list. One record that
/// lacks its key (day, id, start) is skipped and does not spoil the others; when none of them could
/// be read, that is an error too. Of two records with one key the later one stays. What is not JSON
/// or not of the expected outer shape is `polar_unreadable` with the place in the message, never
/// with a value. Bounded: nesting depth and size are limited.
result<stream_records> read_answer(stream kind, std::string_view body);

result<std::vector<night>> read_sleep(std::string_view body);
result<std::vector<nightly_recharge>> read_recharge(std::string_view body);
result<std::vector<activity_day>> read_activity(std::string_view body);
result<std::vector<activity_sample_day>> read_activity_samples(std::string_view body);
result<std::vector<cardio_load_day>> read_cardio_load(std::string_view body);

/// A list, or one exercise by itself, which is then `is_detailed`.
result<std::vector<exercise>> read_exercises(std::string_view body);

/// One day, or several in any of the shapes that were seen. Samples are in order of time, one per
/// second at most; a heart rate of 0 is no signal and left out, and so is a day without any other.
result<std::vector<heart_rate_day>> read_continuous_heart_rate(std::string_view body);

result<std::vector<alertness_period>> read_sleepwise_alertness(std::string_view body);
result<std::vector<bedtime_period>> read_sleepwise_bedtime(std::string_view body);

/// Only a test that is said to have passed is a reading: any other keeps its time, status, quality
/// and altitude, and what it measured is unknown.
result<std::vector<spo2_test>> read_spo2(std::string_view body);

result<std::vector<ecg_test>> read_ecg(std::string_view body);
result<std::vector<body_temperature_period>> read_body_temperature(std::string_view body);
result<std::vector<skin_temperature_night>> read_skin_temperature(std::string_view body);

/// One object; none when it tells nothing.
result<std::vector<physical_info>> read_physical_info(std::string_view body);

} // namespace polar_flow::polar
