#include "polar/resources.hpp"

#include <algorithm>
#include <utility>

namespace polar_flow::polar {

namespace {

using std::chrono::days;

/// Streams that change together with `kind` and have no event of their own.
std::vector<stream> companions_of(stream kind) {
  if (kind == stream::sleep)
    return {stream::recharge, stream::skin_temperature, stream::body_temperature, stream::spo2,
            stream::ecg};
  if (kind == stream::activity)
    return {stream::activity_samples};
  if (kind == stream::exercises)
    return {stream::cardio_load};
  return {};
}

/// The days of a companion: a night has begun on the evening before the day that names it, and
/// what Polar does not keep any more is not asked for. None when nothing is left.
std::optional<date_range> companion_days(stream kind, date_range announced, date today) {
  const auto lead =
      kind == stream::recharge || kind == stream::activity_samples ? days{0} : days{1};
  const auto first_kept = today - reach_of(kind).kept + days{1};
  const date_range range{std::max(announced.first - lead, first_kept), announced.last};
  return range.first <= range.last ? std::optional{range} : std::nullopt;
}

/// The newest days of `announced` that fit into one window.
std::vector<planned_request> plan_announced(stream kind, date_range announced, date today) {
  const date_range range{std::max(announced.first, announced.last - window_days + days{1}),
                         announced.last};
  switch (kind) {
  case stream::sleep:
  case stream::recharge:
  case stream::activity:
  case stream::activity_samples:
  case stream::continuous_hr:
    return plan_days(kind, range);
  case stream::sleepwise_alertness:
  case stream::sleepwise_bedtime:
  case stream::spo2:
  case stream::ecg:
  case stream::body_temperature:
  case stream::skin_temperature:
    return {plan_range(kind, range)};
  case stream::exercises:
  case stream::cardio_load:
  case stream::physical_info:
    return {plan_list(kind, today)};
  }
  return {};
}

/// For news without days. The heart rate has no list; the last two days are the likely ones.
std::vector<planned_request> plan_without_days(stream kind, date today) {
  if (kind == stream::continuous_hr)
    return plan_days(kind, {today - days{1}, today});
  return {plan_list(kind, today)};
}

std::vector<planned_request> plan_companion(stream kind, const polar_news& announced, date today) {
  if (!announced.days)
    return plan_without_days(kind, today);
  const auto range = companion_days(kind, *announced.days, today);
  return range ? plan_announced(kind, *range, today) : std::vector<planned_request>{};
}

/// Predictions reach into the future, the ledger is about days that have been.
void leave_out_future(planned_request& planned, date today) {
  if (planned.days && planned.days->first > today)
    planned.days.reset();
  else if (planned.days)
    planned.days->last = std::min(planned.days->last, today);
}

} // namespace

std::vector<planned_request> plan_news(const polar_news& announced, date today) {
  std::vector<planned_request> requests;
  if (announced.polar_exercise_id)
    requests.push_back(plan_exercise_details(*announced.polar_exercise_id, {}));
  else if (announced.days)
    requests = plan_announced(announced.kind, *announced.days, today);
  else
    requests = plan_without_days(announced.kind, today);
  for (const auto kind : companions_of(announced.kind))
    for (auto& planned : plan_companion(kind, announced, today))
      requests.push_back(std::move(planned));
  for (auto& planned : requests)
    leave_out_future(planned, today);
  return requests;
}

} // namespace polar_flow::polar
