#define BOOST_TEST_DYN_LINK
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

constexpr date today = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

} // namespace

BOOST_FIXTURE_TEST_SUITE(user_reading, testing::user_fixture)

BOOST_AUTO_TEST_CASE(an_unknown_user_is_named_so) {
  const auto answer = insights_of(user_id{"9"});
  BOOST_REQUIRE(!answer);
  BOOST_TEST((answer.error().code == errc::unknown_user));
  const auto list = get<list_answer>(region(), get_list{user_id{"9"}, list_kind::sleep, 7, {}});
  BOOST_TEST((list.error().code == errc::unknown_user));
}

BOOST_AUTO_TEST_CASE(reads_come_from_memory) {
  const auto first = insights_of(id);
  BOOST_REQUIRE(first);
  BOOST_REQUIRE(first->value);
  BOOST_TEST((first->version == data_version{5, today}));
  BOOST_TEST((first->value->generated_at == clock->now()));
  advance(10s);
  const auto second = insights_of(id);
  BOOST_TEST((second->value == first->value));
  const auto baselines = get<baselines_answer>(region(), get_baselines{id, {}});
  BOOST_REQUIRE(baselines);
  BOOST_TEST(baselines->value->size() == 5u);
  BOOST_TEST(data->calls["load_analytics_input"] == 1);
  BOOST_TEST(data->calls["find_user"] == 1);
}

BOOST_AUTO_TEST_CASE(who_has_the_version_gets_no_value) {
  const data_version current{5, today};
  BOOST_TEST(!insights_of(id, current)->value);
  BOOST_TEST((insights_of(id, current)->version == current));
  BOOST_TEST(insights_of(id, data_version{4, today})->value);
  BOOST_TEST(insights_of(id, data_version{5, today - std::chrono::days{1}})->value);
  BOOST_TEST(!get<baselines_answer>(region(), get_baselines{id, current})->value);
  BOOST_TEST(!get<list_answer>(region(), get_list{id, list_kind::sleep, 7, current})->rows);
  BOOST_TEST(data->lists.empty());
}

BOOST_AUTO_TEST_CASE(a_new_day_is_computed_without_the_database) {
  const auto before = insights_of(id);
  clock->value += 24h;
  const auto after = insights_of(id, before->version);
  BOOST_REQUIRE(after);
  BOOST_TEST((after->version == data_version{5, today + std::chrono::days{1}}));
  BOOST_REQUIRE(after->value);
  BOOST_TEST((after->value->generated_at == clock->now()));
  BOOST_TEST(data->calls["load_analytics_input"] == 1);
}

BOOST_AUTO_TEST_CASE(the_day_is_the_users_own) {
  // 08:00 UTC is still the day before at UTC−9.
  data->inputs[id].utc_offset_minutes = -9 * 60;
  BOOST_TEST((insights_of(id)->version.local_day == today - std::chrono::days{1}));
  const auto list = get<list_answer>(region(), get_list{id, list_kind::activity, 7, {}});
  BOOST_REQUIRE(list);
  BOOST_REQUIRE(data->lists.size() == 1u);
  // Seven days that end on the local today, both ends counted.
  BOOST_TEST((data->lists.front().days
              == date_range{today - std::chrono::days{7}, today - std::chrono::days{1}}));
}

BOOST_AUTO_TEST_CASE(lists_come_with_the_version) {
  const auto list = get<list_answer>(region(), get_list{id, list_kind::sleep, 1, {}});
  BOOST_REQUIRE(list);
  BOOST_TEST((list->version == data_version{5, today}));
  BOOST_REQUIRE(list->rows);
  BOOST_TEST((data->lists.front().days == date_range{today, today}));
  data->failures["load_list"] = {{errc::storage_unavailable, "gone"}};
  const auto failed = get<list_answer>(region(), get_list{id, list_kind::sleep, 1, {}});
  BOOST_TEST((failed.error().code == errc::storage_unavailable));
}

BOOST_AUTO_TEST_CASE(one_record_costs_one_query) {
  const detail_key key{today};
  const auto found = get<detail_answer>(region(), get_detail{id, detail_kind::night, key});
  BOOST_REQUIRE(found);
  BOOST_TEST(found->detail != nullptr);
  BOOST_REQUIRE(data->details.size() == 1u);
  BOOST_TEST((data->details.front().user == id));
  BOOST_TEST((data->details.front().kind == detail_kind::night));
  BOOST_TEST((data->details.front().key == key));
  data->failures["load_detail"] = {{errc::storage_unavailable, "gone"}};
  const auto failed = get<detail_answer>(region(), get_detail{id, detail_kind::night, key});
  BOOST_TEST((failed.error().code == errc::storage_unavailable));
  const auto absent =
      get<detail_answer>(region(), get_detail{user_id{"9"}, detail_kind::night, key});
  BOOST_TEST((absent.error().code == errc::unknown_user));
}

BOOST_AUTO_TEST_CASE(a_read_is_noted_once_an_hour) {
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(data->calls["note_read"] == 1);
  clock->value += 59min;
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(data->calls["note_read"] == 1);
  clock->value += 1min;
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST(data->calls["note_read"] == 2);
}

BOOST_AUTO_TEST_CASE(a_failed_note_spoils_no_answer) {
  data->failures["note_read"] = {{errc::storage_failed, "no"}};
  BOOST_TEST(insights_of(id).has_value());
}

BOOST_AUTO_TEST_CASE(a_failing_activation_names_the_reason_and_is_tried_again) {
  data->failures["find_user"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST((insights_of(id).error().code == errc::storage_unavailable));
  run();
  BOOST_TEST(insights_of(id).has_value());
}

// Whoever reads keeps the user's actor alive, and with it the claim that it was given.
BOOST_AUTO_TEST_CASE(a_new_token_can_be_stored_after_the_shards_were_taken_again) {
  BOOST_TEST(insights_of(id).has_value());
  data->epoch = 2;
  BOOST_REQUIRE(get<done>(node->actors()->lease, take_all_shards{"node", clock->now()}));
  const connect_user command{id, "sealed", clock->now() + 24h};
  BOOST_TEST((get<user_record>(region(), command).error().code == errc::stale_epoch));
  BOOST_TEST(get<user_record>(region(), command).has_value());
}

BOOST_AUTO_TEST_CASE(a_read_is_noted_after_the_shards_were_taken_again) {
  BOOST_TEST(insights_of(id).has_value());
  data->epoch = 2;
  BOOST_REQUIRE(get<done>(node->actors()->lease, take_all_shards{"node", clock->now()}));
  clock->value += 1h;
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST((row().last_read_at == testing::test_start));
  clock->value += 1h;
  BOOST_TEST(insights_of(id).has_value());
  BOOST_TEST((row().last_read_at == clock->now()));
}

BOOST_AUTO_TEST_CASE(connecting_creates_the_user) {
  const user_id fresh{"2002"};
  const auto stored = get<user_record>(region(), connect_user{fresh, "sealed", clock->now() + 24h});
  BOOST_REQUIRE(stored);
  BOOST_TEST(stored->has_token);
  BOOST_TEST(data->tokens[fresh] == "sealed");
  BOOST_TEST(insights_of(fresh).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
