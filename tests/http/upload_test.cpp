// Goal: a body that is too large for memory lies in one file of ours, and nowhere when nobody wants
// it. Method: a temporary folder.
#define BOOST_TEST_DYN_LINK
#include "http/upload.hpp"
#include "tests/support/process.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

namespace fs = std::filesystem;

struct upload_fixture {
  testing::temporary_folder place;
  fs::path folder = place.path() / "imports";
  std::shared_ptr<crypto::random_source> random = crypto::make_system_random();

  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(uploads, upload_fixture)

BOOST_AUTO_TEST_CASE(a_body_in_pieces) {
  auto begun = upload::begin(folder, *random);
  BOOST_TEST_REQUIRE(begun.has_value());
  BOOST_TEST(begun->append("one "));
  BOOST_TEST(begun->append(""));
  BOOST_TEST(begun->append(std::string_view{"\0two", 4}));
  BOOST_TEST(begun->bytes() == 8);
  BOOST_TEST(testing::read_text(folder / begun->name()) == (std::string{"one \0two", 8}));
}

BOOST_AUTO_TEST_CASE(the_last_room_of_a_disk_is_for_others) {
  auto begun = upload::begin(folder, *random, std::uint64_t{1} << 60);
  BOOST_TEST_REQUIRE(begun.has_value());
  BOOST_TEST(!begun->append("one"));
}

BOOST_AUTO_TEST_CASE(only_its_owner_reads_it) {
  const auto begun = upload::begin(folder, *random);
  BOOST_TEST_REQUIRE(begun.has_value());
  const auto others = fs::perms::group_all | fs::perms::others_all;
  BOOST_TEST(((fs::status(folder / begun->name()).permissions() & others) == fs::perms::none));
  BOOST_TEST(((fs::status(folder).permissions() & others) == fs::perms::none));
}

BOOST_AUTO_TEST_CASE(what_nobody_takes_over_is_removed) {
  { const auto begun = upload::begin(folder, *random); }
  BOOST_TEST(files() == 0u);
  {
    auto begun = upload::begin(folder, *random);
    auto moved = std::move(*begun);
    moved.release();
  }
  BOOST_TEST(files() == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_dead_server_left) {
  fs::create_directories(folder);
  std::ofstream{folder / "a.part"} << "half";
  std::ofstream{folder / "b.zip"} << "whole";
  remove_unfinished_uploads(folder);
  BOOST_TEST(!fs::exists(folder / "a.part"));
  BOOST_TEST(fs::exists(folder / "b.zip"));
  remove_unfinished_uploads(place.path() / "nowhere");
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written) {
  std::ofstream{place.path() / "file"} << "in the way";
  const auto begun = upload::begin(place.path() / "file" / "imports", *random);
  BOOST_TEST_REQUIRE(!begun.has_value());
  BOOST_TEST((begun.error().code == errc::storage_unavailable));
}

BOOST_AUTO_TEST_SUITE_END()
