// Goal: what was made from the archive can be made from it again, and nobody notices. Method: a
// reader that knows by heart which records each stored body stood for.
#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"
#include "tests/support/table_hash.hpp"
#include "tests/support/wait.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace polar_flow::storage {

namespace {

struct rebuild_fixture : store_fixture {
  /// Body → what was made of it.
  std::map<std::string, stream_records> known;
  std::vector<archived_reply> replayed;

  /// Stores an answer that the reader will know again; each has a body of its own.
  store_outcome archive(stream kind, stream_records records) {
    const auto body = "body " + std::to_string(known.size());
    known[body] = records;
    now += 1s;
    return put(reply(kind, body, std::move(records)));
  }

  result<std::vector<stream_records>> read(const archived_reply& reply) {
    replayed.push_back(reply);
    const auto found = known.find(reply.raw.body);
    if (found == known.end())
      return fail(errc::polar_unreadable, "not JSON");
    return std::vector{found->second};
  }

  store::reply_reader reader() {
    return [this](const archived_reply& reply) {
      return read(reply);
    };
  }

  store::rebuild_outcome rebuild() {
    replayed.clear();
    return require_value(db->rebuild(claim(), user, now, reader()));
  }

  testing::table_hashes hashes() const {
    return testing::hash_tables(options.database_url, std::nullopt,
                                testing::hashed_tables::with_archive);
  }

  void check_same(const testing::table_hashes& before) const {
    for (const auto& line : testing::differences(before, hashes()))
      BOOST_ERROR(line);
  }

