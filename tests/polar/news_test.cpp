#define BOOST_TEST_DYN_LINK
#include "polar/requests.hpp"

#include <boost/test/unit_test.hpp>

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

std::optional<date_range> last_days(int count) {
  return date_range{today - days{count - 1}, today};
}

} // namespace

BOOST_AUTO_TEST_SUITE(news_plan)

BOOST_AUTO_TEST_CASE(a_sleep_brings_what_is_measured_in_it) {
  const date_range night{today - days{1}, today - days{1}};
  const date_range night_and_evening{today - days{2}, today - days{1}};
  const std::string range = "?from=2026-11-20&to=2026-11-21";
  const std::vector<planned_request> expected{
      {stream::sleep, "/v3/users/sleep/2026-11-21", night},
      {stream::recharge, "/v3/users/nightly-recharge/2026-11-21", night},
      {stream::skin_temperature, "/v3/users/biosensing/skintemperature" + range, night_and_evening},
      {stream::body_temperature, "/v3/users/biosensing/bodytemperature" + range, night_and_evening},
      {stream::spo2, "/v3/users/biosensing/spo2" + range, night_and_evening},
      {stream::ecg, "/v3/users/biosensing/ecg" + range, night_and_evening}};
  BOOST_TEST((plan_news({stream::sleep, night, {}}, today) == expected));
}

BOOST_AUTO_TEST_CASE(an_old_night_is_asked_for_without_what_polar_has_forgotten) {
  const date oldest = today - days{27};
  BOOST_TEST((targets_of(plan_news({stream::sleep, date_range{oldest, oldest}, {}}, today))
              == strings{"/v3/users/sleep/2026-10-26", "/v3/users/nightly-recharge/2026-10-26",
                         "/v3/users/biosensing/skintemperature?from=2026-10-26&to=2026-10-26",
                         "/v3/users/biosensing/bodytemperature?from=2026-10-26&to=2026-10-26",
                         "/v3/users/biosensing/spo2?from=2026-10-26&to=2026-10-26",
                         "/v3/users/biosensing/ecg?from=2026-10-26&to=2026-10-26"}));
  const date older = today - days{28};
  BOOST_TEST((targets_of(plan_news({stream::sleep, date_range{older, older}, {}}, today))
              == strings{"/v3/users/sleep/2026-10-25"}));
}

BOOST_AUTO_TEST_CASE(an_exercise_brings_its_details_and_the_cardio_load) {
  const std::vector<planned_request> expected{
      {stream::exercises, "/v3/exercises/aQlC83?samples=true&zones=true&route=true", {}, true},
      {stream::cardio_load, "/v3/users/cardio-load", last_days(28)}};
  BOOST_TEST((plan_news({stream::exercises, {}, "aQlC83"}, today) == expected));
  BOOST_TEST((targets_of(plan_news({stream::exercises, {}, {}}, today))
              == strings{"/v3/exercises", "/v3/users/cardio-load"}));
}

BOOST_AUTO_TEST_CASE(a_day_is_asked_for_alone) {
  const date_range day{today, today};
  BOOST_TEST(
      (targets_of(plan_news({stream::activity, day, {}}, today))
       == strings{"/v3/users/activities/2026-11-22", "/v3/users/activities/samples/2026-11-22"}));
  BOOST_TEST((plan_news({stream::continuous_hr, day, {}}, today)
              == std::vector<planned_request>{
                  {stream::continuous_hr, "/v3/users/continuous-heart-rate/2026-11-22", day}}));
  BOOST_TEST(
      (plan_news({stream::physical_info, {}, {}}, today)
       == std::vector<planned_request>{{stream::physical_info, "/v3/users/physical-info", {}}}));
}

BOOST_AUTO_TEST_CASE(a_period_is_one_window_and_its_future_is_not_in_the_ledger) {
  const auto plan = [](stream kind, date first, date last) {
    return plan_news({kind, date_range{first, last}, {}}, today);
  };
  BOOST_TEST((plan(stream::sleepwise_alertness, today - days{2}, today + days{1})
              == std::vector<planned_request>{
                  {stream::sleepwise_alertness,
                   "/v3/users/sleepwise/alertness/date?from=2026-11-20&to=2026-11-23",
                   date_range{today - days{2}, today}}}));
  BOOST_TEST((plan(stream::sleepwise_bedtime, today + days{1}, today + days{2})
              == std::vector<planned_request>{
                  {stream::sleepwise_bedtime,
                   "/v3/users/sleepwise/circadian-bedtime/date?from=2026-11-23&to=2026-11-24",
                   {}}}));
  // The newest 28 days of more.
  BOOST_TEST((targets_of(plan(stream::sleepwise_alertness, today - days{999}, today))
              == strings{"/v3/users/sleepwise/alertness/date?from=2026-10-26&to=2026-11-22"}));
  BOOST_TEST(plan(stream::continuous_hr, today - days{999}, today).size() == 28u);
}

BOOST_AUTO_TEST_CASE(news_without_days_stand_for_the_newest) {
  BOOST_TEST(
      (targets_of(plan_news({stream::sleep, {}, {}}, today))
       == strings{"/v3/users/sleep", "/v3/users/nightly-recharge",
                  "/v3/users/biosensing/skintemperature", "/v3/users/biosensing/bodytemperature",
                  "/v3/users/biosensing/spo2", "/v3/users/biosensing/ecg"}));
  BOOST_TEST((targets_of(plan_news({stream::continuous_hr, {}, {}}, today))
              == strings{"/v3/users/continuous-heart-rate/2026-11-21",
                         "/v3/users/continuous-heart-rate/2026-11-22"}));
  BOOST_TEST((plan_news({stream::activity, {}, {}}, today)
              == std::vector<planned_request>{
                  {stream::activity, "/v3/users/activities", last_days(28)},
                  {stream::activity_samples, "/v3/users/activities/samples", last_days(28)}}));
}

BOOST_AUTO_TEST_CASE(every_stream_can_be_news) {
  for (const auto kind : all_streams)
    for (const auto& days : {std::optional<date_range>{}, last_days(1), last_days(3)})
      BOOST_TEST(!plan_news({kind, days, {}}, today).empty(), to_string(kind));
}

BOOST_AUTO_TEST_SUITE_END()
