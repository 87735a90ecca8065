// Goal: of a zip that nobody vouches for everything is taken that can be, and each file says what
// became of it. Method: zips made in memory, a real database.
#define BOOST_TEST_DYN_LINK
#include "actors/import_job.hpp"
#include "tests/polar/flow_export_samples.hpp"
#include "tests/storage/store_fixture.hpp"
#include "tests/zip/zip_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace polar_flow::actors {

namespace {

using polar_flow::testing::file_on_disk;
using polar_flow::testing::make_zip;
using polar_flow::testing::packed_files;
using storage::code_of;
using storage::require_value;

struct job_fixture : storage::store_fixture {
  import_report report;
  std::optional<error> failure;

  job_fixture() {
    report.user = user;
    report.job.value = "1";
  }

  /// Imports a zip to its end, or so many files of it.
  void import(import_kind kind, const std::string& zip, int files_max = 1000) {
    const file_on_disk file{zip};
    report.kind = kind;
    failure.reset();
    import_job job{report, file.path()};
    if (auto opened = job.open(); !opened) {
      failure = opened.error();
      return;
    }
    for (int i = 0; i < files_max; ++i) {
      const auto taken = job.take_next(*db, claim(), now);
      if (!taken)
        failure = taken.error();
      if (!taken || !*taken)
        break;
    }
    report = job.report();
  }

  void import(import_kind kind, const packed_files& files) {
    import(kind, make_zip(files));
  }

  const imported_file& file(const std::string& name) const {
    const auto found = std::ranges::find(report.files, name, &imported_file::name);
    if (found == report.files.end())
      BOOST_FAIL("nothing is said about " << name);
    return *found;
  }

  void check(const std::string& name, file_outcome outcome, const std::string& reason) const {
    BOOST_TEST(to_string(file(name).outcome) == to_string(outcome), name);
    BOOST_TEST(file(name).reason == reason, name);
  }

