// Goal: an import that was accepted is ended, whatever happens in between, and leaves no file
// behind. Method: the actor without a thread of its own, a real database, and a folder.
#define BOOST_TEST_DYN_LINK
#include "actors/importer.hpp"
#include "actors/limits.hpp"
#include "config/import_folder.hpp"
#include "tests/actors/fakes.hpp"
#include "tests/polar/flow_export_samples.hpp"
#include "tests/storage/store_fixture.hpp"
#include "tests/zip/zip_files.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace polar_flow::actors {

namespace {

namespace fs = std::filesystem;
using storage::require_value;

struct importer_fixture : actors::testing::node_fixture {
  storage::store_fixture stored;
  polar_flow::testing::temporary_dir place;
  fs::path folder;
  importer_actor importing;

  importer_fixture() {
    env->config.storage.data_dir = place.path();
    folder = import_folder(env->config.storage);
    fs::create_directories(folder);
  }

  void start() {
    importing = system.spawn(importer, environment_ptr{env}, stored.options);
    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(importing));
  }

  std::string upload(const std::string& name = "upload.part") {
    polar_flow::testing::packed_files files;
    for (const auto& sample : polar_flow::testing::export_samples)
      files.emplace_back(sample.file_name, sample.content);
    std::ofstream{folder / name, std::ios::binary} << polar_flow::testing::make_zip(files);
    return name;
  }

  begin_import command(const std::string& file) const {
    return {stored.user, import_kind::polar_flow, file, 4711, false};
  }

  import_report newest() const {
    const auto found = require_value(stored.db->find_import(stored.user, std::nullopt));
    BOOST_TEST_REQUIRE(found.has_value());
    return *found;
  }

  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(importing, importer_fixture)

BOOST_AUTO_TEST_CASE(from_the_upload_to_the_report) {
  start();
  const auto begun = ask<import_begun>(importing, command(upload()));
  run();
  BOOST_TEST_REQUIRE(begun->has_value());
  BOOST_TEST_REQUIRE((*begun)->has_value());
  const auto report = newest();
  BOOST_TEST(report.job.value == (**begun)->job.value);
  BOOST_TEST(to_string(report.status) == "finished");
  BOOST_TEST(report.files_taken == report.files_total.value());
  BOOST_TEST(report.completed_at.has_value());
  BOOST_TEST(files() == 0u);
  // What was learnt from the rows is there, too.
  BOOST_TEST(stored.query("SELECT count(*) FROM analytics_snapshot") == "1");
}

BOOST_AUTO_TEST_CASE(one_at_a_time_for_a_user) {
  // That of another node: its file is not here.
  import_report report;
  report.job.value = "00000000-0000-4000-8000-000000000001";
  report.user = stored.user;
  report.received_at = env->now();
  require_value(stored.db->open_import(stored.claim(), report, false));
  start();
  const auto begun = ask<import_begun>(importing, command(upload()));
  run();
  BOOST_TEST_REQUIRE(!(*begun)->has_value());
  BOOST_TEST(((*begun)->error().code == errc::import_in_progress));
  BOOST_TEST((*begun)->error().message == report.job.value);
  BOOST_TEST(files() == 0u);
  BOOST_TEST(to_string(newest().status) == "queued");
}

BOOST_AUTO_TEST_CASE(one_whose_file_was_lost_is_in_nobodys_way) {
  import_report report;
  report.job.value = "00000000-0000-4000-8000-000000000001";
  report.user = stored.user;
  report.received_at = env->now() - limits::import_lost_after;
  require_value(stored.db->open_import(stored.claim(), report, false));
  start();
  const auto begun = ask<import_begun>(importing, command(upload()));
  run();
  BOOST_TEST((*begun)->has_value());
  BOOST_TEST(to_string(newest().status) == "finished");
  const auto lost = require_value(stored.db->find_import(stored.user, report.job));
  BOOST_TEST(to_string(lost->status) == "failed");
  BOOST_TEST(lost->failure->message == "The uploaded file was lost.");
}

BOOST_AUTO_TEST_CASE(what_an_earlier_run_has_left) {
  import_report report;
  report.job.value = "00000000-0000-4000-8000-000000000001";
  report.user = stored.user;
  report.kind = import_kind::polar_flow;
  report.received_at = stored.now;
  require_value(stored.db->open_import(stored.claim(), report, false));
  upload(report.job.value + ".zip");
  upload("00000000-0000-4000-8000-000000000002.zip");
  upload("half.part");
  start();
  run();
  BOOST_TEST(to_string(newest().status) == "finished");
  // Of uploads that are under way the front-end takes care.
  BOOST_TEST(files() == 1u);
  BOOST_TEST(fs::exists(folder / "half.part"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_gone) {
  start();
  const auto begun = ask<import_begun>(importing, command("nothing.part"));
  run();
  BOOST_TEST_REQUIRE(!(*begun)->has_value());
  BOOST_TEST(((*begun)->error().code == errc::storage_unavailable));
  BOOST_TEST(stored.query("SELECT count(*) FROM imports") == "0");
}

BOOST_AUTO_TEST_CASE(what_is_no_zip_fails_with_a_reason) {
  std::ofstream{folder / "upload.part"} << "no zip";
  start();
  ask<import_begun>(importing, command("upload.part"));
  run();
  BOOST_TEST(to_string(newest().status) == "failed");
  BOOST_TEST(!newest().failure->message.empty());
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_CASE(a_user_who_is_erased_meanwhile) {
  start();
  run();
  ask<import_begun>(importing, command(upload()));
  while (stored.query("SELECT count(*) FROM imports") == "0")
    scheduler.run_once();
  require_value(stored.db->erase_user(stored.claim(), stored.user));
  run();
  BOOST_TEST(files() == 0u);
  BOOST_TEST(stored.query("SELECT count(*) FROM imports") == "0");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::actors
