// Goal: the process's own environment arrives whole.
#define BOOST_TEST_DYN_LINK
#include "config/load.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(process)

using namespace polar_flow;

BOOST_AUTO_TEST_CASE(the_environment_is_read) {
  ::setenv("POLAR_FLOW_TEST_VARIABLE", "a=b=", 1);
  ::setenv("POLAR_FLOW_TEST_EMPTY", "", 1);
  const auto around = process_surroundings();
  BOOST_TEST(around.variables.at("POLAR_FLOW_TEST_VARIABLE") == "a=b=");
  BOOST_TEST(around.variables.at("POLAR_FLOW_TEST_EMPTY") == "");
  BOOST_TEST(around.cores >= 1u);
  BOOST_TEST(around.is_root == (::geteuid() == 0));
  BOOST_TEST((around.working_folder == std::filesystem::current_path()));
  BOOST_TEST(around.system_config_file.is_absolute());
}

BOOST_AUTO_TEST_SUITE_END()
