#include "polar/requests.hpp"

#include "polar/endpoint.hpp"
#include "polar/resources.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace polar_flow::polar {

namespace {

using std::chrono::days;

/// A day of heart rate is asked for on its last days at Polar even if nothing says that the watch
/// has sent it: the other streams, which would say so, may be failing.
constexpr days last_chance_days{3};

/// Of the days that a caller wants to read again, so many recent ones are read: a request for each
/// is dear, and what is settled does not change.
constexpr days heart_rate_days_read_again{7};

/// The heart rate is last because the others tell up to which day there is any.
constexpr std::array fetch_order{stream::sleep,
                                 stream::recharge,
                                 stream::activity,
                                 stream::activity_samples,
                                 stream::exercises,
                                 stream::cardio_load,
                                 stream::sleepwise_alertness,
                                 stream::sleepwise_bedtime,
                                 stream::spo2,
                                 stream::ecg,
                                 stream::body_temperature,
                                 stream::skin_temperature,
                                 stream::physical_info,
                                 stream::continuous_hr};

static_assert(fetch_order.size() == all_streams.size());

// -- a sync ------------------------------------------------------------------------------------

/// What the ledger wants and what the caller wants in any case, as far as Polar keeps it.
day_set days_to_read(const reach& span, stream kind) {
  day_set wanted{wanted_days(span.known, kind, span.today)};
  if (span.days) {
    const auto asked = std::clamp(days{*span.days}, days{1}, reach_of(kind).kept);
    wanted.add({span.today - asked + days{1}, span.today});
  }
  return wanted;
}

/// As few windows as cover `wanted`: days between two of its ranges cost nothing.
std::vector<date_range> windows_over(const day_set& wanted) {
  std::vector<date_range> windows;
  for (const auto& range : wanted.ranges())
    for (auto day = range.first; day <= range.last;) {
      if (windows.empty() || day - windows.back().first >= window_days)
        windows.push_back({day, day});
      auto& window = windows.back();
      window.last = std::min(range.last, window.first + window_days - days{1});
      day = window.last + days{1};
    }
  return windows;
}

std::vector<planned_request> plan_windows(const reach& span, stream kind) {
  std::vector<planned_request> requests;
  for (const auto& window : windows_over(days_to_read(span, kind)))
    requests.push_back(plan_range(kind, window));
  return requests;
}

/// All wanted days in one request, which counts back from today. The first sync of a day asks for
/// one day more than the list has, to settle the one that has just left it.
planned_request plan_cardio_load(const reach& span) {
  const auto wanted = days_to_read(span, stream::cardio_load);
  const auto first = wanted.empty() ? span.today : wanted.ranges().front().first;
  const auto count = span.today - first + days{1};
  if (count <= list_days)
    return plan_list(stream::cardio_load, span.today);
  return {stream::cardio_load,
          path_of(stream::cardio_load) + "/period/days/" + std::to_string(count.count()),
          date_range{first, span.today}};
}

std::vector<planned_request> plan_stream(const reach& span, stream kind) {
  switch (kind) {
  case stream::activity:
  case stream::activity_samples:
    return plan_windows(span, kind);
  case stream::cardio_load:
    return {plan_cardio_load(span)};
  case stream::continuous_hr:
    return {};
  case stream::sleep:
  case stream::recharge:
  case stream::exercises:
  case stream::sleepwise_alertness:
  case stream::sleepwise_bedtime:
  case stream::spo2:
  case stream::ecg:
  case stream::body_temperature:
  case stream::skin_temperature:
  case stream::physical_info:
    return {plan_list(kind, span.today)};
  }
  return {};
}

/// A sync that Polar's limits cut short must not leave out the same streams each time.
std::vector<stream> longest_waiting_first(const std::vector<stream_coverage>& known) {
  auto order = fetched_streams();
  std::ranges::stable_sort(order, {}, [&](stream kind) {
    if (reach_of(kind).kept == days{0})
      return instant::max();
    const auto ledger = std::ranges::find(known, kind, &stream_coverage::kind);
    return ledger == known.end() ? instant::min() : ledger->updated_at.value_or(instant::min());
  });
  return order;
}

// -- statuses ----------------------------------------------------------------------------------

std::string explain(int status, stream kind, std::string_view title, std::string_view reason) {
  return std::to_string(status) + " " + std::string{title} + " on " + std::string{to_string(kind)}
         + ": " + std::string{reason};
}

std::string explain_other(int status, stream kind, std::string_view reason) {
  return "API error " + std::to_string(status) + " on " + std::string{to_string(kind)} + ": "
         + std::string{reason};
}

} // namespace

