#define BOOST_TEST_DYN_LINK
#include "polar/requests.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <set>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;

namespace {

const date today = 2026y / November / 22;

using strings = std::vector<std::string>;

strings targets_of(const std::vector<planned_request>& requests) {
  strings targets;
  for (const auto& request : requests)
    targets.push_back(request.target);
  return targets;
}

std::vector<planned_request> plan_of(const reach& span, stream kind) {
  auto requests = plan_requests(span);
  std::erase_if(requests, [&](const planned_request& request) { return request.kind != kind; });
  return requests;
}

strings targets(const reach& span, stream kind) {
  return targets_of(plan_of(span, kind));
}

/// A ledger with these settled days.
stream_coverage ledger(stream kind, const std::vector<date_range>& settled) {
  stream_coverage coverage;
  coverage.kind = kind;
  coverage.settled = day_set{settled};
  return coverage;
}

/// Every day up to `last` of `kind` is settled.
reach settled_until(stream kind, date last, std::optional<std::int32_t> asked = {}) {
  return {.today = today, .known = {ledger(kind, {{today - days{1000}, last}})}, .days = asked};
}

/// The windows of a plan, which must be those of its targets.
std::vector<date_range> activity_windows(const reach& span, stream kind = stream::activity) {
  const std::string head = kind == stream::activity ? "/v3/users/activities?from="
                                                    : "/v3/users/activities/samples?from=";
  std::vector<date_range> windows;
  for (const auto& request : plan_of(span, kind)) {
    BOOST_REQUIRE(request.days.has_value());
    BOOST_TEST(request.target
               == head + format_date(request.days->first)
                      + "&to=" + format_date(request.days->last));
    windows.push_back(*request.days);
  }
  return windows;
}

/// Windows of at most 28 days that follow each other from `first` to `last`.
void check_windows(const std::vector<date_range>& windows, date first, date last) {
  BOOST_REQUIRE(!windows.empty());
  BOOST_TEST((windows.front().first == first), format_date(windows.front().first));
  BOOST_TEST((windows.back().last == last), format_date(windows.back().last));
  for (std::size_t i = 0; i < windows.size(); ++i) {
    BOOST_TEST((windows[i].last >= windows[i].first));
    BOOST_TEST((windows[i].last - windows[i].first + days{1} <= days{28}));
    if (i > 0)
      BOOST_TEST((windows[i].first == windows[i - 1].last + days{1}));
  }
}

const reach first_sync{.today = today, .known = {}, .days = {}};

std::optional<date_range> last_days(int count) {
  return date_range{today - days{count - 1}, today};
}

} // namespace

BOOST_AUTO_TEST_SUITE(request_plan)

// A sync that Polar's limits cut short goes on where it stopped.
BOOST_AUTO_TEST_CASE(what_was_fetched_longest_ago_comes_first) {
  const instant before{today};
  reach span{.today = today, .known = {}, .days = {}};
  for (const auto kind : fetched_streams()) {
    stream_coverage ledger;
    ledger.kind = kind;
    ledger.updated_at = before + std::chrono::hours{kind == stream::cardio_load ? 1 : 2};
    if (kind != stream::ecg)
      span.known.push_back(ledger);
  }
  const auto requests = plan_requests(span);
  BOOST_TEST((requests.at(0).kind == stream::ecg));
  BOOST_TEST((requests.at(1).kind == stream::cardio_load));
  BOOST_TEST((requests.at(2).kind == stream::sleep));
  BOOST_TEST((requests.back().kind == stream::physical_info));
}

BOOST_AUTO_TEST_CASE(streams_come_in_order_and_together) {
  const auto fetched = fetched_streams();
  BOOST_TEST(std::set<stream>(fetched.begin(), fetched.end()).size() == all_streams.size());
  std::vector<stream> planned;
  for (const auto& request : plan_requests(first_sync))
    if (planned.empty() || planned.back() != request.kind)
      planned.push_back(request.kind);
  // The heart rate waits until the others have told how far there is any.
  planned.push_back(stream::continuous_hr);
  BOOST_TEST((planned == fetched));
}

