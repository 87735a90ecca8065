#include "polar/requests.hpp"

#include "polar/endpoint.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace polar_flow::polar {

namespace {

using std::chrono::days;

/// Days of one window of a range, both ends counted; Polar refuses more.
constexpr days window_days{28};

/// Polar refuses an activity day more than 365 days back. Counting today this is that many days,
/// and a day less than allowed: whose "today" Polar counts from is not known, and one 400 would
/// cost a whole window.
constexpr days activity_days_max{365};

/// Activity of the last days still changes when a watch is synchronised late.
constexpr days activity_days_that_change{3};

/// What `/v3/users/cardio-load` gives by itself.
constexpr days cardio_load_list_days{28};

/// `/v3/users/cardio-load/period/days/{n}` takes 1 to 180.
constexpr days cardio_load_days_max{180};

/// "The last month" as an unset look-back says it. For the cardio load its list is good enough
/// for that.
constexpr days days_of_a_month{30};

std::vector<std::string> only(std::string target) {
  return {std::move(target)};
}

std::vector<std::string> plan_sleep(const reach&) {
  return only("/v3/users/sleep");
}

std::vector<std::string> plan_recharge(const reach&) {
  return only("/v3/users/nightly-recharge");
}

std::vector<std::string> plan_exercises(const reach&) {
  return only("/v3/exercises");
}

/// The first of the days to ask for: all of them on a first sync; later what was asked for and
/// what may have changed since the last sync.
date first_activity_day(const reach& span) {
  const auto earliest = span.today - activity_days_max + days{1};
  if (!span.last_synced_day)
    return earliest;
  const auto asked = span.today - std::clamp(days{span.days}, days{1}, activity_days_max) + days{1};
  const auto changed = *span.last_synced_day - activity_days_that_change;
  return std::max(earliest, std::min(asked, changed));
}

std::vector<std::string> plan_activity(const reach& span) {
  std::vector<std::string> targets;
  for (auto from = first_activity_day(span); from <= span.today; from += window_days) {
    const auto to = std::min(from + window_days - days{1}, span.today);
    targets.push_back("/v3/users/activities?from=" + format_date(from) + "&to=" + format_date(to));
  }
  return targets;
}

/// Past days change when a training session arrives late, so every sync reads again what lies
/// within the list's reach of the last one.
std::vector<std::string> plan_cardio_load(const reach& span) {
  constexpr std::string_view list = "/v3/users/cardio-load";
  auto wanted = cardio_load_days_max;
  if (span.last_synced_day) {
    const auto missed = std::max(days{0}, span.today - *span.last_synced_day);
    const days asked{span.days};
    wanted = std::max(missed < cardio_load_list_days ? days{0} : missed + cardio_load_list_days,
                      asked > days_of_a_month ? asked : days{0});
  }
  if (wanted == days{0})
    return only(std::string{list});
  return only(std::string{list} + "/period/days/"
              + std::to_string(std::min(wanted, cardio_load_days_max).count()));
}

/// One row per stream that is fetched, in the order of fetching.
struct resource {
  stream kind{};
  std::vector<std::string> (*plan)(const reach& span) = nullptr;
};

constexpr std::array resources{
    resource{stream::sleep, plan_sleep},
    resource{stream::recharge, plan_recharge},
    resource{stream::activity, plan_activity},
    resource{stream::exercises, plan_exercises},
    resource{stream::cardio_load, plan_cardio_load},
};

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
  std::vector<stream> kinds;
  for (const auto& resource : resources)
    kinds.push_back(resource.kind);
  return kinds;
}

std::vector<planned_request> plan_requests(const reach& span) {
  std::vector<planned_request> requests;
  for (const auto& resource : resources)
    for (auto& target : resource.plan(span))
      requests.push_back({resource.kind, std::move(target)});
  return requests;
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
                              "Polar refused the request as malformed or out of "
                              "range. This is a defect of this server"));
  case 401:
    return fail(errc::needs_reauthorization, explain(status, kind, "Unauthorized",
                                                     "the access token is invalid or was revoked. "
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
