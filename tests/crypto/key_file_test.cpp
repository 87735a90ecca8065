// Goal: one key for ever, private from the first moment, whoever creates it.
#define BOOST_TEST_DYN_LINK
#include "crypto/key_file.hpp"

#include "crypto/secret_box.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(key_files)

using namespace polar_flow;
using namespace polar_flow::crypto;
namespace fs = std::filesystem;

namespace {

struct fixture {
  fixture()
      : folder{fs::temp_directory_path() / ("polar_flow_key_file_" + std::to_string(::getpid()))},
        random{make_seeded_random(11)} {
    fs::remove_all(folder);
    fs::create_directory(folder);
  }

  fixture(const fixture&) = delete;
  fixture& operator=(const fixture&) = delete;

  ~fixture() {
    fs::remove_all(folder);
  }

  void write(const fs::path& file, const std::string& text, mode_t mode = 0600) const {
    std::ofstream{file} << text;
    ::chmod(file.c_str(), mode);
  }

  fs::path folder;
  std::shared_ptr<random_source> random;
};

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::size_t entries_of(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

bool complains(const result<std::string>& loaded, std::string_view about) {
  BOOST_TEST_MESSAGE((loaded ? "no error" : loaded.error().message));
  return !loaded && loaded.error().code == errc::invalid_argument
         && loaded.error().message.find(about) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_missing_file_is_created_once, fixture) {
  const auto file = folder / "keys" / "encryption.key";
  const auto key = load_or_create_key_file(file, *random);
  BOOST_REQUIRE(key.has_value());
  BOOST_TEST(secret_box::from_fernet_key(*key, random).has_value());
  BOOST_TEST(mode_of(file) == 0600u);
  BOOST_TEST(mode_of(file.parent_path()) == 0700u);
  // No temporary file is left.
  BOOST_TEST(entries_of(file.parent_path()) == 1u);
  BOOST_TEST((load_or_create_key_file(file, *random) == *key));
}

BOOST_FIXTURE_TEST_CASE(an_existing_file_is_read, fixture) {
  const auto file = folder / "encryption.key";
  const std::string key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  for (const auto* ending : {"", "\n", "\r\n"}) {
    write(file, key + ending);
    BOOST_TEST((load_or_create_key_file(file, *random) == key));
  }
}

BOOST_FIXTURE_TEST_CASE(a_file_for_others_is_refused, fixture) {
  const auto file = folder / "encryption.key";
  for (const mode_t mode : {0640u, 0604u, 0660u, 0644u, 0601u}) {
    write(file, "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=", mode);
    BOOST_TEST(complains(load_or_create_key_file(file, *random), "chmod 600"), mode);
  }
  write(file, "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=", 0400);
  BOOST_TEST(load_or_create_key_file(file, *random).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_damaged_file_is_never_replaced, fixture) {
  const auto file = folder / "encryption.key";
  for (const auto& text : {std::string{}, std::string{"\n"}, std::string{"not-a-key"},
                           std::string(5000, 'A')}) {
    write(file, text);
    const auto loaded = load_or_create_key_file(file, *random);
    BOOST_TEST(complains(loaded, "holds no encryption key"));
    BOOST_TEST(loaded.error().message.find("not-a-key") == std::string::npos);
    BOOST_TEST(fs::file_size(file) == text.size());
  }
}

BOOST_FIXTURE_TEST_CASE(wrong_places_are_named, fixture) {
  BOOST_TEST(complains(load_or_create_key_file(folder, *random), "is not a regular file"));
  write(folder / "file", "");
  BOOST_TEST(complains(load_or_create_key_file(folder / "file" / "a.key", *random), "a.key"));
  BOOST_TEST(complains(load_or_create_key_file("/proc/nowhere/a.key", *random), "/proc/nowhere"));
  BOOST_TEST(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  BOOST_TEST(complains(load_or_create_key_file(folder / "pipe", *random), "regular file"));
}

BOOST_FIXTURE_TEST_CASE(racing_creators_agree, fixture) {
  for (int round = 0; round < 20; ++round) {
    const auto file = folder / std::to_string(round) / "encryption.key";
    std::vector<std::string> keys(4);
    std::vector<std::jthread> threads;
    for (auto& key : keys)
      threads.emplace_back([&] { key = load_or_create_key_file(file, *random).value_or(""); });
    threads.clear();
    BOOST_TEST(keys[0].size() == 44u);
    BOOST_TEST((std::set<std::string>{keys.begin(), keys.end()}.size() == 1u));
    BOOST_TEST(entries_of(file.parent_path()) == 1u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