BOOST_AUTO_TEST_CASE(whole_lists_need_no_range) {
  const struct {
    stream kind;
    const char* target;
    std::optional<date_range> days;
  } rows[] = {
      {stream::sleep, "/v3/users/sleep", last_days(28)},
      {stream::recharge, "/v3/users/nightly-recharge", last_days(28)},
      {stream::exercises, "/v3/exercises", last_days(30)},
      {stream::sleepwise_alertness, "/v3/users/sleepwise/alertness", last_days(28)},
      {stream::sleepwise_bedtime, "/v3/users/sleepwise/circadian-bedtime", last_days(28)},
      {stream::spo2, "/v3/users/biosensing/spo2", last_days(28)},
      {stream::ecg, "/v3/users/biosensing/ecg", last_days(28)},
      {stream::body_temperature, "/v3/users/biosensing/bodytemperature", last_days(28)},
      {stream::skin_temperature, "/v3/users/biosensing/skintemperature", last_days(28)},
      {stream::physical_info, "/v3/users/physical-info", {}},
  };
  for (const auto& row : rows)
    for (const auto& span : {first_sync, settled_until(row.kind, today - days{3}),
                             settled_until(row.kind, today - days{3}, 365)})
      BOOST_TEST((plan_of(span, row.kind)
                  == std::vector<planned_request>{{row.kind, row.target, row.days}}),
                 row.target);
}

BOOST_AUTO_TEST_CASE(a_first_sync_covers_a_year_of_activity) {
  // 365 days with today, so 364 back: inside of Polar's limit on either side of the date line.
  for (const auto kind : {stream::activity, stream::activity_samples}) {
    const auto windows = activity_windows(first_sync, kind);
    check_windows(windows, 2025y / November / 23, today);
    BOOST_TEST(windows.size() == 14u);
    BOOST_TEST((today - windows.front().first <= days{365}));
  }
}

BOOST_AUTO_TEST_CASE(a_first_sync_reaches_the_same_whatever_was_asked_for) {
  for (const std::int32_t asked : {1, 9999})
    BOOST_TEST(
        (plan_requests({.today = today, .known = {}, .days = asked}) == plan_requests(first_sync)));
}

BOOST_AUTO_TEST_CASE(a_leap_day_is_a_day) {
  const date after_leap_day = 2028y / March / 1;
  const auto windows = activity_windows({.today = after_leap_day, .known = {}, .days = {}});
  // 2028-03-01 less 364 days; the year in between has 366.
  check_windows(windows, 2027y / March / 3, after_leap_day);
  check_windows(activity_windows({.today = after_leap_day,
                                  .known = {ledger(stream::activity,
                                                   {{2027y / January / 1, 2028y / February / 26}})},
                                  .days = {}}),
                2028y / February / 27, after_leap_day);
}

BOOST_AUTO_TEST_CASE(a_later_sync_covers_what_is_not_settled) {
  check_windows(activity_windows(settled_until(stream::activity, today - days{2})), today - days{1},
                today);
  check_windows(activity_windows(settled_until(stream::activity, today - days{101})),
                today - days{100}, today);
  check_windows(activity_windows(settled_until(stream::activity, today - days{5000})),
                today - days{364}, today);
}

BOOST_AUTO_TEST_CASE(a_gap_costs_no_window_of_its_own_when_one_reaches_it) {
  // Unsettled: ten days ago, and yesterday and today.
  const auto near =
      activity_windows({.today = today,
                        .known = {ledger(stream::activity, {{today - days{1000}, today - days{11}},
                                                            {today - days{9}, today - days{2}}})},
                        .days = {}});
  BOOST_TEST((near == std::vector<date_range>{{today - days{10}, today}}));
  // Forty days ago is too far from today for one window.
  const auto far =
      activity_windows({.today = today,
                        .known = {ledger(stream::activity, {{today - days{1000}, today - days{41}},
                                                            {today - days{39}, today - days{2}}})},
                        .days = {}});
  BOOST_TEST(
      (far
       == std::vector<date_range>{{today - days{40}, today - days{40}}, {today - days{1}, today}}));
  // 27 days apart is one window of 28, 28 days apart are two.
  for (const int apart : {27, 28})
    BOOST_TEST(activity_windows({.today = today,
                                 .known = {ledger(stream::activity,
                                                  {{today - days{1000}, today - days{apart + 1}},
                                                   {today - days{apart - 1}, today - days{1}}})},
                                 .days = {}})
                   .size()
               == (apart == 27 ? 1u : 2u));
}

