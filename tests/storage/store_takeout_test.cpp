// Goal: what leaves one server enters another and nothing is missing; what is no takeout enters
// nowhere. Method: every table gets rows, the pieces go from one database into another, and both
// are compared column by column.
#define BOOST_TEST_DYN_LINK
#include "storage/takeout_format.hpp"
#include "tests/storage/sample_records.hpp"
#include "tests/support/table_hash.hpp"

#include <pqxx/result>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace polar_flow::storage {

namespace {

using pieces = std::vector<takeout_piece>;

/// A server to which nobody ever connected a user.
struct other_server {
  instant now;
  connect_options options = testing::test_postgres::instance().create_migrated_database();
  std::unique_ptr<store> db = require_value(store::open(options));
  testing::test_shards shards{*db, now};
};

std::string as_text(const std::string& database_url, const std::string& sql) {
  pqxx::connection connection{database_url};
  pqxx::nontransaction tx{connection};
  tx.exec("SET search_path = polar_flow; SET TimeZone = 'UTC'");
  const auto field = tx.exec1(sql)[0];
  return field.is_null() ? "NULL" : field.c_str();
}

/// Every column of every row, but for numbers that are drawn again and what stays at home.
std::string content_of(const std::string& database_url, std::string_view table) {
  std::string sql{"SELECT string_agg((to_jsonb(t) - '{number,reply_id}'::text[]"};
  if (table == "users")
    sql += " - '{sealed_token,token_expires_at,state,consecutive_failures,not_before,changes,"
           "updated_at}'::text[]";
  sql += ")::text, E'\\n' ORDER BY to_jsonb(t)::text) FROM ";
  sql += table;
  return as_text(database_url, sql + " AS t");
}

struct takeout_fixture : store_fixture {
  std::unique_ptr<other_server> other = std::make_unique<other_server>(other_server{.now = now});

  takeout_fixture() {
    create_user_there();
  }

  void create_user_there() {
    require_value(other->db->upsert_user(other->shards.claim_for(user), user, std::nullopt,
                                         std::nullopt, now + 24h));
  }

  void execute(const std::string& sql) const {
    pqxx::connection connection{options.database_url};
    pqxx::nontransaction tx{connection};
    tx.exec("SET search_path = polar_flow; SET TimeZone = 'UTC'; " + sql);
  }

  std::string there(const std::string& sql) const {
    return as_text(other->options.database_url, sql);
  }

  /// Rows in every table that a takeout holds.
  void fill() {
    for (const auto& [kind, records] : one_of_each())
      put(reply(kind, R"({"of": ")" + std::string{to_string(kind)} + "\"}", records));
    now += 1h;
    put(reply(stream::sleep, "cut off: {", std::monostate{}));
    put(reply(stream::ecg, "[]", std::vector{full_ecg(now), full_ecg(now - 1h)}));
    execute(
        "INSERT INTO sync_logs (user_id, job_id, started_at, completed_at, status, trigger, "
        "priority, streams, records_total) VALUES ('12345', gen_random_uuid(), '2026-03-10 06:00', "
        "'2026-03-10 06:01', 'partial', 'manual', 'high', '[{\"stream\": \"sleep\"}]', 5);"
        "INSERT INTO pending_news (user_id, stream, first_day, announced_at, tries, next_try_at) "
        "VALUES ('12345', 'sleep', '2026-03-09', '2026-03-10', 3, '2026-03-11');"
        "INSERT INTO stream_coverage (user_id, stream, settled_from, settled_to, unconfirmed_from, "
        "unconfirmed_to, failed_from, failed_to, failed_type, failed_message, reopened, "
        "updated_at) VALUES ('12345', 'sleep', '{2026-01-01}', '{2026-03-08}', '{}', '{}', "
        "'{2026-03-09}', '{2026-03-09}', '{internal}', '{\"a \\\"reason\\\", told\"}', "
        "'{2026-02-02}', now());"
        "UPDATE users SET last_synced_at = '2026-03-10 06:01', "
        "last_read_at = '2026-03-09', last_new_data_at = '2026-03-08', "
        "next_loss_at = '2026-04-01', consecutive_failures = 3, not_before = '2026-05-05'");
  }

  pieces take() {
    pieces all;
    std::optional<std::string> place;
    do {
      auto page = require_value(db->load_takeout_page(user, place));
      for (auto& piece : page.pieces)
        all.push_back(std::move(piece));
      BOOST_TEST_REQUIRE((page.next != place));
      place = std::move(page.next);
    } while (place);
    return all;
  }

