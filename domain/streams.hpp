#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace polar_flow {

/// The kinds of data that a sync fetches, each on its own. The order is that of `records` in the
/// answer of a sync.
enum class stream : std::uint8_t {
  sleep,
  recharge,
  activity,
  exercises,
  cardio_load,
  sleepwise_alertness,
  sleepwise_bedtime,
  activity_samples,
  continuous_hr,
  spo2,
  ecg,
  body_temperature,
  skin_temperature,
  physical_info,
};

inline constexpr std::array<stream, 14> all_streams{
    stream::sleep,       stream::recharge,         stream::activity,
    stream::exercises,   stream::cardio_load,      stream::sleepwise_alertness,
    stream::sleepwise_bedtime, stream::activity_samples, stream::continuous_hr,
    stream::spo2,        stream::ecg,              stream::body_temperature,
    stream::skin_temperature,  stream::physical_info};

/// The enumerator's name, as in JSON and in the database.
std::string_view to_string(stream kind);

std::optional<stream> parse_stream(std::string_view name);

} // namespace polar_flow
