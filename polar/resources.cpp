#include "polar/resources.hpp"

namespace polar_flow::polar {

namespace {

using std::chrono::days;

} // namespace

std::string path_of(stream kind) {
  switch (kind) {
  case stream::sleep:
    return "/v3/users/sleep";
  case stream::recharge:
    return "/v3/users/nightly-recharge";
  case stream::activity:
    return "/v3/users/activities";
  case stream::exercises:
    return "/v3/exercises";
  case stream::cardio_load:
    return "/v3/users/cardio-load";
  case stream::sleepwise_alertness:
    return "/v3/users/sleepwise/alertness";
  case stream::sleepwise_bedtime:
    return "/v3/users/sleepwise/circadian-bedtime";
  case stream::activity_samples:
    return "/v3/users/activities/samples";
  case stream::continuous_hr:
    return "/v3/users/continuous-heart-rate";
  case stream::spo2:
    return "/v3/users/biosensing/spo2";
  case stream::ecg:
    return "/v3/users/biosensing/ecg";
  case stream::body_temperature:
    return "/v3/users/biosensing/bodytemperature";
  case stream::skin_temperature:
    return "/v3/users/biosensing/skintemperature";
  case stream::physical_info:
    return "/v3/users/physical-info";
  }
  return {};
}

planned_request plan_list(stream kind, date today) {
  planned_request planned{kind, path_of(kind), {}};
  const auto count = kind == stream::exercises ? exercise_list_days : list_days;
  if (kind != stream::physical_info)
    planned.days = {today - count + days{1}, today};
  return planned;
}

planned_request plan_day(stream kind, date day) {
  return {kind, path_of(kind) + "/" + format_date(day), date_range{day, day}};
}

planned_request plan_range(stream kind, date_range range) {
  const bool is_under_date =
      kind == stream::sleepwise_alertness || kind == stream::sleepwise_bedtime;
  return {kind,
          path_of(kind) + (is_under_date ? "/date" : "") + "?from=" + format_date(range.first)
              + "&to=" + format_date(range.last),
          range};
}

std::vector<planned_request> plan_days(stream kind, date_range range) {
  std::vector<planned_request> requests;
  for (auto day = range.first; day <= range.last; day += days{1})
    requests.push_back(plan_day(kind, day));
  return requests;
}

} // namespace polar_flow::polar
