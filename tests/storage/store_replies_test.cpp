#define BOOST_TEST_DYN_LINK
#include "storage/compress.hpp"
#include "tests/storage/sample_records.hpp"
#include "tests/support/table_hash.hpp"

namespace polar_flow::storage {

namespace {

struct replies_fixture : store_fixture {
  fetched_reply activity_reply(std::string body, std::int32_t steps) const {
    activity_day day;
    day.day = day_of(2026, 3, 9);
    day.steps = steps;
    return reply(stream::activity, std::move(body), std::vector{day});
  }

  /// Those of the list that lack details.
  std::vector<std::string> put_list(std::string body, std::vector<exercise> list) {
    return put(reply(stream::exercises, std::move(body), std::move(list)))
        .exercises_without_details;
  }

  store_outcome put_details(std::string body, exercise record) {
    auto answer = reply(stream::exercises, std::move(body), std::vector{record});
    answer.raw.request = "/v3/exercises/" + record.polar_exercise_id;
    return put(answer);
  }
};

exercise with_id(exercise record, std::string id) {
  record.polar_exercise_id = std::move(id);
  return record;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(archive, replies_fixture)

BOOST_AUTO_TEST_CASE(the_same_answer_twice_leaves_one_reply_and_the_same_tables) {
  const auto first = put(activity_reply("{\"a\":1}", 5000));
  BOOST_TEST(!first.was_known);
  BOOST_TEST(first.rows_changed == 1);
  const auto hashes =
      testing::hash_tables(options.database_url, user.value, testing::hashed_tables::with_archive);
  const auto stamp = query("SELECT updated_at FROM activity");

  now += 1h;
  const auto second = put(activity_reply("{\"a\":1}", 5000));
  BOOST_TEST(second.was_known);
  BOOST_TEST(second.rows_changed == 0);
  BOOST_TEST(
      testing::differences(hashes, testing::hash_tables(options.database_url, user.value,
                                                        testing::hashed_tables::with_archive))
          .empty());
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
  BOOST_TEST(query("SELECT last_seen_at - fetched_at FROM raw_replies") == "01:00:00");
  BOOST_TEST(query("SELECT updated_at FROM activity") == stamp);
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(a_known_body_touches_no_row) {
  put(activity_reply("{\"a\":1}", 5000));
  // Whatever the reader makes of it now, a known body is not stored again.
  BOOST_TEST(put(activity_reply("{\"a\":1}", 6000)).was_known);
  BOOST_TEST(query("SELECT steps FROM activity") == "5000");
}

// An older version could not read it; the newer one gets the very same answer.
BOOST_AUTO_TEST_CASE(a_known_body_is_stored_by_the_first_reader_that_understands_it) {
  const auto unreadable = [this] {
    auto answer = activity_reply("{\"a\":1}", 0);
    answer.records = std::monostate{};
    return answer;
  };
  BOOST_TEST(put(unreadable()).rows_changed == 0);
  BOOST_TEST(put(unreadable()).rows_changed == 0);
  const auto understood = put(activity_reply("{\"a\":1}", 5000));
  BOOST_TEST(understood.was_known);
  BOOST_TEST(understood.rows_changed == 1);
  BOOST_TEST(query("SELECT steps FROM activity") == "5000");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
  BOOST_TEST(put(activity_reply("{\"a\":1}", 6000)).rows_changed == 0);
}

BOOST_AUTO_TEST_CASE(only_the_newest_reply_counts_as_known) {
  put(activity_reply("A", 1));
  put(activity_reply("B", 2));
  const auto back = put(activity_reply("A", 1));
  BOOST_TEST(!back.was_known);
  BOOST_TEST(query("SELECT steps FROM activity") == "1");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "3");
}

BOOST_AUTO_TEST_CASE(requests_users_and_statuses_are_told_apart) {
  auto answer = activity_reply("same", 1);
  put(answer);
  answer.raw.request += "?from=2026-03-01";
  BOOST_TEST(!put(answer).was_known);
  answer.raw.status = 404;
  BOOST_TEST(!put(answer).was_known);
  const user_id other{"67890"};
  const auto other_claim = shards.claim_for(other);
  require_value(db->upsert_user(other_claim, other, "t", std::nullopt, now));
  BOOST_TEST(!require_value(db->store_reply(other_claim, other, answer)).was_known);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "4");
}

BOOST_AUTO_TEST_CASE(another_body_with_equal_records_changes_no_row) {
  put(activity_reply("{\"a\":1}", 5000));
  const auto stamp = query("SELECT updated_at FROM activity");
  now += 1h;
  const auto outcome = put(activity_reply("{ \"a\": 1 }", 5000));
  BOOST_TEST(!outcome.was_known);
  BOOST_TEST(outcome.rows_changed == 0);
  BOOST_TEST(query("SELECT updated_at FROM activity") == stamp);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "2");
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_not_read_is_archived_as_it_came) {
  // Bytes that are no text, as an interrupted transfer may leave.
  const std::string body{"{\"x\":\0\xFF\x80 cut", 12};
  auto answer = reply(stream::ecg, body, std::monostate{});
  answer.raw.status = 502;
  BOOST_TEST(put(answer).rows_changed == 0);
  BOOST_TEST(query("SELECT concat_ws('|', origin, stream, request, status, body_bytes) "
                   "FROM raw_replies")
             == "accesslink|ecg|/v3/users/ecg|502|12");
  const auto hex = query("SELECT encode(body_zstd, 'hex') FROM raw_replies");
  std::string frame;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    frame += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  BOOST_TEST((decompress(frame, 1000) == body));
}

BOOST_AUTO_TEST_CASE(a_large_body_is_archived) {
  // The largest answer that polar/ takes is of this order.
  const std::string body(10'000'000, 'x');
  put(reply(stream::continuous_hr, body, std::monostate{}));
  BOOST_TEST(query("SELECT body_bytes FROM raw_replies") == "10000000");
  BOOST_TEST(put(reply(stream::continuous_hr, body, std::monostate{})).was_known);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(exercise_details, replies_fixture)

using ids = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(details_are_wanted_until_they_are_there) {
  const auto list = std::vector{with_id(full_exercise(), "b"), with_id(full_exercise(), "a")};
  BOOST_TEST((put_list("list", list) == ids{"b", "a"}));
  // The same list again, as by a sync after one that did not come to the details.
  BOOST_TEST((put_list("list", list) == ids{"b", "a"}));
  BOOST_TEST(put_details("a", with_id(detailed_exercise(), "a")).exercises_without_details.empty());
  BOOST_TEST((put_list("list", list) == ids{"b"}));
  put_details("b", with_id(detailed_exercise(), "b"));
  BOOST_TEST((put_list("list", list).empty()));
  BOOST_TEST(query("SELECT count(*) FROM exercise WHERE samples IS NOT NULL") == "2");
}

BOOST_AUTO_TEST_CASE(details_are_wanted_again_when_the_list_tells_something_else) {
  auto record = full_exercise();
  put_list("1", {record});
  put_details("details 1", detailed_exercise());
  record.calories_kcal = 1200;
  BOOST_TEST((put_list("2", {record}) == ids{record.polar_exercise_id}));
  auto detailed = detailed_exercise();
  detailed.calories_kcal = 1200;
  put_details("details 2", detailed);
  BOOST_TEST(put_list("2", {record}).empty());
  // Another body with nothing new in it is no reason.
  BOOST_TEST(put_list("3", {record}).empty());
}

BOOST_AUTO_TEST_CASE(details_that_are_still_the_same_settle_the_matter_too) {
  auto record = full_exercise();
  put_list("1", {record});
  put_details("details", detailed_exercise());
  record.upload_time = now;
  BOOST_TEST((put_list("2", {record}) == ids{record.polar_exercise_id}));
  BOOST_TEST(put_details("details", detailed_exercise()).was_known);
  BOOST_TEST(put_list("2", {record}).empty());
}

BOOST_AUTO_TEST_CASE(details_may_come_before_the_list) {
  put_details("details", detailed_exercise());
  BOOST_TEST(put_list("1", {full_exercise()}).empty());
  // Once more is enough when the list words it differently.
  put_details("other", with_id(detailed_exercise(), "other"));
  auto differing = with_id(full_exercise(), "other");
  differing.device.reset();
  BOOST_TEST((put_list("2", {differing}) == ids{"other"}));
  put_details("other", with_id(detailed_exercise(), "other"));
  BOOST_TEST(put_list("2", {differing}).empty());
}

BOOST_AUTO_TEST_CASE(details_are_noted_apart_from_the_exercise) {
  auto record = full_exercise();
  put_list("1", {record});
  const auto stamp = query("SELECT updated_at FROM exercise");
  const auto changes = require_value(db->find_user(user)).changes;
  now += 1h;
  // Absent values change what the list says, and no row.
  record.club_name.reset();
  BOOST_TEST((put_list("2", {record}) == ids{record.polar_exercise_id}));
  BOOST_TEST(query("SELECT updated_at FROM exercise") == stamp);
  BOOST_TEST(require_value(db->find_user(user)).changes == changes);
}

BOOST_AUTO_TEST_CASE(impossible_and_doubled_exercises_want_no_details) {
  auto impossible = with_id(full_exercise(), "impossible");
  impossible.start_time = instant{day_of(-3, 1, 1)};
  BOOST_TEST((put_list("1", {full_exercise(), impossible, full_exercise()})
              == ids{full_exercise().polar_exercise_id}));
}

BOOST_AUTO_TEST_CASE(other_users_have_details_of_their_own) {
  put_list("1", {full_exercise()});
  put_details("details", detailed_exercise());
  const user_id other{"67890"};
  const auto other_claim = shards.claim_for(other);
  require_value(db->upsert_user(other_claim, other, "t", std::nullopt, now));
  const auto outcome = require_value(db->store_reply(
      other_claim, other, reply(stream::exercises, "1", std::vector{full_exercise()})));
  BOOST_TEST((outcome.exercises_without_details == ids{full_exercise().polar_exercise_id}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
