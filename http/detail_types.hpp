#pragma once

#include "domain/details.hpp"

#include <string>

/// Our JSON of one record. Members come in the order of the API's contract, what we added comes
/// last.
namespace polar_flow::http {

std::string to_json(const night_detail& detail);
std::string to_json(const activity_day& day);
std::string to_json(const activity_sample_day& day);
std::string to_json(const heart_rate_detail& detail);
std::string to_json(const exercise_detail& detail);
std::string to_json(const ecg_detail& detail);

/// The series alone, with what says which record they are of.
std::string to_json_samples(const nightly_recharge& recharge);
std::string to_json_samples(const exercise_detail& detail);
std::string to_json_samples(const body_temperature_period& period);

std::string to_json_route(const exercise_detail& detail);
std::string to_json_hours(const alertness_period& period);

} // namespace polar_flow::http