std::vector<stream> fetched_streams() {
  return {fetch_order.begin(), fetch_order.end()};
}

std::vector<planned_request> plan_requests(const reach& span) {
  std::vector<planned_request> requests;
  for (const auto kind : longest_waiting_first(span.known))
    for (auto& planned : plan_stream(span, kind))
      requests.push_back(std::move(planned));
  return requests;
}

std::vector<planned_request> plan_heart_rate(const reach& span, std::optional<date> watched) {
  const auto last_chance_until =
      span.today - reach_of(stream::continuous_hr).kept + last_chance_days;
  const auto until = std::max(watched.value_or(last_chance_until), last_chance_until);
  auto bounded = span;
  if (bounded.days)
    bounded.days = std::min(*bounded.days,
                            static_cast<std::int32_t>(heart_rate_days_read_again.count()));
  const auto wanted = days_to_read(bounded, stream::continuous_hr);
  std::vector<planned_request> requests;
  for (const auto& range : wanted.ranges())
    for (auto& planned :
         plan_days(stream::continuous_hr, {range.first, std::min(range.last, until)}))
      requests.push_back(std::move(planned));
  return requests;
}

planned_request plan_exercise_details(const std::string& polar_exercise_id,
                                      std::optional<date_range> days) {
  return {stream::exercises,
          path_of(stream::exercises) + "/" + percent_encode(polar_exercise_id)
              + "?samples=true&zones=true&route=true",
          days, true};
}

http_request make_request(const polar_settings& settings, const planned_request& planned,
                          const std::string& access_token) {
  return {.method = "GET",
          .url = join_url(settings.api_base_url, planned.target),
          .headers = {{"Authorization", "Bearer " + access_token}, {"Accept", "application/json"}},
          .body = {}};
}

result<answer_kind> classify_status(int status, stream kind) {
  switch (status) {
  case 200:
  case 201:
    return answer_kind::content;
  case 204:
  case 404:
    return answer_kind::empty;
  case 400:
    return fail(errc::polar_rejected_request,
                explain_other(status, kind,
                              "Polar refused the request, which is a defect of this server"));
  case 401:
    return fail(errc::needs_reauthorization, explain(status, kind, "Unauthorized",
                                                     "Polar no longer accepts the authorization. "
                                                     "Connect the Polar account again"));
  case 403:
    return fail(errc::consent_missing, explain(status, kind, "Forbidden",
                                               "a mandatory consent may be missing. Look at "
                                               "the consents at account.polar.com, or connect "
                                               "the Polar account again"));
  case 408:
    return fail(errc::polar_timeout,
                explain_other(status, kind, "Polar did not receive the request in time"));
  case 429:
    return fail(errc::polar_rate_limited, explain(status, kind, "Rate Limited",
                                                  "too many requests to Polar. The data will "
                                                  "be fetched after a pause"));
  default:
    break;
  }
  if (status >= 500 && status <= 599)
    return fail(errc::polar_unavailable,
                explain_other(status, kind, "Polar has a problem at the moment"));
  return fail(errc::polar_rejected_request,
              explain_other(status, kind, "Polar gave an answer that is not expected here"));
}

bool is_transient(errc code) {
  return code == errc::polar_unavailable || code == errc::polar_timeout;
}

} // namespace polar_flow::polar