BOOST_AUTO_TEST_CASE(days_asked_for_are_read_again) {
  const auto windows = [](std::int32_t asked) {
    return activity_windows(settled_until(stream::activity, today - days{2}, asked));
  };
  check_windows(windows(28), 2026y / October / 26, today);
  BOOST_TEST(windows(28).size() == 1u);
  BOOST_TEST(windows(29).size() == 2u);
  check_windows(windows(30), 2026y / October / 24, today);
  check_windows(windows(365), 2025y / November / 23, today);
  // Fewer than what may have changed.
  check_windows(windows(1), today - days{1}, today);
}

BOOST_AUTO_TEST_CASE(odd_arguments_still_make_a_plan) {
  for (const std::int32_t asked : {0, -5, std::numeric_limits<std::int32_t>::min(),
                                   std::numeric_limits<std::int32_t>::max()}) {
    const auto windows = activity_windows(settled_until(stream::activity, today - days{2}, asked));
    BOOST_TEST((windows.back().last == today));
    BOOST_TEST((windows.front().first >= today - days{364}));
  }
  // The user flew east over the date line: the ledger knows a day that is not here yet.
  BOOST_TEST(activity_windows(settled_until(stream::activity, today + days{1})).empty());
  BOOST_TEST((targets(settled_until(stream::cardio_load, today + days{1}), stream::cardio_load)
              == strings{"/v3/users/cardio-load"}));
}

BOOST_AUTO_TEST_CASE(cardio_load_reaches_as_far_as_it_must) {
  const auto load = [](const reach& span) {
    return plan_of(span, stream::cardio_load);
  };
  const auto planned = [](const std::string& rest, int count) {
    return std::vector<planned_request>{
        {stream::cardio_load, "/v3/users/cardio-load" + rest, last_days(count)}};
  };
  BOOST_TEST((load(first_sync) == planned("/period/days/180", 180)));
  // Settled a moment ago, up to the day before the list's first.
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{28})) == planned("", 28)));
  // A day later that first day has left the list and must be settled.
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{29}))
              == planned("/period/days/29", 29)));
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{400}))
              == planned("/period/days/180", 180)));
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{28}, 90))
              == planned("/period/days/90", 90)));
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{28}, 365))
              == planned("/period/days/180", 180)));
  BOOST_TEST((load(settled_until(stream::cardio_load, today - days{28}, 7)) == planned("", 28)));
}

BOOST_AUTO_TEST_CASE(no_target_is_planned_twice) {
  std::set<std::string> seen;
  for (const auto& request : plan_requests(first_sync))
    BOOST_TEST(seen.insert(request.target).second, request.target);
}

BOOST_AUTO_TEST_CASE(heart_rate_is_asked_for_by_day_up_to_what_the_watch_has_sent) {
  const auto requests = plan_heart_rate(first_sync, today - days{1});
  BOOST_REQUIRE(requests.size() == 27);
  // 27 days back is the oldest that Polar keeps.
  BOOST_TEST(
      (requests.front()
       == planned_request{stream::continuous_hr, "/v3/users/continuous-heart-rate/2026-10-26",
                          date_range{today - days{27}, today - days{27}}}));
  BOOST_TEST(requests.back().target == "/v3/users/continuous-heart-rate/2026-11-21");
  BOOST_TEST(plan_heart_rate(first_sync, today).size() == 28u);
  BOOST_TEST(plan_heart_rate(first_sync, today + days{3}).size() == 28u);
  BOOST_TEST((targets_of(plan_heart_rate(settled_until(stream::continuous_hr, today - days{3}),
                                         today - days{1}))
              == strings{"/v3/users/continuous-heart-rate/2026-11-20",
                         "/v3/users/continuous-heart-rate/2026-11-21"}));
}

BOOST_AUTO_TEST_CASE(heart_rate_that_is_about_to_be_lost_is_asked_for_in_any_case) {
  const strings last_chance{"/v3/users/continuous-heart-rate/2026-10-26",
                            "/v3/users/continuous-heart-rate/2026-10-27",
                            "/v3/users/continuous-heart-rate/2026-10-28"};
  BOOST_TEST((targets_of(plan_heart_rate(first_sync, {})) == last_chance));
  BOOST_TEST((targets_of(plan_heart_rate(first_sync, today - days{100})) == last_chance));
  BOOST_TEST(plan_heart_rate(settled_until(stream::continuous_hr, today - days{20}), {}).empty());
}