  /// Answers as a month brings them: every stream twice, the second time with changes, and an
  /// exercise of which list and details tell different things.
  void fill() {
    for (auto& [kind, records] : one_of_each())
      archive(kind, records);
    auto second = full_night(day_of(2026, 3, 9));
    second.sleep_score = 33;
    archive(stream::sleep, std::vector{second, full_night(day_of(2026, 3, 10))});
    auto listed = full_exercise();
    listed.sport = "CYCLING";
    listed.device.reset();
    archive(stream::exercises, std::vector{listed});
    auto nameless = full_physical_info({});
    nameless.recorded_at.reset();
    archive(stream::physical_info, std::vector{nameless});
    archive(stream::ecg, std::vector{full_ecg(now), full_ecg(now - 1h)});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(rebuilding, rebuild_fixture)

BOOST_AUTO_TEST_CASE(the_tables_are_the_same_again) {
  fill();
  const auto before = hashes();
  const auto ids = query("SELECT string_agg(i::text, ',' ORDER BY ecg_id) FROM ecg_ids AS i");
  const auto details = query("SELECT string_agg(d::text, ',') FROM exercise_details AS d");
  const auto times = query("SELECT created_at || ' ' || updated_at FROM exercise");
  const auto changes = require_value(db->find_user(user)).changes;
  const auto outcome = rebuild();
  BOOST_TEST(outcome.replies == static_cast<std::int64_t>(known.size()));
  BOOST_TEST(outcome.unreadable == 0);
  check_same(before);
  BOOST_TEST(query("SELECT string_agg(i::text, ',' ORDER BY ecg_id) FROM ecg_ids AS i") == ids);
  BOOST_TEST(query("SELECT string_agg(d::text, ',') FROM exercise_details AS d") == details);
  // Even the clock columns, for they are of the answers.
  BOOST_TEST(query("SELECT created_at || ' ' || updated_at FROM exercise") == times);
  BOOST_TEST(require_value(db->find_user(user)).changes == changes + 1);
}

BOOST_AUTO_TEST_CASE(what_was_lost_or_spoilt_comes_back) {
  fill();
  const auto before = hashes();
  for (const auto* table :
       {"sleep", "nightly_recharge", "activity", "activity_samples", "exercise", "cardio_load",
        "continuous_heart_rate", "sleepwise_alertness", "sleepwise_bedtime", "spo2", "ecg",
        "body_temperature", "skin_temperature", "physical_info"})
    query("WITH gone AS (DELETE FROM " + std::string{table}
          + " RETURNING 1) SELECT count(*) FROM gone");
  rebuild();
  check_same(before);

  query("WITH spoilt AS (UPDATE sleep SET sleep_score = 1, day = day + 100 RETURNING 1) "
        "SELECT count(*) FROM spoilt");
  rebuild();
  check_same(before);
}

BOOST_AUTO_TEST_CASE(readers_see_all_the_old_rows_until_all_the_new_ones_are_there) {
  fill();
  const auto before = hashes();
  bool has_seen_less = false;
  int looks = 0;
  const auto outcome = db->rebuild(claim(), user, now, [&](const archived_reply& reply) {
    // On another connection, in the middle of the work.
    has_seen_less = has_seen_less || !testing::differences(before, hashes()).empty();
    ++looks;
    return read(reply);
  });
  BOOST_TEST(code_of(outcome) == errc::none);
  BOOST_TEST(looks == static_cast<int>(known.size()));
  BOOST_TEST(!has_seen_less);
  check_same(before);
}

BOOST_AUTO_TEST_CASE(a_sync_that_writes_meanwhile_waits_and_loses_nothing) {
  fill();
  // Of a day that no row tells of yet, so that the two could get in each other's way.
  const auto day = day_of(2026, 3, 20);
  put(reply(stream::sleep, "understood at last", std::monostate{}));
  known["understood at last"] = std::vector{full_night(day)};
  auto other = require_value(store::open(options));
  auto late = full_night(day);
  late.sleep_score = 99;
  const auto answer = reply(stream::sleep, "written meanwhile", std::vector{late});
  known["written meanwhile"] = answer.records;
  result<store_outcome> stored;
  bool has_waited = false;
  std::jthread writer;
  const auto outcome = db->rebuild(claim(), user, now, [&](const archived_reply& reply) {
    if (!writer.joinable()) {
      writer = std::jthread{[&] {
        stored = other->store_reply(claim(), user, answer);
      }};
      has_waited = testing::wait_until(
          [&] {
            return query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                         "AND datname = current_database()")
                   == "1";
          },
          20s);
    }
    return read(reply);
  });
  writer.join();
  BOOST_TEST(code_of(outcome) == errc::none);
  BOOST_TEST(has_waited);
  BOOST_TEST(code_of(stored) == errc::none);
  BOOST_TEST(query("SELECT sleep_score FROM sleep WHERE day = '2026-03-20'") == "99");
  // Neither of them had to begin again: a reply that is rolled back leaves a gap in the ids.
  BOOST_TEST(replayed.size() + 1 == known.size());
  BOOST_TEST(query("SELECT max(reply_id) - count(*) FROM raw_replies") == "0");
  const auto before = hashes();
  rebuild();
  check_same(before);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_counted_and_stops_nothing) {
  archive(stream::sleep, std::vector{full_night(day_of(2026, 3, 8))});
  put(reply(stream::activity, "cut off", std::monostate{}));
  archive(stream::sleep, std::vector{full_night(day_of(2026, 3, 9))});
  auto outcome = rebuild();
  BOOST_TEST(outcome.replies == 3);
  BOOST_TEST(outcome.unreadable == 1);
  BOOST_TEST(query("SELECT count(*) FROM sleep") == "2");
  // A later reader makes something of it.
  known["cut off"] = std::vector{full_activity(day_of(2026, 3, 9))};
  outcome = rebuild();
  BOOST_TEST(outcome.unreadable == 0);
  BOOST_TEST(query("SELECT count(*) FROM activity") == "1");
}

// A stricter reader must not cost what an earlier one has understood: Polar may have forgotten it.
BOOST_AUTO_TEST_CASE(what_could_be_read_before_is_not_given_up) {
  archive(stream::sleep, std::vector{full_night(day_of(2026, 3, 8))});
  const auto before = hashes();
  for (const bool is_refused : {true, false}) {
    const auto outcome = db->rebuild(
        claim(), user, now, [&](const archived_reply&) -> result<std::vector<stream_records>> {
          if (is_refused)
            return fail(errc::polar_unreadable, "too strict");
          return std::vector<stream_records>{};
        });
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(outcome.error().message
               == "reply 1 could be read before and cannot be read now; nothing was changed");
    check_same(before);
  }
}

BOOST_AUTO_TEST_CASE(a_reply_is_replayed_as_it_came) {
  auto answer = reply(stream::ecg, std::string{"{\"x\":\0\xFF\x80 cut", 12}, std::monostate{});
  answer.raw.status = 502;
  put(answer);
  query("UPDATE raw_replies SET origin = 'flow_export:ecg' RETURNING 1");
  rebuild();
  BOOST_REQUIRE_EQUAL(replayed.size(), 1u);
  BOOST_TEST((replayed[0].raw == answer.raw));
  BOOST_TEST(replayed[0].origin == "flow_export:ecg");
  BOOST_TEST(std::to_string(replayed[0].reply_id) == query("SELECT reply_id FROM raw_replies"));
}

BOOST_AUTO_TEST_CASE(many_and_large_replies_come_in_order) {
  // Both limits of a batch are crossed: 64 replies, and 16 MiB of bodies.
  for (int i = 0; i < 200; ++i)
    put(reply(stream::activity, "small " + std::to_string(i), std::monostate{}));
  for (int i = 0; i < 3; ++i)
    put(reply(stream::activity, std::string(17 * 1024 * 1024, static_cast<char>('a' + i)),
              std::monostate{}));
  for (int i = 0; i < 5; ++i)
    put(reply(stream::activity, std::string(6 * 1024 * 1024, static_cast<char>('A' + i)),
              std::monostate{}));
  std::vector<std::int64_t> ids;
  const auto read_nothing
      = [&](const archived_reply& reply) -> result<std::vector<stream_records>> {
    ids.push_back(reply.reply_id);
    return std::vector<stream_records>{};
  };
  const auto outcome = require_value(db->rebuild(claim(), user, now, read_nothing));
  BOOST_TEST(outcome.replies == 208);
  BOOST_TEST(ids.size() == 208u);
  BOOST_TEST((std::ranges::adjacent_find(ids, std::ranges::greater_equal{}) == ids.end()));
}

BOOST_AUTO_TEST_CASE(a_damaged_archive_leaves_the_rows_as_they_are) {
  fill();
  query("UPDATE raw_replies SET body_zstd = 'no frame' "
        "WHERE reply_id = (SELECT max(reply_id) FROM raw_replies) RETURNING 1");
  const auto before = hashes();
  BOOST_TEST(code_of(db->rebuild(claim(), user, now, reader())) == errc::storage_failed);
  check_same(before);
}

BOOST_AUTO_TEST_CASE(a_stream_of_another_version_is_counted_as_unreadable) {
  archive(stream::sleep, std::vector{full_night(day_of(2026, 3, 8))});
  query("UPDATE raw_replies SET stream = 'dreams' RETURNING 1");
  const auto outcome = rebuild();
  BOOST_TEST(outcome.replies == 1);
  BOOST_TEST(outcome.unreadable == 1);
  BOOST_TEST(replayed.empty());
}

BOOST_AUTO_TEST_CASE(nobody_elses_rows_are_touched) {
  fill();
  const user_id other{"67890"};
  const auto other_claim = shards.claim_for(other);
  require_value(db->upsert_user(other_claim, other, "t", std::nullopt, now));
  require_value(db->store_reply(
      other_claim, other,
      reply(stream::sleep, "unknown to the reader", std::vector{full_night(day_of(2026, 3, 9))})));
  rebuild();
  BOOST_TEST(query("SELECT count(*) FROM sleep WHERE user_id = '67890'") == "1");
  BOOST_TEST(require_value(db->find_user(other)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(a_lost_connection_means_once_more_from_the_start) {
  fill();
  const auto before = hashes();
  bool was_killed = false;
  const auto outcome =
      require_value(db->rebuild(claim(), user, now, [&](const archived_reply& reply) {
        if (!was_killed) {
          was_killed = true;
          query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
        return read(reply);
      }));
  BOOST_TEST(outcome.replies == static_cast<std::int64_t>(known.size()));
  check_same(before);
}

BOOST_AUTO_TEST_CASE(only_the_owner_rebuilds_and_only_users_that_exist) {
  fill();
  auto stale = claim();
  stale.epoch -= 1;
  BOOST_TEST(code_of(db->rebuild(stale, user, now, reader())) == errc::stale_epoch);
  const user_id stranger{"999"};
  BOOST_TEST(code_of(db->rebuild(shards.claim_for(stranger), stranger, now, reader()))
             == errc::unknown_user);
  BOOST_TEST(replayed.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
