// Goal: a file of Polar's account export fills in what nobody knew, changes nothing that Polar's
// API has told, and makes no second row of one training. Method: the same records by both ways, in
// both orders; and the reports of imports as the database keeps them.
#define BOOST_TEST_DYN_LINK
#include "tests/storage/sample_records.hpp"
#include "tests/support/table_hash.hpp"

#include <optional>
#include <string>

namespace polar_flow::storage {

namespace {

struct imports_fixture : records_fixture {
  int files = 0;

  /// A file that was not seen before.
  store_outcome import(stream kind, std::vector<stream_records> parts) {
    return import(kind, std::move(parts), "file " + std::to_string(++files));
  }

  store_outcome import(stream kind, std::vector<stream_records> parts, std::string content) {
    now += 1s;
    raw_reply file{.kind = kind,
                   .request = "activity-2026-03-08.json",
                   .status = 200,
                   .fetched_at = now,
                   .body = std::move(content)};
    return require_value(db->store_export_file(claim(), user, file, parts));
  }

  import_report open_report(const std::string& number = "1") const {
    import_report report;
    report.job.value = "00000000-0000-4000-8000-00000000000" + number;
    report.user = user;
    report.kind = import_kind::takeout;
    report.zip_bytes = 1234;
    report.received_at = now;
    return report;
  }

