// Goal: shards never change, user ids are what the contract allows, names are those of the
// database.
#define BOOST_TEST_DYN_LINK
#include "domain/sync.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

BOOST_AUTO_TEST_SUITE(sync_values)

using namespace polar_flow;

BOOST_AUTO_TEST_CASE(shards_are_stable) {
  // FNV-1a 64 of "", "a" and "foobar" as its authors publish them: cbf29ce484222325,
  // af63dc4c8601ec8c, 85944171f73967e8; the shard is the last byte.
  BOOST_TEST(shard_of(user_id{""}) == 0x25);
  BOOST_TEST(shard_of(user_id{"a"}) == 0x8c);
  BOOST_TEST(shard_of(user_id{"foobar"}) == 0xe8);
}

BOOST_AUTO_TEST_CASE(shards_are_even) {
  std::array<int, shard_count> users{};
  for (int i = 0; i < 25'600; ++i)
    ++users.at(static_cast<std::size_t>(shard_of(user_id{std::to_string(1'000'000 + i)})));
  // 100 are expected in each with a standard deviation of 10; this allows five of them.
  for (const auto count : users)
    BOOST_TEST((count > 50 && count < 150), count);
}

BOOST_AUTO_TEST_CASE(user_ids_are_checked) {
  for (const auto& text : {std::string{"1"}, std::string{"aB_-9"}, std::string(100, 'x')})
    BOOST_TEST(is_valid_user_id(text), text);
  for (const auto& text : {std::string{}, std::string(101, 'x'), std::string{"a/b"},
                           std::string{"a b"}, std::string{"é"}, std::string{"a\0b", 3},
                           std::string{"a."}, std::string{"%31"}})
    BOOST_TEST(!is_valid_user_id(text), text);
}

BOOST_AUTO_TEST_CASE(records_are_counted) {
  BOOST_TEST(record_count(std::monostate{}) == 0u);
  BOOST_TEST(record_count(std::vector<night>(3)) == 3u);
  BOOST_TEST(record_count(std::vector<exercise>{}) == 0u);
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_log) {
  BOOST_TEST(to_string(sync_trigger::manual) == "manual");
  BOOST_TEST(to_string(sync_trigger::scheduler) == "scheduler");
  BOOST_TEST(to_string(sync_trigger::webhook) == "webhook");
  BOOST_TEST(to_string(sync_trigger::first_connection) == "first_connection");
  BOOST_TEST(to_string(sync_priority::critical) == "critical");
  BOOST_TEST(to_string(sync_priority::low) == "low");
  BOOST_TEST(to_string(sync_status::started) == "started");
  BOOST_TEST(to_string(sync_status::partial) == "partial");
  BOOST_TEST(to_string(sync_status::skipped) == "skipped");
  BOOST_TEST(to_string(connection_state::needs_reauthorization) == "needs_reauthorization");
}

BOOST_AUTO_TEST_SUITE_END()
