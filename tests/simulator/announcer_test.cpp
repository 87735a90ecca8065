#define BOOST_TEST_DYN_LINK
#include "simulator/announcer.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const date start{std::chrono::year{2026} / 6 / 1};

std::map<std::string, int> count_events(const std::vector<dated_announcement>& list) {
  std::map<std::string, int> counts;
  for (const auto& each : list)
    ++counts[each.news.event];
  return counts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(announcements)

BOOST_AUTO_TEST_CASE(stretches_of_time_join_without_gap_or_overlap) {
  const auto who = make_athlete(3, first_athlete_id);
  const auto whole = announcements_within(who, start - days{100}, start, start + days{14});
  std::vector<dated_announcement> parts;
  for (instant from = start; from < start + days{14}; from += 7h) {
    for (auto& each : announcements_within(who, start - days{100}, from,
                                           std::min<instant>(from + 7h, start + days{14})))
      parts.push_back(each);
  }
  BOOST_REQUIRE(parts.size() == whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    BOOST_TEST((parts[i].visible == whole[i].visible));
    BOOST_TEST(parts[i].news.event == whole[i].news.event);
    BOOST_TEST((parts[i].news.days == whole[i].news.days));
    BOOST_TEST(parts[i].news.exercise_id == whole[i].news.exercise_id);
  }
}

BOOST_AUTO_TEST_CASE(every_kind_of_news_occurs) {
  const auto who = make_athlete(3, first_athlete_id);
  const auto counts =
      count_events(announcements_within(who, start - days{100}, start, start + days{56}));
  for (const auto name : webhook_event_names)
    BOOST_TEST(counts.contains(std::string{name}));
  // Two months have some 56 nights, of which a few are missing.
  BOOST_TEST(counts.at("SLEEP") > 44);
  BOOST_TEST(counts.at("SLEEP") <= 57);
  BOOST_TEST(counts.at("SLEEP") == counts.at("SLEEP_WISE_ALERTNESS"));
}

BOOST_AUTO_TEST_CASE(a_look_tells_what_is_new_and_nothing_old) {
  options settings;
  settings.sends_events = true;
  talk polar{settings};
  polar.connect();
  polar.create_webhook();
  polar.calls.clear();
  polar.polar.look();
  BOOST_TEST(polar.deliver() == 0);
  // A look every five minutes for three days tells each night once, when it can be read.
  std::map<std::string, int> nights;
  const auto token = polar.authorize(10000001);
  for (int i = 0; i < 3 * 288; ++i) {
    polar.clock->time += 5min;
    polar.polar.look();
    polar.deliver();
    for (const auto& call : polar.calls) {
      const auto body = boost::json::parse(call.body);
      if (body.at("event") != "SLEEP")
        continue;
      const std::string day{body.at("date").as_string()};
      ++nights[day];
      BOOST_TEST(polar.get("/v3/users/sleep/" + day, token).status == 200);
    }
    polar.calls.clear();
  }
  std::map<std::string, int> expected;
  for (const char* day : {"2026-06-18", "2026-06-19", "2026-06-20"}) {
    if (polar.get(std::string{"/v3/users/sleep/"} + day, token).status == 200)
      expected[day] = 1;
  }
  BOOST_TEST((nights == expected));
  BOOST_TEST(expected.size() >= 1U);
}

BOOST_AUTO_TEST_CASE(only_wanted_events_of_registered_athletes_are_sent) {
  options settings;
  settings.sends_events = true;
  settings.athletes = 2;
  talk polar{settings};
  polar.connect(10000002);
  polar.as_client("POST", "/v3/webhooks",
                  {{"events", {"ACTIVITY_SUMMARY"}}, {"url", "http://localhost/a"}});
  polar.polar.look();
  polar.calls.clear();
  polar.clock->time += days{3};
  polar.polar.look();
  BOOST_TEST(polar.deliver() > 0);
  for (const auto& call : polar.calls) {
    const auto body = boost::json::parse(call.body);
    BOOST_TEST(body.at("event") == "ACTIVITY_SUMMARY");
    BOOST_TEST(body.at("user_id").as_int64() == 10000002);
  }
}

BOOST_AUTO_TEST_CASE(who_leaves_and_comes_back_gets_nothing_twice) {
  announcer news;
  const auto who = make_athlete(3, first_athlete_id);
  const auto person = [&](std::int64_t) -> const athlete& {
    return who;
  };
  std::map<std::int64_t, registration> registered{{first_athlete_id, {"a", start}}};
  const date first_day = start - days{100};
  std::size_t told = 0;
  for (instant now = start; now <= start + 48h; now += 1h) {
    if (now == start + 13h)
      news.look({}, person, first_day, now - 30min);
    told += news.look(registered, person, first_day, now).size();
  }
  // What became visible in the half hour of absence is lost, as it is at Polar.
  const auto all = announcements_within(who, first_day, start, start + 48h);
  const auto missed = announcements_within(who, first_day, start + 12h, start + 13h);
  BOOST_TEST(told == all.size() - missed.size());
}

BOOST_AUTO_TEST_CASE(without_the_option_nothing_is_sent) {
  talk polar;
  polar.connect();
  polar.create_webhook();
  polar.polar.look();
  polar.clock->time += days{2};
  polar.polar.look();
  BOOST_TEST(polar.deliver() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