  std::string origins(const std::string& table) const {
    return query("SELECT string_agg(origin, ',' ORDER BY origin) FROM " + table);
  }
};

const date eighth = day_of(2026, 3, 8);

} // namespace

BOOST_FIXTURE_TEST_SUITE(filling, imports_fixture)

BOOST_AUTO_TEST_CASE(a_new_row_is_kept_with_its_origin) {
  const auto outcome = import(stream::sleep, {std::vector{full_night(eighth)}});
  BOOST_TEST(!outcome.was_known);
  BOOST_TEST(outcome.rows_changed == 1);
  BOOST_TEST(origins("sleep") == "polar-flow-export");
  BOOST_TEST(query("SELECT origin FROM raw_replies") == "polar-flow-export");
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(what_the_api_has_told_stays_and_gaps_are_filled) {
  auto told = full_night(eighth);
  told.sleep_score = 80;
  told.sleep_cycles.reset();
  told.hypnogram.clear();
  store_all(stream::sleep, std::vector{told});
  auto exported = full_night(eighth);
  exported.sleep_score = 79;
  exported.sleep_cycles = 4;
  BOOST_TEST(import(stream::sleep, {std::vector{exported}}).rows_changed == 1);
  BOOST_TEST(query("SELECT sleep_score FROM sleep") == "80");
  BOOST_TEST(query("SELECT sleep_cycles FROM sleep") == "4");
  BOOST_TEST(query("SELECT cardinality(hypnogram_minutes) FROM sleep")
             == std::to_string(exported.hypnogram.size()));
  BOOST_TEST(origins("sleep") == "accesslink");
}

BOOST_AUTO_TEST_CASE(what_adds_nothing_changes_nothing) {
  store_all(stream::sleep, std::vector{full_night(eighth)});
  const auto touched = query("SELECT updated_at FROM sleep");
  auto poorer = full_night(eighth);
  poorer.sleep_score = 1;
  poorer.sleep_charge.reset();
  BOOST_TEST(import(stream::sleep, {std::vector{poorer}}).rows_changed == 0);
  BOOST_TEST(query("SELECT updated_at FROM sleep") == touched);
  BOOST_TEST(require_value(db->find_user(user)).changes == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_file_again_is_known) {
  const std::vector<stream_records> parts{std::vector{full_night(eighth)}};
  import(stream::sleep, parts, "content");
  const auto again = import(stream::sleep, parts, "content");
  BOOST_TEST(again.was_known);
  BOOST_TEST(again.rows_changed == 0);
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "1");
}

BOOST_AUTO_TEST_CASE(a_file_is_understood_at_last) {
  import(stream::sleep, {}, "content");
  BOOST_TEST(query("SELECT is_unread FROM raw_replies") == "t");
  BOOST_TEST(import(stream::sleep, {std::vector{full_night(eighth)}}, "content").rows_changed == 1);
  BOOST_TEST(query("SELECT is_unread FROM raw_replies") == "f");
}

BOOST_AUTO_TEST_CASE(two_halves_of_one_night) {
  night times;
  times.day = eighth;
  times.start_time = full_night(eighth).start_time;
  night scores;
  scores.day = eighth;
  scores.sleep_score = 77;
  import(stream::sleep, {std::vector{times}});
  BOOST_TEST(import(stream::sleep, {std::vector{scores}}).rows_changed == 1);
  BOOST_TEST(query("SELECT sleep_score FROM sleep WHERE start_time IS NOT NULL") == "77");
  BOOST_TEST(origins("sleep") == "polar-flow-export");
}

BOOST_AUTO_TEST_CASE(the_api_wins_also_when_it_comes_later) {
  auto exported = full_night(eighth);
  exported.sleep_score = 79;
  import(stream::sleep, {std::vector{exported}});
  auto told = full_night(eighth);
  told.sleep_score = 80;
  BOOST_TEST(store_all(stream::sleep, std::vector{told}) == 1);
  BOOST_TEST(query("SELECT sleep_score FROM sleep") == "80");
  BOOST_TEST(origins("sleep") == "accesslink");
}

BOOST_AUTO_TEST_CASE(of_two_watches_the_one_that_was_worn) {
  auto drawer = full_activity(eighth);
  drawer.steps = 12;
  auto wrist = full_activity(eighth);
  wrist.steps = 9000;
  wrist.inactivity_alerts.reset();
  import(stream::activity, {std::vector{drawer}});
  import(stream::activity, {std::vector{wrist}});
  BOOST_TEST(query("SELECT steps FROM activity") == "9000");
  BOOST_TEST(query("SELECT inactivity_alerts IS NOT NULL FROM activity") == "t");
  import(stream::activity, {std::vector{drawer}}, "again");
  BOOST_TEST(query("SELECT steps FROM activity") == "9000");
  // But what the API told is the day.
  auto told = full_activity(eighth);
  told.steps = 20;
  store_all(stream::activity, std::vector{told});
  import(stream::activity, {std::vector{wrist}}, "once more");
  BOOST_TEST(query("SELECT steps FROM activity") == "20");
}

BOOST_AUTO_TEST_CASE(every_table_that_an_export_fills) {
  auto with_export = [&](stream kind, stream_records records) {
    BOOST_TEST_CONTEXT(to_string(kind)) {
      BOOST_TEST(import(kind, {records}).rows_changed == 1);
      BOOST_TEST(import(kind, {records}).rows_changed == 0);
      BOOST_TEST(store_all(kind, records) == 0);
    }
  };
  with_export(stream::recharge, std::vector{full_recharge(eighth)});
  with_export(stream::activity, std::vector{full_activity(eighth)});
  with_export(stream::activity_samples, std::vector{full_activity_samples(eighth)});
  with_export(stream::continuous_hr, std::vector{full_heart_rate(eighth)});
  with_export(stream::spo2, std::vector{full_spo2(now)});
  with_export(stream::ecg, std::vector{full_ecg(now)});
  with_export(stream::body_temperature, std::vector{full_body_temperature(now)});
  with_export(stream::physical_info, std::vector{full_physical_info(now)});
  with_export(stream::exercises, std::vector{detailed_exercise()});
  BOOST_TEST(query("SELECT count(*) FROM ecg_ids") == "1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(one_training, imports_fixture)

BOOST_AUTO_TEST_CASE(the_import_after_the_api) {
  auto told = full_exercise();
  told.running_index.reset();
  store_all(stream::exercises, std::vector{told});
  auto exported = detailed_exercise();
  exported.polar_exercise_id = "7520219187";
  exported.start_time += 2s;
  *exported.duration_s -= 1.5;
  exported.running_index = 51;
  exported.sport = "POLAR_SPORT_83";
  BOOST_TEST(import(stream::exercises, {std::vector{exported}}).rows_changed == 1);
  BOOST_TEST(query("SELECT string_agg(polar_exercise_id, ',') FROM exercise")
             == told.polar_exercise_id);
  BOOST_TEST(query("SELECT running_index FROM exercise") == "51");
  BOOST_TEST(query("SELECT sport FROM exercise") == *told.sport);
  BOOST_TEST(query("SELECT jsonb_array_length(samples) > 0 FROM exercise") == "t");
}

BOOST_AUTO_TEST_CASE(the_api_after_the_import) {
  auto exported = detailed_exercise();
  exported.polar_exercise_id = "7520219187";
  exported.start_time -= 1s;
  import(stream::exercises, {std::vector{exported}});
  const auto imported_as = query("SELECT exercise_id FROM exercise");
  auto told = full_exercise();
  BOOST_TEST(store_all(stream::exercises, std::vector{told}) == 1);
  BOOST_TEST(query("SELECT string_agg(polar_exercise_id, ',') FROM exercise")
             == told.polar_exercise_id);
  BOOST_TEST(query("SELECT exercise_id FROM exercise") != imported_as);
  BOOST_TEST(query("SELECT jsonb_array_length(samples) > 0 FROM exercise") == "t");
  BOOST_TEST(origins("exercise") == "accesslink");
  // And again the import, of which the database now knows another id.
  BOOST_TEST(import(stream::exercises, {std::vector{exported}}).rows_changed == 0);
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "1");
}

BOOST_AUTO_TEST_CASE(others_stay_others) {
  auto told = full_exercise();
  store_all(stream::exercises, std::vector{told});
  auto later = told;
  later.polar_exercise_id = "1";
  later.start_time += 3s;
  auto longer = told;
  longer.polar_exercise_id = "2";
  *longer.duration_s += 3;
  import(stream::exercises, {std::vector{later, longer}});
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "3");
}

BOOST_AUTO_TEST_CASE(two_trainings_of_the_api_are_never_one) {
  auto first = full_exercise();
  auto second = full_exercise();
  second.polar_exercise_id = "another";
  store_all(stream::exercises, std::vector{first, second});
  store_all(stream::exercises, std::vector{first});
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "2");
}

BOOST_AUTO_TEST_CASE(exported_twice_under_different_ids) {
  auto first = detailed_exercise();
  first.polar_exercise_id = "1";
  auto second = first;
  second.polar_exercise_id = "2";
  import(stream::exercises, {std::vector{first, second}});
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "2");
  // Of which the API tells one; nothing is lost and nothing fails.
  store_all(stream::exercises, std::vector{full_exercise()});
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "2");
}