  result<std::int64_t> give(const takeout_piece& piece, const user_id& to) {
    return other->db->put_takeout_piece(other->shards.claim_for(to), to, piece, now);
  }

  result<std::int64_t> give(const std::string& file, const std::string& content) {
    return give(takeout_piece{file, content}, user);
  }

  std::int64_t give_all(const pieces& taken) {
    std::int64_t added = 0;
    for (const auto& piece : taken)
      added += require_value(give(piece, user));
    return added;
  }

  void check_same() const {
    for (const auto& table : takeout_tables)
      BOOST_TEST(content_of(other->options.database_url, table.name)
                     == content_of(options.database_url, table.name),
                 table.name);
    const auto hashes = [](const connect_options& of) {
      return testing::hash_tables(of.database_url, std::nullopt,
                                  testing::hashed_tables::with_archive);
    };
    for (const auto& line : testing::differences(hashes(options), hashes(other->options)))
      BOOST_ERROR(line);
  }

  std::string message_of(const result<std::int64_t>& outcome) const {
    BOOST_TEST(code_of(outcome) == errc::invalid_argument);
    return outcome ? "" : outcome.error().message;
  }
};

const std::string* find_file(const pieces& taken, std::string_view name) {
  const auto found = std::ranges::find(taken, name, &takeout_piece::file);
  return found == taken.end() ? nullptr : &found->content;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(takeout, takeout_fixture)

BOOST_AUTO_TEST_CASE(every_table_comes_back) {
  fill();
  for (const auto& table : takeout_tables)
    BOOST_TEST(query("SELECT count(*) FROM " + std::string{table.name}) != "0", table.name);
  const auto changes = require_value(other->db->find_user(user)).changes;
  BOOST_TEST(give_all(take()) > 0);
  check_same();
  BOOST_TEST(require_value(other->db->find_user(user)).changes > changes);
}

BOOST_AUTO_TEST_CASE(once_more_adds_nothing) {
  fill();
  const auto taken = take();
  give_all(taken);
  const auto changes = require_value(other->db->find_user(user)).changes;
  BOOST_TEST(give_all(taken) == 0);
  check_same();
  BOOST_TEST(require_value(other->db->find_user(user)).changes == changes);
}

BOOST_AUTO_TEST_CASE(no_table_of_a_user_is_forgotten) {
  std::set<std::string> known(tables_left_out.begin(), tables_left_out.end());
  for (const auto& table : takeout_tables)
    known.emplace(table.name);
  std::set<std::string> there_are;
  pqxx::connection connection{options.database_url};
  pqxx::nontransaction tx{connection};
  for (const auto& row :
       tx.exec("SELECT table_name FROM information_schema.columns "
               "WHERE table_schema = 'polar_flow' AND column_name = 'user_id'"))
    there_are.insert(row[0].as<std::string>());
  BOOST_TEST(known == there_are, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keys_are_those_of_the_tables) {
  for (const auto& table : takeout_tables) {
    const auto key = query(
        "SELECT string_agg(attname, ', ' ORDER BY place) FROM pg_index "
        "CROSS JOIN unnest(indkey) WITH ORDINALITY AS columns (attnum, place) "
        "JOIN pg_attribute USING (attnum) WHERE indisprimary AND attrelid = indrelid "
        "AND indrelid = '" + std::string{table.name} + "'::regclass");
    const std::string told{table.key};
    BOOST_TEST(key == (told == "user_id" ? told : "user_id, " + told));
  }
}

BOOST_AUTO_TEST_CASE(secrets_stay) {
  fill();
  require_value(db->upsert_user(claim(), user, "the sealed token", now, now));
  execute("INSERT INTO api_keys (key_hash, key_prefix, name, user_id, is_active, "
          "rate_limit_requests, rate_limit_remaining, created_at) "
          "VALUES ('the hash', 'pfk_12', 'app', '12345', true, 1, 1, now())");
  for (const auto& piece : take()) {
    BOOST_TEST(piece.content.find("the sealed token") == std::string::npos, piece.file);
    BOOST_TEST(piece.content.find("the hash") == std::string::npos, piece.file);
  }
}

BOOST_AUTO_TEST_CASE(files_are_what_they_are_called) {
  fill();
  const auto taken = take();
  BOOST_TEST(taken.at(0).file == "manifest.json");
  BOOST_TEST(taken.at(0).content.starts_with(R"({"format" : 1, "server_version" : )"));
  BOOST_TEST(taken.at(0).content.find(R"("user_id" : "12345")") != std::string::npos);
  BOOST_TEST(taken.at(1).file == "README.txt");
  BOOST_TEST(!taken.at(1).content.empty());
  const auto* nights = find_file(taken, "tables/sleep.jsonl");
  BOOST_TEST_REQUIRE(nights != nullptr);
  BOOST_TEST(nights->starts_with(R"({"user_id":"12345","day":"2026-03-09",)"));
  BOOST_TEST(nights->ends_with("}\n"));
  const auto id = query("SELECT reply_id FROM raw_replies WHERE stream = 'spo2'");
  BOOST_TEST_REQUIRE(find_file(taken, "replies/" + id + ".json") != nullptr);
  BOOST_TEST(*find_file(taken, "replies/" + id + ".json") == R"({"of": "spo2"})");
}

BOOST_AUTO_TEST_CASE(bodies_come_back_byte_by_byte) {
  const std::string bodies[] = {"", "[]", " {\"a\": 1}\n", std::string{"\0\xFF\x80 no text", 11},
                                "{\"cut\": ", "<html>no</html>"};
  const std::string extensions[] = {".txt", ".json", ".json", ".txt", ".txt", ".txt"};
  for (const auto& body : bodies) {
    now += 1s;
    put(reply(stream::sleep, body, std::monostate{}));
  }
  const auto taken = take();
  std::size_t number = 0;
  for (const auto& piece : taken) {
    if (!piece.file.starts_with("replies/"))
      continue;
    BOOST_TEST(piece.content == bodies[number]);
    BOOST_TEST(piece.file == "replies/" + std::to_string(number + 1) + extensions[number]);
    ++number;
  }
  BOOST_TEST(number == std::size(bodies));
  give_all(taken);
  check_same();
}

BOOST_AUTO_TEST_CASE(pages_are_about_a_mebibyte) {
  constexpr std::size_t mebibyte = 1024 * 1024;
  // 40 days of a rate per second are more than one page, and the third day is one alone.
  execute("INSERT INTO continuous_heart_rate (user_id, day, sample_count, sample_seconds, "
          "samples_bpm, created_at, updated_at) "
          "SELECT '12345', date '2026-01-01' + d, 20000, "
          "(SELECT array_agg(s) "
          "FROM generate_series(1, 20000 * CASE WHEN d = 2 THEN 20 ELSE 1 END) AS s), "
          "(SELECT array_agg((60 + s % 9)::smallint) "
          "FROM generate_series(1, 20000) AS s), now(), now() FROM generate_series(0, 39) AS d");
  for (int i = 0; i < 5; ++i)
    put(reply(stream::sleep, std::string(700'000, static_cast<char>('a' + i)), std::monostate{}));
  put(reply(stream::sleep, std::string(3 * mebibyte, 'x'), std::monostate{}));
  std::optional<std::string> place;
  std::size_t pages = 0;
  std::size_t largest = 0;
  do {
    const auto page = require_value(db->load_takeout_page(user, place));
    std::size_t bytes = 0;
    for (const auto& piece : page.pieces)
      bytes += piece.content.size();
    largest = std::max(largest, bytes);
    if (bytes > 2 * mebibyte)
      BOOST_TEST(page.pieces.size() == 1u);
    ++pages;
    place = page.next;
  } while (place);
  BOOST_TEST(pages > takeout_tables.size() + 5);
  BOOST_TEST(largest < 4 * mebibyte);
  give_all(take());
  check_same();
}

BOOST_AUTO_TEST_CASE(nobody_elses_rows_are_taken) {
  fill();
  execute("INSERT INTO users (user_id, state, created_at, updated_at) "
          "SELECT u, 'connected', now(), now() FROM unnest('{1,99999}'::text[]) AS u;"
          "INSERT INTO skin_temperature (user_id, day, created_at, updated_at) "
          "SELECT u, day, now(), now() FROM unnest('{1,99999}'::text[]) AS u, "
          "(VALUES (date '2026-01-01'), (date '2026-12-31')) AS d (day)");
  const auto taken = take();
  const auto* rows = find_file(taken, "tables/skin_temperature.jsonl");
  BOOST_TEST_REQUIRE(rows != nullptr);
  BOOST_TEST(std::ranges::count(*rows, '\n') == 1);
  for (const auto& piece : taken)
    BOOST_TEST(piece.content.find("99999") == std::string::npos, piece.file);
}

BOOST_AUTO_TEST_CASE(a_user_without_data_has_a_takeout) {
  const auto taken = take();
  BOOST_TEST(taken.size() == 3u); // manifest, read-me and the row of the user
}

BOOST_AUTO_TEST_CASE(who_is_not_there_has_none) {
  BOOST_TEST(code_of(db->load_takeout_page(user_id{"1"}, std::nullopt)) == errc::unknown_user);
  const auto place = require_value(db->load_takeout_page(user, std::nullopt)).next;
  require_value(db->erase_user(claim(), user));
  BOOST_TEST(code_of(db->load_takeout_page(user, place)) == errc::unknown_user);
}

BOOST_AUTO_TEST_CASE(a_place_that_is_none) {
  for (const std::string place : {"", "dreams {}", "replies/ x {}", "api_keys {}"})
    BOOST_TEST(code_of(db->load_takeout_page(user, place)) == errc::invalid_argument, place);
}

// -- putting back ------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(rows_belong_to_who_asks) {
  fill();
  const user_id someone{"67890"};
  require_value(other->db->upsert_user(other->shards.claim_for(someone), someone, std::nullopt,
                                       std::nullopt, now));
  for (const auto& piece : take())
    if (piece.file != "manifest.json")
      require_value(give(piece, someone));
  for (const auto& table : takeout_tables) {
    const std::string name{table.name};
    BOOST_TEST(there("SELECT count(*) FROM " + name + " WHERE user_id = '67890'") != "0", name);
    if (name != "users")
      BOOST_TEST(there("SELECT count(*) FROM " + name + " WHERE user_id = '12345'") == "0", name);
  }
}

BOOST_AUTO_TEST_CASE(rows_that_are_there_stay) {
  fill();
  const auto taken = take();
  require_value(give("tables/skin_temperature.jsonl",
                     R"({"day": "2026-03-09", "temperature_celsius": 1.5, )"
                     R"("created_at": "2026-01-01", "updated_at": "2026-01-01"})"));
  give_all(taken);
  BOOST_TEST(there("SELECT temperature_celsius FROM skin_temperature") == "1.5");
}

BOOST_AUTO_TEST_CASE(unknown_columns_are_ignored_and_missing_ones_have_their_default) {
  BOOST_TEST(require_value(give("tables/sync_logs.jsonl",
                                R"({"job_id": "6a2f41a3-c54c-fce8-32d2-0324e1c32e22", )"
                                R"("started_at": "2026-03-10T06:00:00Z", "status": "success", )"
                                R"("trigger": "manual", "priority": "high", "mood": "sunny", )"
                                R"("api_calls_made": null})"
                                "\r\n\n"))
             == 1);
  BOOST_TEST(there("SELECT streams::text || records_total || api_calls_made FROM sync_logs")
             == "[]00");
}

BOOST_AUTO_TEST_CASE(a_sync_that_runs_elsewhere_does_not_run_here) {
  execute("INSERT INTO sync_logs (user_id, job_id, started_at, status, trigger, priority) "
          "VALUES ('12345', gen_random_uuid(), now(), 'started', 'manual', 'high')");
  BOOST_TEST((find_file(take(), "tables/sync_logs.jsonl") == nullptr));
  BOOST_TEST(require_value(give("tables/sync_logs.jsonl",
                                R"({"job_id": "6a2f41a3-c54c-fce8-32d2-0324e1c32e22", )"
                                R"("started_at": "2026-03-10T06:00:00Z", "status": "started", )"
                                R"("trigger": "manual", "priority": "high"})"))
             == 0);
  BOOST_TEST(there("SELECT count(*) FROM sync_logs") == "0");
}

BOOST_AUTO_TEST_CASE(what_the_user_is_known_for_is_kept) {
  fill();
  execute("UPDATE users SET last_read_at = NULL");
  give_all(take());
  const auto record = require_value(other->db->find_user(user));
  BOOST_TEST((record.last_synced_at == instant{day_of(2026, 3, 10)} + 6h + 1min));
  BOOST_TEST((record.created_at == require_value(db->find_user(user)).created_at));
  BOOST_TEST(!record.has_token);
  BOOST_TEST(record.consecutive_failures == 0);
  BOOST_TEST(!record.not_before.has_value());
  BOOST_TEST(!record.last_read_at.has_value());
}

BOOST_AUTO_TEST_CASE(public_numbers_stay_and_are_never_drawn_again) {
  execute("ALTER TABLE ecg_ids ALTER COLUMN ecg_id RESTART WITH 500");
  fill();
  give_all(take());
  BOOST_TEST(there("SELECT string_agg(ecg_id::text, ',' ORDER BY ecg_id) FROM ecg_ids")
             == "500,501,502");
  auto answer = reply(stream::ecg, "later", std::vector{full_ecg(now + 1h)});
  require_value(other->db->store_reply(other->shards.claim_for(user), user, answer));
  BOOST_TEST(there("SELECT max(ecg_id) FROM ecg_ids") == "503");
}

BOOST_AUTO_TEST_CASE(a_number_that_is_taken_or_absurd_is_replaced) {
  fill();
  const auto answer = reply(stream::ecg, "own", std::vector{full_ecg(now + 24h)});
  require_value(other->db->store_reply(other->shards.claim_for(user), user, answer));
  BOOST_TEST(there("SELECT ecg_id FROM ecg_ids") == "1");
  auto taken = take();
  for (auto& piece : taken)
    if (piece.file == "tables/ecg_ids.jsonl")
      piece.content.replace(piece.content.find(R"("ecg_id":3)"), 10, R"("ecg_id":9000000000000)");
  give_all(taken);
  BOOST_TEST(there("SELECT string_agg(ecg_id::text, ',' ORDER BY ecg_id) FROM ecg_ids")
             == "1,2,3,4");
  BOOST_TEST(there("SELECT count(*) FROM ecg JOIN ecg_ids USING (user_id, device_id, test_time)")
             == "4");
}

BOOST_AUTO_TEST_CASE(a_wrong_line_is_named_and_nothing_of_the_file_is_stored) {
  const std::string good = R"("temperature_celsius": 35.25, "created_at": "2026-01-01", )"
                           R"("updated_at": "2026-01-01"})";
  const auto line = [&](int day) {
    return R"({"day": "2026-01-)" + std::to_string(10 + day) + "\", " + good + "\n";
  };
  for (const std::string wrong :
       {R"({"day": "2026-01-11", secret})", R"({"day": "a secret day"})", "[1, 2]", "null", "7",
        R"({"day": null})", R"({"day": "2026-01-11", "temperature_celsius": "secret"})",
        R"({"day": "2026-01-11", "temperature_celsius": "\u0000"})"}) {
    std::string content;
    for (int day = 0; day < 9; ++day)
      content += line(day);
    content += "\n" + wrong + "\n" + line(9);
    BOOST_TEST(message_of(give("tables/skin_temperature.jsonl", content))
               == "tables/skin_temperature.jsonl, line 11: this is no row of the table");
    BOOST_TEST(there("SELECT count(*) FROM skin_temperature") == "0", wrong);
  }
  BOOST_TEST(message_of(give("tables/raw_replies.jsonl", R"({"reply_id": 1, "origin": "x"})"))
             == "tables/raw_replies.jsonl, line 1: this is no row of the table");
}

// One endless time would stop everybody who lists the users or loads the days.
BOOST_AUTO_TEST_CASE(times_and_counts_that_nobody_can_mean_stay_outside) {
  const auto before = there("SELECT u::text FROM users AS u");
  for (const std::string time : {"infinity", "-infinity", "0044-03-15 BC", "15000-01-01"}) {
    BOOST_TEST(require_value(give("tables/users.jsonl",
                                  R"({"created_at":")" + time + R"(","last_synced_at":")" + time
                                      + R"(","last_read_at":")" + time
                                      + R"(","last_new_data_at":")" + time
                                      + R"(","next_loss_at":")" + time
                                      + R"(","utc_offset_minutes":2147483647})"))
               == 0,
               time);
    BOOST_TEST(require_value(give("tables/nightly_recharge.jsonl",
                                  R"({"day":")" + time + R"(","hrv_rmssd_ms":50,)"
                                  R"("hrv_minutes":[],"hrv_samples_ms":[],"breathing_minutes":[],)"
                                  R"("breathing_samples_per_min":[],"created_at":"2026-01-01",)"
                                  R"("updated_at":"2026-01-01"})"))
               == 0,
               time);
    BOOST_TEST(!give("tables/raw_replies.jsonl",
                     R"({"reply_id":1,"origin":"accesslink","stream":"sleep","request":"/",)"
                     R"("status":200,"fetched_at":")" + time + R"("})"));
  }
  BOOST_TEST(there("SELECT u::text FROM users AS u") == before);
  BOOST_TEST(there("SELECT count(*) FROM nightly_recharge") == "0");
  fill();
  auto taken = take();
  for (auto& piece : taken)
    if (piece.file == "tables/pending_news.jsonl")
      piece.content.replace(piece.content.find(R"("tries":)"), 9, R"("tries":2147483647)");
  give_all(taken);
  BOOST_TEST(there("SELECT count(*) FROM pending_news WHERE tries > 1000") == "0");
}

BOOST_AUTO_TEST_CASE(a_body_needs_its_line) {
  BOOST_TEST(message_of(give("replies/1.json", "{}"))
             == "replies/1.json: no line of tables/raw_replies.jsonl before it tells of this "
                "reply");
  // Whatever the line says about the body, it is the body that counts.
  const std::string line = R"({"reply_id": 1, "origin": "accesslink", "stream": "sleep", )"
                           R"("request": "/v3/users/sleep", "status": 200, "body_bytes": 99, )"
                           R"("fetched_at": "2026-03-10T06:00:00Z", "sha256": "\\x00"})";
  BOOST_TEST(require_value(give("tables/raw_replies.jsonl", line)) == 0);
  BOOST_TEST(require_value(give("replies/1.json", "{}")) == 1);
  BOOST_TEST(there("SELECT body_bytes || ' ' || encode(sha256, 'hex') || ' ' || origin "
                   "FROM raw_replies")
             // printf '{}' | sha256sum
             == "2 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a accesslink");
  // What waits is of a takeout that was cut off: the next one begins anew, and nobody takes it out.
  require_value(give("tables/raw_replies.jsonl", line + "\n" + line));
  require_value(give("tables/raw_replies.jsonl", line));
  BOOST_TEST(there("SELECT count(*) FROM raw_replies") == "2");
  BOOST_TEST(require_value(give("replies/1.json", "[]")) == 1);
  BOOST_TEST(there("SELECT count(*) FROM raw_replies") == "2");
}

BOOST_AUTO_TEST_CASE(lines_that_wait_are_in_no_takeout) {
  const std::string line = R"({"reply_id": 1, "origin": "accesslink", "stream": "sleep", )"
                           R"("request": "/v3/users/sleep", "status": 200, )"
                           R"("fetched_at": "2026-03-10T06:00:00Z"})";
  require_value(db->put_takeout_piece(claim(), user, {"tables/raw_replies.jsonl", line}, now));
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
  BOOST_TEST(take().size() == 3u);
  const auto outcome = require_value(
      db->rebuild(claim(), user, now,
                  [](const archived_reply&) -> result<std::vector<stream_records>> {
                    return fail(errc::polar_unreadable);
                  }));
  BOOST_TEST(outcome.unreadable == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_file_of_a_takeout) {
  for (const std::string file : {"tables/dreams.jsonl", "tables/api_keys.jsonl", "sleep.jsonl",
                                 "tables/sleep.json", "", "tables/user_baselines.jsonl"})
    BOOST_TEST(message_of(give(file, "{}")) == file + ": this is no file of a takeout");
  BOOST_TEST(require_value(give("README.txt", "anything")) == 0);
  BOOST_TEST(require_value(give("manifest.json", R"({"format": 1, "user_id": "12345"})")) == 0);
  for (const std::string manifest : {R"({"format": 1, "user_id": "999"})", R"({"format": 1})",
                                     R"({"format": 1, "user_id": []})"})
    BOOST_TEST(message_of(give("manifest.json", manifest))
               == "manifest.json: this takeout is about another user");
  for (const std::string manifest : {"", "{", "{}", "[]", R"({"format": "secret"})",
                                     R"({"format": 0})"})
    BOOST_TEST(message_of(give("manifest.json", manifest))
               == "manifest.json: this is no manifest of a takeout");
  BOOST_TEST(message_of(give("manifest.json", R"({"format": 2})"))
             == "manifest.json: a newer server has made this takeout");
}

BOOST_AUTO_TEST_CASE(only_the_owner_writes_and_only_for_users_that_exist) {
  const takeout_piece piece{"tables/sleep.jsonl", ""};
  auto stale = other->shards.claim_for(user);
  stale.epoch -= 1;
  BOOST_TEST(code_of(other->db->put_takeout_piece(stale, user, piece, now)) == errc::stale_epoch);
  BOOST_TEST(code_of(give(piece, user_id{"999"})) == errc::unknown_user);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