  /// All that is stored about the user, as the files of a takeout.
  packed_files take_out() const {
    packed_files files;
    std::optional<std::string> place;
    do {
      const auto page = require_value(db->load_takeout_page(user, place));
      for (const auto& piece : page.pieces)
        if (!files.empty() && files.back().first == piece.file)
          files.back().second += piece.content;
        else
          files.emplace_back(piece.file, piece.content);
      place = page.next;
    } while (place);
    return files;
  }
};

constexpr auto samples_count
    = static_cast<std::int64_t>(polar_flow::testing::export_samples.size());

packed_files all_samples() {
  packed_files files;
  for (const auto& sample : polar_flow::testing::export_samples)
    files.emplace_back(sample.file_name, sample.content);
  return files;
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_names)

BOOST_AUTO_TEST_CASE(the_random_part_is_no_identity) {
  const std::string uuid = "-28039c6b-e86f-4e0e-afa8-b30d04364871.json";
  BOOST_TEST(request_of_export_file("activity-2020-05-01" + uuid) == "activity-2020-05-01.json");
  BOOST_TEST(request_of_export_file("a/b/sleep_result_123" + uuid) == "sleep_result_123.json");
  BOOST_TEST(request_of_export_file("ecg_123-28039c6b.json") == "ecg_123-28039c6b.json");
  BOOST_TEST(request_of_export_file("28039c6b-e86f-4e0e-afa8-b30d04364871.json")
             == "28039c6b-e86f-4e0e-afa8-b30d04364871.json");
  BOOST_TEST(request_of_export_file("activity-2020-05-01-28039c6b-e86f-4e0e-afa8-b30d0436487x.json")
             == "activity-2020-05-01-28039c6b-e86f-4e0e-afa8-b30d0436487x.json");
  BOOST_TEST(request_of_export_file("") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(import_of_an_export, job_fixture)

BOOST_AUTO_TEST_CASE(every_family_is_taken_and_the_second_time_known) {
  import(import_kind::polar_flow, all_samples());
  BOOST_TEST(report.files_total.value() == samples_count);
  BOOST_TEST(report.files_done == samples_count);
  for (const auto& taken : report.files)
    BOOST_TEST(to_string(taken.outcome) == "taken", taken.name + ": " + taken.reason);
  BOOST_TEST(query("SELECT count(*) FROM exercise") == "2");
  BOOST_TEST(query("SELECT count(*) FROM sleep WHERE sleep_score IS NOT NULL "
                   "AND start_time IS NOT NULL")
             != "0");
  const auto changes = require_value(db->find_user(user)).changes;

  report.files.clear();
  report.files_done = 0;
  import(import_kind::polar_flow, all_samples());
  for (const auto& known : report.files)
    BOOST_TEST(to_string(known.outcome) == "known", known.name + ": " + known.reason);
  BOOST_TEST(require_value(db->find_user(user)).changes == changes);
}

BOOST_AUTO_TEST_CASE(each_file_for_itself) {
  auto files = all_samples();
  files.insert(files.begin(), {"sleep_score_1-x.json", "[{\"night\":"});
  files.emplace_back("account-data-1.json", R"({"email":"secret@example.org"})");
  files.emplace_back("picture.data", "GIF89a");
  files.emplace_back("something-new.json", R"({"a":1})");
  files.emplace_back("xx/xx/etc/passwd", "root");
  files.emplace_back("247ohr_2024_09-x.json", R"({"deviceDays":[]})");
  import(import_kind::polar_flow,
         polar_flow::testing::replaced(make_zip(files), "xx/xx/", "../../"));
  BOOST_TEST(!failure);
  BOOST_TEST(report.files_taken == samples_count);
  BOOST_TEST(to_string(file("sleep_score_1-x.json").outcome) == "refused");
  BOOST_TEST(file("sleep_score_1-x.json").reason.find("secret") == std::string::npos);
  check("account-data-1.json", file_outcome::ignored,
        "Settings, plans and personal data are not read.");
  check("picture.data", file_outcome::ignored, "It is not JSON: a picture, for example.");
  check("something-new.json", file_outcome::ignored, "This kind of file is not known.");
  check("247ohr_2024_09-x.json", file_outcome::ignored, "There is nothing in it that is kept.");
  BOOST_TEST(report.files_refused == 2);
  // What a later version may understand is kept, what is nobody's business is not.
  BOOST_TEST(query("SELECT string_agg(request, ',') FROM raw_replies WHERE is_unread")
             == "sleep_score_1-x.json");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies WHERE request LIKE 'account%' "
                   "OR request LIKE 'something%' OR request LIKE 'picture%'")
             == "0");
}

BOOST_AUTO_TEST_CASE(a_bomb_harms_nothing) {
  auto files = all_samples();
  files.emplace_back("activity-2021-01-01-x.json", std::string(60'000'000, ' '));
  import(import_kind::polar_flow, files);
  BOOST_TEST(to_string(file("activity-2021-01-01-x.json").outcome) == "refused");
  BOOST_TEST(report.files_taken == samples_count);
}

BOOST_AUTO_TEST_CASE(a_strange_zip_is_refused) {
  import(import_kind::polar_flow, packed_files{{"holiday.txt", "sun"}, {"notes.json", "{}"}});
  BOOST_TEST_REQUIRE(failure.has_value());
  BOOST_TEST(failure->message
             == "This is no account export of Polar Flow: no file of it could be used.");
  BOOST_TEST(query("SELECT count(*) FROM raw_replies") == "0");
}

BOOST_AUTO_TEST_CASE(what_is_no_zip) {
  for (const std::string content : {"", "PK", "no zip at all"}) {
    import(import_kind::polar_flow, content);
    BOOST_TEST_REQUIRE(failure.has_value());
    BOOST_TEST((failure->code == errc::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(a_crash_in_the_middle) {
  const auto zip = make_zip(all_samples());
  import(import_kind::polar_flow, zip, 3);
  BOOST_TEST(report.files_done == 3);
  import(import_kind::polar_flow, zip);
  BOOST_TEST(report.files_done == report.files_total.value());
  BOOST_TEST(report.files_taken == report.files_total.value());
  BOOST_TEST(std::ssize(report.files) == samples_count);
}

BOOST_AUTO_TEST_CASE(a_user_who_was_erased_meanwhile) {
  require_value(db->erase_user(claim(), user));
  import(import_kind::polar_flow, all_samples());
  BOOST_TEST_REQUIRE(failure.has_value());
  BOOST_TEST((failure->code == errc::unknown_user));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(import_of_a_takeout, job_fixture)

BOOST_AUTO_TEST_CASE(everything_comes_back_in_any_order) {
  import(import_kind::polar_flow, all_samples());
  auto files = take_out();
  for (const bool is_reversed : {false, true}) {
    job_fixture fresh;
    if (is_reversed)
      std::ranges::reverse(files);
    fresh.import(import_kind::takeout, files);
    BOOST_TEST(!fresh.failure);
    BOOST_TEST(fresh.report.files_refused == 0);
    BOOST_TEST(fresh.report.files_done == static_cast<std::int64_t>(files.size()));
    // The users differ in what belongs to a server: state, token, counters.
    for (const auto* table : {"sleep", "exercise", "activity", "raw_replies"})
      BOOST_TEST(fresh.query("SELECT count(*) FROM " + std::string{table})
                     == query("SELECT count(*) FROM " + std::string{table}),
                 table);
    BOOST_TEST(fresh.query("SELECT count(*) FROM raw_replies WHERE origin = 'takeout'") == "0");
    fresh.check("README.txt", file_outcome::ignored, "It is for people to read.");
  }
}

BOOST_AUTO_TEST_CASE(a_takeout_of_somebody_else_is_refused) {
  auto files = take_out();
  files.front().second = R"({"format": 1, "user_id": "another"})";
  import(import_kind::takeout, files);
  BOOST_TEST_REQUIRE(failure.has_value());
  BOOST_TEST(failure->message == "manifest.json: this takeout is about another user");
  BOOST_TEST(report.files_done == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_takeout) {
  import(import_kind::takeout, all_samples());
  BOOST_TEST_REQUIRE(failure.has_value());
  BOOST_TEST(failure->message == "This is no takeout: it has no manifest.json.");
}

BOOST_AUTO_TEST_CASE(a_broken_line_costs_no_other_file) {
  import(import_kind::polar_flow, all_samples());
  auto files = take_out();
  for (auto& [name, content] : files)
    if (name == "tables/sleep.jsonl")
      content += "{\"day\": \"never\"}\n";
  const auto lines = [&](const std::string& name) {
    const auto found = std::ranges::find(files, name, &packed_files::value_type::first);
    return std::ranges::count(found->second, '\n');
  };
  job_fixture fresh;
  fresh.import(import_kind::takeout, files);
  BOOST_TEST(!fresh.failure);
  BOOST_TEST(fresh.report.files_refused == 1);
  fresh.check("tables/sleep.jsonl", file_outcome::refused,
              "tables/sleep.jsonl, line " + std::to_string(lines("tables/sleep.jsonl"))
                  + ": this is no row of the table");
  BOOST_TEST(fresh.query("SELECT count(*) FROM exercise") == "2");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::actors
