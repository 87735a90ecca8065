#define BOOST_TEST_DYN_LINK
#include "actors/user.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

const std::string grant_path = "/v3/users/1001";

struct history_fixture : testing::user_fixture {
  result<events_answer> events(std::optional<std::uint64_t> after,
                               std::chrono::milliseconds patience = 0ms) {
    const auto place = ask<events_answer>(region(), await_events{id, after, patience});
    advance(1s);
    return *place ? **place : fail(errc::internal, "no answer yet");
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(user_history, history_fixture)

BOOST_AUTO_TEST_CASE(coverage_judges_every_day_of_every_stream) {
  transport->answer(testing::sleep_path, 200, testing::one_night);
  BOOST_REQUIRE(get<sync_started>(region(), manual()));
  const auto night = *parse_date("2026-11-21");
  data->present[stream::sleep] = day_set{{{night, night}}};
  const auto answer = get<coverage_answer>(region(), get_coverage{id, 7});
  BOOST_REQUIRE(answer);
  const auto& report = *answer->report;
  // Physical information has no days.
  BOOST_TEST(report.streams.size() == all_streams.size() - 1);
  for (const auto& [kind, days] : report.streams)
    BOOST_TEST(days.size() == 7u);
  const auto& [kind, nights] = report.streams.front();
  BOOST_TEST((kind == stream::sleep));
  BOOST_TEST((nights.back().day == report.today));
  BOOST_TEST((nights.at(5).state == coverage_state::partial));
  BOOST_TEST((nights.at(0).state == coverage_state::missing));
}

BOOST_AUTO_TEST_CASE(coverage_of_nobody) {
  const auto answer = get<coverage_answer>(region(), get_coverage{user_id{"2002"}, 7});
  BOOST_TEST((answer.error().code == errc::unknown_user));
}

BOOST_AUTO_TEST_CASE(the_state_shows_the_running_sync_and_then_its_end) {
  const auto before = get<sync_state_answer>(region(), get_sync_state{id});
  BOOST_REQUIRE(before);
  BOOST_TEST(before->last == nullptr);
  const auto job = start_hanging_sync();
  const auto during = get<sync_state_answer>(region(), get_sync_state{id});
  BOOST_REQUIRE(during->last);
  BOOST_TEST((during->last->job == job));
  BOOST_TEST((during->last->status == sync_status::started));
  let_it_finish();
  const auto after = get<sync_state_answer>(region(), get_sync_state{id});
  BOOST_TEST((after->last->status == sync_status::success));
  BOOST_TEST((after->record.last_synced_at == clock->now()));
  const auto logs = get<sync_report_list>(region(), get_sync_logs{id, 5});
  BOOST_REQUIRE(logs->reports->size() == 1u);
  BOOST_TEST((logs->reports->front().job == job));
}

BOOST_AUTO_TEST_CASE(events_tell_a_sync_from_its_start_to_its_end) {
  transport->answer(testing::sleep_path, 200, testing::one_night);
  BOOST_REQUIRE(get<sync_started>(region(), manual()));
  const auto answer = events(std::nullopt);
  BOOST_REQUIRE(answer);
  const auto& all = answer->events;
  BOOST_REQUIRE(all.size() > 3u);
  BOOST_TEST((all.front().what == sync_event::kind::sync_started));
  BOOST_TEST((all.back().what == sync_event::kind::sync_ended));
  BOOST_TEST((all.back().status == sync_status::success));
  BOOST_TEST(all.back().records == 1);
  BOOST_TEST(all.back().number == answer->last_number);
  std::set<stream> started;
  std::set<stream> ended;
  for (const auto& event : all) {
    if (event.what == sync_event::kind::stream_started)
      BOOST_TEST(started.insert(*event.of).second);
    if (event.what == sync_event::kind::stream_ended) {
      BOOST_TEST(started.contains(*event.of));
      ended.insert(*event.of);
    }
  }
  BOOST_TEST(ended.size() == polar::fetched_streams().size());
  // A second client that saw half of it gets the other half.
  const auto rest = events(all.size() / 2);
  BOOST_TEST(rest->events.size() == all.size() - all.size() / 2);
}

BOOST_AUTO_TEST_CASE(waiting_ends_with_the_next_event_or_with_patience) {
  const auto waiting = ask<events_answer>(region(), await_events{id, 0, 60s});
  BOOST_TEST(!waiting->has_value());
  start_hanging_sync();
  BOOST_REQUIRE(waiting->has_value());
  BOOST_REQUIRE((*waiting)->has_value());
  BOOST_TEST(((*waiting)->value().events.front().what == sync_event::kind::sync_started));
  const auto newest = events(std::nullopt)->last_number;
  const auto patient = ask<events_answer>(region(), await_events{id, newest, 2s});
  advance(1s);
  BOOST_TEST(!patient->has_value());
  advance(2s);
  BOOST_REQUIRE(patient->has_value());
  BOOST_TEST((*patient)->value().events.empty());
  BOOST_TEST((*patient)->value().last_number == newest);
}

BOOST_AUTO_TEST_CASE(disconnecting_ends_the_grant_and_then_forgets_the_token) {
  transport->answer(grant_path, 204);
  const auto stored = get<user_record>(region(), disconnect_user{id});
  BOOST_REQUIRE(stored);
  BOOST_TEST((stored->state == connection_state::disconnected));
  BOOST_TEST(data->tokens.empty());
  BOOST_REQUIRE(transport->sent.size() == 1u);
  BOOST_TEST(transport->sent.front().method == "DELETE");
  // A second time there is nothing to end.
  BOOST_TEST(get<user_record>(region(), disconnect_user{id}).has_value());
  BOOST_TEST(transport->sent.size() == 1u);
  BOOST_TEST(insights_of(id).has_value());
}

BOOST_AUTO_TEST_CASE(who_comes_back_while_the_grant_ends_stays_connected) {
  transport->hanging.insert(grant_path);
  const auto leaving = ask<user_record>(region(), disconnect_user{id});
  const auto leaving_again = ask<user_record>(region(), disconnect_user{id});
  const auto back = ask<user_record>(region(), connect_user{id, "new token", clock->now() + 24h});
  trigger_sync scheduled;
  scheduled.user = id;
  BOOST_TEST((get<sync_started>(region(), scheduled).error().code == errc::no_polar_token));
  BOOST_TEST(!back->has_value());
  // Polar never answers, so the old token stays until the new one takes its place.
  advance(5min);
  BOOST_REQUIRE(leaving->has_value());
  BOOST_TEST(!(*leaving)->has_value());
  BOOST_REQUIRE(leaving_again->has_value());
  BOOST_REQUIRE(back->has_value());
  BOOST_TEST((*back)->has_value());
  BOOST_TEST(data->tokens.at(id) == "new token");
  BOOST_TEST(transport->sent.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_grant_that_cannot_be_ended_keeps_its_token) {
  transport->answer(grant_path, 503);
  const auto refused = get<user_record>(region(), disconnect_user{id});
  BOOST_TEST((refused.error().code == errc::polar_unavailable));
  BOOST_TEST(data->tokens.size() == 1u);
  // A token that Polar has forgotten is as good as ended.
  transport->answers[grant_path] = {polar::http_response{401, {}, {}}};
  BOOST_TEST(get<user_record>(region(), disconnect_user{id}).has_value());
  BOOST_TEST(data->tokens.empty());
}

BOOST_AUTO_TEST_CASE(erasing_ends_the_grant_and_leaves_nothing) {
  transport->answer(grant_path, 204);
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(get<done>(region(), erase_user{id}).has_value());
  BOOST_TEST(data->users.empty());
  BOOST_TEST(data->tokens.empty());
  BOOST_REQUIRE(transport->sent.size() == 1u);
  BOOST_TEST(transport->sent.front().method == "DELETE");
  BOOST_TEST((insights_of(id).error().code == errc::unknown_user));
  BOOST_TEST((get<done>(region(), erase_user{id}).error().code == errc::unknown_user));
  // Who connects again is new.
  BOOST_TEST(get<user_record>(region(), connect_user{id, "token", clock->now() + 24h}).has_value());
  BOOST_TEST(insights_of(id).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_is_erased_while_polar_keeps_the_grant) {
  transport->answer(grant_path, 503);
  BOOST_TEST((get<done>(region(), erase_user{id}).error().code == errc::polar_unavailable));
  BOOST_TEST(data->users.size() == 1u);
  BOOST_TEST(data->tokens.size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_comes_back_while_being_erased_is_new) {
  transport->hanging.insert(grant_path);
  const auto leaving = ask<done>(region(), erase_user{id});
  const auto back = ask<user_record>(region(), connect_user{id, "new token", clock->now() + 24h});
  BOOST_TEST(!back->has_value());
  let_it_finish(204);
  BOOST_REQUIRE((leaving->has_value() && (*leaving)->has_value()));
  BOOST_REQUIRE((back->has_value() && (*back)->has_value()));
  BOOST_TEST(data->tokens.at(id) == "new token");
  BOOST_TEST(data->calls["erase_rows"] == 1);
}

BOOST_AUTO_TEST_CASE(a_user_can_leave_after_the_shards_were_taken_again) {
  transport->answer(grant_path, 204);
  BOOST_TEST(get<sync_state_answer>(region(), get_sync_state{id}).has_value());
  data->epoch = 2;
  BOOST_REQUIRE(get<done>(node->actors()->lease, take_all_shards{"node", clock->now()}));
  const auto refused = get<user_record>(region(), disconnect_user{id});
  BOOST_TEST((refused.error().code == errc::stale_epoch));
  BOOST_TEST(get<user_record>(region(), disconnect_user{id}).has_value());
  BOOST_TEST(data->tokens.empty());
}

BOOST_AUTO_TEST_CASE(a_running_sync_is_not_disconnected) {
  const auto job = start_hanging_sync();
  const auto refused = get<user_record>(region(), disconnect_user{id});
  BOOST_TEST((refused.error() == error{errc::sync_in_progress, job.value}));
}

BOOST_AUTO_TEST_SUITE_END()
