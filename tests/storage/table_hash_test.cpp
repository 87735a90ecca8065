#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"
#include "tests/support/table_hash.hpp"

namespace polar_flow::storage {

BOOST_FIXTURE_TEST_SUITE(table_hashes, store_fixture)

BOOST_AUTO_TEST_CASE(a_change_names_its_table_and_clock_columns_do_not_count) {
  activity_day day;
  day.day = day_of(2026, 3, 9);
  day.steps = 1;
  put(reply(stream::activity, "a", std::vector{day}));
  const auto before = testing::hash_tables(options.database_url);

  query("UPDATE activity SET updated_at = now(), created_at = now() RETURNING 1");
  BOOST_TEST(testing::differences(before, testing::hash_tables(options.database_url)).empty());

  query("UPDATE activity SET steps = 2 RETURNING 1");
  const auto lines = testing::differences(before, testing::hash_tables(options.database_url));
  BOOST_REQUIRE_EQUAL(lines.size(), 1u);
  BOOST_TEST(lines[0].starts_with("activity: expected 1 rows, "));
  BOOST_TEST(
      testing::differences(before, testing::hash_tables(options.database_url, "67890")).size()
      == 1u);
}

BOOST_AUTO_TEST_CASE(every_stream_has_a_table_that_counts) {
  const auto hashes = testing::hash_tables(options.database_url);
  // 14 streams, baselines, snapshot, patterns.
  BOOST_TEST(hashes.size() == all_streams.size() + 3);
  BOOST_TEST(
      testing::hash_tables(options.database_url, std::nullopt, testing::hashed_tables::with_archive)
          .contains("raw_replies"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