BOOST_AUTO_TEST_CASE(heart_rate_is_read_again_when_asked_for) {
  const auto span = settled_until(stream::continuous_hr, today - days{3}, 5);
  // Five days with today, of which the watch has sent none of the last one.
  BOOST_TEST(plan_heart_rate(span, today - days{1}).size() == 4u);
  BOOST_TEST(plan_heart_rate(span, {}).empty());
  // A wish for a year of days that are settled is granted for a week.
  auto long_span = span;
  long_span.days = 365;
  BOOST_TEST(plan_heart_rate(long_span, today).size() == 7u);
}

BOOST_AUTO_TEST_CASE(details_are_asked_for_by_encoded_id) {
  const date_range day{today, today};
  BOOST_TEST((plan_exercise_details("y8aKxj2J", day)
              == planned_request{stream::exercises,
                                 "/v3/exercises/y8aKxj2J?samples=true&zones=true&route=true", day,
                                 true}));
  BOOST_TEST(plan_exercise_details("a/b?c", {}).target
             == "/v3/exercises/a%2Fb%3Fc?samples=true&zones=true&route=true");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(requests)

BOOST_AUTO_TEST_CASE(a_request_carries_the_token_in_its_header_only) {
  polar_settings settings;
  settings.api_base_url = "https://www.polaraccesslink.com/";
  const auto request = make_request(settings, {stream::sleep, "/v3/users/sleep", {}}, "t0ken");
  BOOST_TEST(request.method == "GET");
  BOOST_TEST(request.url == "https://www.polaraccesslink.com/v3/users/sleep");
  BOOST_TEST((request.headers
              == std::vector<std::pair<std::string, std::string>>{{"Authorization", "Bearer t0ken"},
                                                                  {"Accept", "application/json"}}));
  BOOST_TEST(request.body.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(status_classes)

BOOST_AUTO_TEST_CASE(content_and_empty) {
  BOOST_TEST((classify_status(200, stream::sleep).value() == answer_kind::content));
  BOOST_TEST((classify_status(201, stream::sleep).value() == answer_kind::content));
  BOOST_TEST((classify_status(204, stream::sleep).value() == answer_kind::empty));
  BOOST_TEST((classify_status(404, stream::sleep).value() == answer_kind::empty));
}

BOOST_AUTO_TEST_CASE(errors_have_names_and_sentences) {
  const struct {
    int status;
    errc code;
    const char* beginning;
    bool is_transient;
  } rows[] = {
      {400, errc::polar_rejected_request, "API error 400 on cardio_load: ", false},
      {401, errc::needs_reauthorization, "401 Unauthorized on cardio_load: ", false},
      {403, errc::consent_missing, "403 Forbidden on cardio_load: ", false},
      {408, errc::polar_timeout, "API error 408 on cardio_load: ", true},
      {409, errc::polar_rejected_request, "API error 409 on cardio_load: ", false},
      {429, errc::polar_rate_limited, "429 Rate Limited on cardio_load: ", false},
      {500, errc::polar_unavailable, "API error 500 on cardio_load: ", true},
      {503, errc::polar_unavailable, "API error 503 on cardio_load: ", true},
      {599, errc::polar_unavailable, "API error 599 on cardio_load: ", true},
      {302, errc::polar_rejected_request, "API error 302 on cardio_load: ", false},
      {100, errc::polar_rejected_request, "API error 100 on cardio_load: ", false},
      {0, errc::polar_rejected_request, "API error 0 on cardio_load: ", false},
      {999, errc::polar_rejected_request, "API error 999 on cardio_load: ", false},
  };
  for (const auto& row : rows) {
    const auto answer = classify_status(row.status, stream::cardio_load);
    BOOST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == row.code), row.status);
    BOOST_TEST(answer.error().message.starts_with(row.beginning), answer.error().message);
    BOOST_TEST(answer.error().message.size() > std::string_view{row.beginning}.size());
    BOOST_TEST(is_transient(answer.error().code) == row.is_transient, row.status);
  }
}

BOOST_AUTO_TEST_CASE(only_what_may_pass_is_transient) {
  BOOST_TEST(is_transient(errc::polar_unavailable));
  BOOST_TEST(is_transient(errc::polar_timeout));
  for (const auto code : {errc::polar_unreadable, errc::polar_answer_too_large, errc::shutting_down,
                          errc::polar_rate_limited, errc::needs_reauthorization, errc::overloaded})
    BOOST_TEST(!is_transient(code));
}

BOOST_AUTO_TEST_SUITE_END()
