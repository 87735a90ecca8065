#define BOOST_TEST_DYN_LINK
#include "storage/cluster_files.hpp"
#include "tests/storage/store_fixture.hpp"

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace polar_flow::storage {

namespace fs = std::filesystem;

namespace {

struct folder_fixture {
  testing::temporary_dir folder;

  void write(const fs::path& name, const std::string& text) const {
    std::ofstream{folder.path() / name} << text;
  }

  std::string read(const fs::path& name) const {
    std::ifstream in{folder.path() / name};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(cluster_files, folder_fixture)

BOOST_AUTO_TEST_CASE(a_lock_is_held_once) {
  const auto file = folder.path() / "lock";
  {
    const auto first = require_value(file_lock::try_lock(file));
    BOOST_TEST(first.has_value());
    BOOST_TEST(!require_value(file_lock::try_lock(file)).has_value());
  }
  BOOST_TEST(require_value(file_lock::try_lock(file)).has_value());
  BOOST_TEST(code_of(file_lock::try_lock(folder.path() / "no" / "lock")) == errc::storage_failed);
}

BOOST_AUTO_TEST_CASE(the_postmaster_file_is_read) {
  BOOST_TEST(!read_postmaster_file(folder.path()).has_value());
  write("postmaster.pid", "4711\n/data\n1700000000\n5432\n/sockets\n\n  1 2\nready   \n");
  const auto found = read_postmaster_file(folder.path());
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->pid == 4711);
  BOOST_TEST(found->socket_dir.string() == "/sockets");
  BOOST_TEST(found->is_ready);
  write("postmaster.pid", "4711\n/data\n1700000000\n5432\n/sockets\n\n  1 2\nstopping\n");
  BOOST_TEST(!read_postmaster_file(folder.path())->is_ready);
  for (const auto* const nonsense : {"", "x\n", "-5\n", "0\n"}) {
    write("postmaster.pid", nonsense);
    BOOST_TEST(!read_postmaster_file(folder.path()).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_stranger_with_the_number_is_no_postmaster) {
  BOOST_TEST(!is_postmaster_of(getpid(), folder.path()));
  BOOST_TEST(!is_postmaster_of(1, folder.path()));
  BOOST_TEST(!is_postmaster_of(2147483646, folder.path()));
}

BOOST_AUTO_TEST_CASE(a_disowned_file_names_nobody_and_keeps_the_rest) {
  write("postmaster.pid", "4711\n/data\n1700000000\n");
  disown_postmaster_file(folder.path());
  BOOST_TEST(read("postmaster.pid") == "2147483646\n/data\n1700000000\n");
  BOOST_TEST(!is_alive(read_postmaster_file(folder.path())->pid));
  // PostgreSQL takes an empty file for a server that is just starting.
  write("postmaster.pid", "");
  disown_postmaster_file(folder.path());
  BOOST_TEST(!fs::exists(folder.path() / "postmaster.pid"));
  disown_postmaster_file(folder.path());
}

BOOST_AUTO_TEST_CASE(a_private_directory_is_private) {
  const auto directory = folder.path() / "private";
  require_value(make_private_dir(directory, std::nullopt));
  struct stat info {};
  BOOST_TEST(stat(directory.c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0700u);
  require_value(make_private_dir(directory, std::nullopt));
  chmod(directory.c_str(), 0755);
  BOOST_TEST(code_of(make_private_dir(directory, std::nullopt)) == errc::storage_failed);
  fs::create_symlink(folder.path(), folder.path() / "link");
  BOOST_TEST(code_of(make_private_dir(folder.path() / "link", std::nullopt))
             == errc::storage_failed);
}

BOOST_AUTO_TEST_CASE(a_socket_fits_into_its_directory) {
  const auto beside = require_value(make_socket_dir(folder.path(), std::nullopt));
  BOOST_TEST(beside.parent_path().string() == folder.path().string());
  for (const auto& name : {std::string(100, 'x'), std::string{"with space"}, std::string{"a,b"}}) {
    const auto elsewhere =
        require_value(make_socket_dir(folder.path() / name, std::nullopt)).string();
    BOOST_TEST(elsewhere.size() < 60u);
    BOOST_TEST(elsewhere.find_first_of(" ,") == std::string::npos);
    BOOST_TEST(require_value(make_socket_dir(folder.path() / name, std::nullopt)).string()
               == elsewhere);
    fs::remove(elsewhere);
  }
}

BOOST_AUTO_TEST_CASE(programs_are_found_or_missed_in_plain_words) {
  BOOST_TEST(fs::exists(require_value(find_bin_dir(std::nullopt, std::nullopt)) / "initdb"));
  BOOST_TEST(code_of(find_bin_dir(folder.path(), std::nullopt)) == errc::storage_failed);
  const auto missing = find_bin_dir(std::nullopt, 99);
  if (!missing)
    BOOST_TEST(missing.error().message.find("postgresql-99") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_version_of_a_cluster_is_read) {
  BOOST_TEST(!read_cluster_version(folder.path()).has_value());
  write("PG_VERSION", "15\n");
  BOOST_TEST((read_cluster_version(folder.path()) == 15));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