BOOST_AUTO_TEST_CASE(without_an_offset_the_wall_clock_decides) {
  auto told = full_exercise();
  told.utc_offset_minutes = 120;
  store_all(stream::exercises, std::vector{told});
  auto exported = told;
  exported.polar_exercise_id = "1";
  exported.utc_offset_minutes.reset();
  exported.start_time += 2h;
  import(stream::exercises, {std::vector{exported}});
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(replaying_imports, imports_fixture)

BOOST_AUTO_TEST_CASE(a_rebuild_makes_the_same_rows) {
  std::map<std::string, std::vector<stream_records>> known;
  const auto both_ways = [&](stream kind, stream_records told, stream_records exported,
                             bool is_imported_first) {
    const auto import_it = [&] {
      const auto content = "file " + std::to_string(++files);
      known[content] = {exported};
      import(kind, {exported}, content);
    };
    if (is_imported_first)
      import_it();
    const auto body = "told " + std::to_string(known.size());
    known[body] = {told};
    put(reply(kind, body, told));
    if (!is_imported_first)
      import_it();
  };
  for (const bool is_imported_first : {true, false}) {
    const auto day = eighth - std::chrono::days{is_imported_first ? 1 : 0};
    auto told = full_night(day);
    told.sleep_cycles.reset();
    both_ways(stream::sleep, std::vector{told}, std::vector{full_night(day)}, is_imported_first);
    auto exercise_told = full_exercise();
    exercise_told.polar_exercise_id = is_imported_first ? "early" : "late";
    exercise_told.start_time += is_imported_first ? 24h : 48h;
    auto exported = detailed_exercise();
    exported.polar_exercise_id = is_imported_first ? "11" : "12";
    exported.start_time = exercise_told.start_time;
    both_ways(stream::exercises, std::vector{exercise_told}, std::vector{exported},
              is_imported_first);
  }
  const auto hashes = [&] {
    return testing::hash_tables(options.database_url, std::nullopt,
                                testing::hashed_tables::with_archive);
  };
  const auto before = hashes();
  require_value(db->rebuild(
      claim(), user, now,
      [&](const archived_reply& archived) -> result<std::vector<stream_records>> {
        return known.at(archived.raw.body);
      }));
  for (const auto& line : testing::differences(before, hashes()))
    BOOST_ERROR(line);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(import_reports, imports_fixture)

BOOST_AUTO_TEST_CASE(a_report_from_its_beginning_to_its_end) {
  auto report = open_report();
  BOOST_TEST(!require_value(db->find_import(user, std::nullopt)));
  require_value(db->open_import(claim(), report, false));
  BOOST_TEST((require_value(db->find_import(user, report.job)) == report));
  BOOST_TEST((require_value(db->list_open_imports()) == std::vector{report}));

  report.status = import_status::running;
  report.files_total = 3;
  report.files_done = 2;
  report.files_taken = 1;
  report.files_refused = 1;
  report.rows_changed = 7;
  report.files = {{"a.json", file_outcome::taken, 9, 7, ""},
                  {"b.json", file_outcome::refused, 0, 0, "It is broken."}};
  require_value(db->note_import(claim(), report));
  BOOST_TEST((require_value(db->find_import(user, std::nullopt)) == report));

  auto end = report;
  end.status = import_status::failed;
  end.completed_at = now + 5min;
  end.files_done = 3;
  end.files_known = 1;
  end.failure = error{errc::invalid_argument, "This is no takeout."};
  end.files = {{"c.json", file_outcome::known, 1, 0, ""}};
  require_value(db->note_import(claim(), end));
  end.files = {report.files[0], report.files[1], end.files[0]};
  BOOST_TEST((require_value(db->find_import(user, report.job)) == end));
  BOOST_TEST(require_value(db->list_open_imports()).empty());
}

BOOST_AUTO_TEST_CASE(one_at_a_time_for_a_user) {
  require_value(db->open_import(claim(), open_report("1"), false));
  const auto second = db->open_import(claim(), open_report("2"), false);
  BOOST_TEST(code_of(second) == errc::import_in_progress);
  BOOST_TEST(second.error().message == open_report("1").job.value);
  auto ended = open_report("1");
  ended.status = import_status::finished;
  require_value(db->note_import(claim(), ended));
  now += 1s;
  require_value(db->open_import(claim(), open_report("2"), false));
  BOOST_TEST(require_value(db->find_import(user, std::nullopt))->job.value
             == open_report("2").job.value);
}

BOOST_AUTO_TEST_CASE(who_is_not_known_may_be_created) {
  auto report = open_report();
  report.user = user_id{"newcomer"};
  const auto claim_of = shards.claim_for(report.user);
  BOOST_TEST(code_of(db->open_import(claim_of, report, false)) == errc::unknown_user);
  require_value(db->open_import(claim_of, report, true));
  const auto created = require_value(db->find_user(report.user));
  BOOST_TEST((created.state == connection_state::disconnected));
  BOOST_TEST(!created.has_token);
}

BOOST_AUTO_TEST_CASE(nothing_is_noted_about_what_is_gone) {
  BOOST_TEST(code_of(db->note_import(claim(), open_report())) == errc::not_found);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
