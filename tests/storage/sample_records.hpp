#pragma once

#include "tests/storage/store_fixture.hpp"

#include <string>
#include <utility>
#include <vector>

/// One full record of every stream: each member has a value of its own, so that a column that went
/// astray shows.
namespace polar_flow::storage {

struct records_fixture : store_fixture {
  int bodies = 0;

  /// Stores `records` as an answer that was not seen before.
  std::int32_t store_all(stream kind, stream_records records) {
    return put(reply(kind, "body " + std::to_string(++bodies), std::move(records))).rows_changed;
  }
};

night full_night(date day);
nightly_recharge full_recharge(date day);
skin_temperature_night full_skin_temperature(date day);
activity_day full_activity(date day);
activity_sample_day full_activity_samples(date day);
cardio_load_day full_cardio_load(date day);
heart_rate_day full_heart_rate(date day);
alertness_period full_alertness(instant start);
bedtime_period full_bedtime(instant start);
spo2_test full_spo2(instant time);
ecg_test full_ecg(instant time);
body_temperature_period full_body_temperature(instant start);
physical_info full_physical_info(instant recorded_at);

/// As a list tells it.
exercise full_exercise();

/// The same with zones, samples and route, as an answer about it alone.
exercise detailed_exercise();

/// One record of each stream, in the order of `all_streams`.
std::vector<std::pair<stream, stream_records>> one_of_each();

} // namespace polar_flow::storage
