#include "simulator/routes.hpp"

#include "simulator/resources.hpp"

#include <array>

namespace polar_flow::simulator {

namespace {

struct route {
  std::string_view pattern;
  data_handler handle;
};

/// The first fitting row wins, so fixed words stand above placeholders.
constexpr std::array routes{
    route{"v3/users/sleep", list_sleep},
    route{"v3/users/sleep/available", list_available_sleep},
    route{"v3/users/sleep/{date}", show_sleep},
    route{"v3/users/nightly-recharge", list_recharge},
    route{"v3/users/nightly-recharge/{date}", show_recharge},
    route{"v3/users/activities", list_activities},
    route{"v3/users/activities/samples", list_activity_samples},
    route{"v3/users/activities/samples/{date}", show_activity_samples},
    route{"v3/users/activities/{date}", show_activity},
    route{"v3/users/cardio-load", list_cardio_load},
    route{"v3/users/cardio-load/date", list_cardio_load_range},
    route{"v3/users/cardio-load/period/days/{days}", list_cardio_load_days},
    route{"v3/users/cardio-load/period/months/{months}", list_cardio_load_months},
    route{"v3/users/cardio-load/{date}", show_cardio_load},
    route{"v3/users/continuous-heart-rate", list_continuous_heart_rate},
    route{"v3/users/continuous-heart-rate/{date}", show_continuous_heart_rate},
    route{"v3/users/sleepwise/alertness", list_alertness},
    route{"v3/users/sleepwise/alertness/date", list_alertness_range},
    route{"v3/users/sleepwise/circadian-bedtime", list_circadian_bedtime},
    route{"v3/users/sleepwise/circadian-bedtime/date", list_circadian_bedtime_range},
    route{"v3/users/biosensing/bodytemperature", list_body_temperature},
    route{"v3/users/biosensing/skintemperature", list_skin_temperature},
    route{"v3/users/biosensing/skincontacts", list_skin_contacts},
    route{"v3/users/biosensing/ecg", list_ecg},
    route{"v3/users/biosensing/spo2", list_spo2},
    route{"v3/users/physical-info", show_physical_info},
    route{"v3/exercises", list_exercises},
    route{"v3/exercises/{id}", show_exercise},
};

} // namespace

bool matches(std::string_view pattern, const std::vector<std::string>& segments,
             std::vector<std::string>& captures) {
  captures.clear();
  for (const auto& segment : segments) {
    if (pattern.empty())
      return false;
    const auto part = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(std::min(part.size() + 1, pattern.size()));
    if (part.starts_with('{'))
      captures.push_back(segment);
    else if (part != segment)
      return false;
  }
  return pattern.empty();
}

std::optional<matched_route> find_data_route(const std::vector<std::string>& segments) {
  matched_route found;
  for (const auto& each : routes) {
    if (matches(each.pattern, segments, found.captures)) {
      found.handle = each.handle;
      return found;
    }
  }
  return std::nullopt;
}

} // namespace polar_flow::simulator
