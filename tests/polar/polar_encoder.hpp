#pragma once

#include "domain/records.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <vector>

namespace polar_flow::testing {

/// Writes what was read back into the shape of `GET /v3/exercises`. Unknown values are left out.
boost::json::value encode_exercises(const std::vector<exercise>& records);

/// The same for `GET /v3/users/activities`; `samples` holds the embedded samples of some days.
boost::json::value encode_activities(const std::vector<activity_day>& records,
                                     const std::vector<activity_sample_day>& samples);

/// The same for `GET /v3/users/continuous-heart-rate`, as a bare list.
boost::json::value encode_heart_rates(const std::vector<heart_rate_day>& records);

} // namespace polar_flow::testing
