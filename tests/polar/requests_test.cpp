#define BOOST_TEST_DYN_LINK
#include "polar/requests.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::polar;
using namespace std::chrono;

namespace {

const date today = 2026y / November / 22;

std::vector<std::string> targets(const reach& span, stream kind) {
  std::vector<std::string> found;
  for (const auto& request : plan_requests(span))
    if (request.kind == kind)
      found.push_back(request.target);
  return found;
}

/// The ranges that the activity requests of a plan cover.
std::vector<date_range> activity_windows(const reach& span) {
  const std::string head = "/v3/users/activities?from=";
  std::vector<date_range> windows;
  for (const auto& target : targets(span, stream::activity)) {
    BOOST_REQUIRE(target.starts_with(head));
    BOOST_REQUIRE(target.substr(head.size() + 10, 4) == "&to=");
    windows.push_back({parse_date(target.substr(head.size(), 10)).value(),
                       parse_date(target.substr(head.size() + 14)).value()});
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

using strings = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(request_plan)

BOOST_AUTO_TEST_CASE(streams_come_in_order_and_together) {
  const std::vector<stream> expected{stream::sleep, stream::recharge, stream::activity,
                                     stream::exercises, stream::cardio_load};
  BOOST_TEST((fetched_streams() == expected));
  std::vector<stream> planned;
  for (const auto& request : plan_requests({.today = today, .last_synced_day = {}}))
    if (planned.empty() || planned.back() != request.kind)
      planned.push_back(request.kind);
  BOOST_TEST((planned == expected));
}

BOOST_AUTO_TEST_CASE(whole_lists_need_no_range) {
  for (const auto& span : {reach{.today = today, .last_synced_day = {}},
                           reach{.today = today, .last_synced_day = today}}) {
    BOOST_TEST((targets(span, stream::sleep) == strings{"/v3/users/sleep"}));
    BOOST_TEST((targets(span, stream::recharge) == strings{"/v3/users/nightly-recharge"}));
    BOOST_TEST((targets(span, stream::exercises) == strings{"/v3/exercises"}));
  }
}

BOOST_AUTO_TEST_CASE(a_first_sync_covers_a_year_of_activity) {
  // 365 days with today, so 364 back: inside of Polar's limit on either side of the date line.
  const auto windows = activity_windows({.today = today, .last_synced_day = {}});
  check_windows(windows, 2025y / November / 23, today);
  BOOST_TEST(windows.size() == 14u);
  BOOST_TEST((today - windows.front().first <= days{365}));
}

BOOST_AUTO_TEST_CASE(a_first_sync_reaches_the_same_whatever_was_asked_for) {
  BOOST_TEST((plan_requests({.today = today, .last_synced_day = {}, .days = 1})
              == plan_requests({.today = today, .last_synced_day = {}, .days = 9999})));
}

BOOST_AUTO_TEST_CASE(a_leap_day_is_a_day) {
  const date after_leap_day = 2028y / March / 1;
  const auto windows = activity_windows({.today = after_leap_day, .last_synced_day = {}});
  // 2028-03-01 less 364 days; the year in between has 366.
  check_windows(windows, 2027y / March / 3, after_leap_day);
  const auto later =
      activity_windows({.today = after_leap_day, .last_synced_day = after_leap_day, .days = 2});
  // Synced today: what changes reaches 3 days back, over the leap day.
  check_windows(later, 2028y / February / 27, after_leap_day);
}

BOOST_AUTO_TEST_CASE(a_later_sync_covers_the_days_asked_for) {
  check_windows(activity_windows({.today = today, .last_synced_day = today, .days = 28}),
                2026y / October / 26, today);
  BOOST_TEST(activity_windows({.today = today, .last_synced_day = today, .days = 28}).size() == 1u);
  BOOST_TEST(activity_windows({.today = today, .last_synced_day = today, .days = 29}).size() == 2u);
  check_windows(activity_windows({.today = today, .last_synced_day = today, .days = 30}),
                2026y / October / 24, today);
  check_windows(activity_windows({.today = today, .last_synced_day = today, .days = 365}),
                2025y / November / 23, today);
}

BOOST_AUTO_TEST_CASE(a_later_sync_reads_again_what_can_change) {
  check_windows(activity_windows({.today = today, .last_synced_day = today, .days = 1}),
                2026y / November / 19, today);
  check_windows(activity_windows({.today = today, .last_synced_day = today - days{1}, .days = 1}),
                2026y / November / 18, today);
}

BOOST_AUTO_TEST_CASE(a_later_sync_fills_the_gap) {
  check_windows(
      activity_windows({.today = today, .last_synced_day = today - days{100}, .days = 30}),
      today - days{103}, today);
  check_windows(
      activity_windows({.today = today, .last_synced_day = today - days{5000}, .days = 30}),
      today - days{364}, today);
}

BOOST_AUTO_TEST_CASE(odd_arguments_still_make_a_plan) {
  for (const std::int32_t asked : {0, -5, std::numeric_limits<std::int32_t>::min(),
                                   std::numeric_limits<std::int32_t>::max()}) {
    const auto windows =
        activity_windows({.today = today, .last_synced_day = today, .days = asked});
    BOOST_TEST((windows.back().last == today));
    BOOST_TEST((windows.front().first >= today - days{364}));
  }
  // The user flew east over the date line: the last sync was on a day that is not here yet.
  check_windows(activity_windows({.today = today, .last_synced_day = today + days{1}, .days = 1}),
                today - days{2}, today);
  check_windows(activity_windows({.today = today, .last_synced_day = today + days{9}, .days = 1}),
                today, today);
}

BOOST_AUTO_TEST_CASE(cardio_load_reaches_as_far_as_it_must) {
  const auto load = [](const reach& span) {
    return targets(span, stream::cardio_load);
  };
  BOOST_TEST((load({.today = today, .last_synced_day = {}})
              == strings{"/v3/users/cardio-load/period/days/180"}));
  BOOST_TEST(
      (load({.today = today, .last_synced_day = today}) == strings{"/v3/users/cardio-load"}));
  BOOST_TEST((load({.today = today, .last_synced_day = today - days{27}})
              == strings{"/v3/users/cardio-load"}));
  // 28 days missed and the 28 before, which may have changed meanwhile.
  BOOST_TEST((load({.today = today, .last_synced_day = today - days{28}})
              == strings{"/v3/users/cardio-load/period/days/56"}));
  BOOST_TEST((load({.today = today, .last_synced_day = today - days{400}})
              == strings{"/v3/users/cardio-load/period/days/180"}));
  BOOST_TEST((load({.today = today, .last_synced_day = today, .days = 90})
              == strings{"/v3/users/cardio-load/period/days/90"}));
  BOOST_TEST((load({.today = today, .last_synced_day = today, .days = 365})
              == strings{"/v3/users/cardio-load/period/days/180"}));
}

BOOST_AUTO_TEST_CASE(no_target_is_planned_twice) {
  std::set<std::string> seen;
  for (const auto& request : plan_requests({.today = today, .last_synced_day = {}}))
    BOOST_TEST(seen.insert(request.target).second, request.target);
}

BOOST_AUTO_TEST_CASE(a_request_carries_the_token_in_its_header_only) {
  polar_settings settings;
  settings.api_base_url = "https://www.polaraccesslink.com/";
  const auto request = make_request(settings, {stream::sleep, "/v3/users/sleep"}, "t0ken");
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
