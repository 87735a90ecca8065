#define BOOST_TEST_DYN_LINK
#include "commands/port_file.hpp"
#include "tests/support/postgres.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>

using namespace polar_flow;

namespace {

struct folder_fixture {
  testing::temporary_dir folder;
  std::filesystem::path file = folder.path() / "port";

  std::string content() const {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(port_file, folder_fixture)

BOOST_AUTO_TEST_CASE(the_port_is_written_and_written_anew) {
  BOOST_TEST(commands::write_port_file(file, 8000).has_value());
  BOOST_TEST(content() == "8000\n");
  BOOST_TEST(commands::write_port_file(file, 65535).has_value());
  BOOST_TEST(content() == "65535\n");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_an_error_and_no_empty_file) {
  // A device that takes no byte stands in for the disk.
  std::filesystem::create_symlink("/dev/full", folder.path() / "port.new");
  const auto written = commands::write_port_file(file, 8000);
  BOOST_REQUIRE(!written.has_value());
  BOOST_TEST((written.error().code == errc::invalid_argument));
  BOOST_TEST(written.error().message.find("No space left") != std::string::npos);
  BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_an_error) {
  const auto written = commands::write_port_file(folder.path() / "no" / "port", 8000);
  BOOST_REQUIRE(!written.has_value());
  BOOST_TEST(written.error().message.find("No such file") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
