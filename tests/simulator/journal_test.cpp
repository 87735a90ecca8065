#define BOOST_TEST_DYN_LINK
#include "simulator/journal.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(state_file)

BOOST_AUTO_TEST_CASE(changes_come_back_in_their_order) {
  scratch_folder folder;
  const auto file = folder.path / "state";
  BOOST_TEST(read_journal(file).empty());
  journal{file}.append({"token", 10000001, "abc", instant{5s}});
  journal{file}.append({"webhook", 0, "{\"id\":\"x\"}\n", instant{7us}});
  const auto entries = read_journal(file);
  BOOST_REQUIRE(entries.size() == 2U);
  BOOST_TEST(entries[0].event == "token");
  BOOST_TEST(entries[0].athlete_id == 10000001);
  BOOST_TEST((entries[0].when == instant{5s}));
  BOOST_TEST(entries[1].text == "{\"id\":\"x\"}\n");
  BOOST_TEST((entries[1].when == instant{7us}));
}

BOOST_AUTO_TEST_CASE(a_torn_line_costs_nothing_else) {
  scratch_folder folder;
  const auto file = folder.write("state", R"({"event":"token","athl)");
  journal{file}.append({"revoke", 1, {}, {}});
  const auto entries = read_journal(file);
  BOOST_REQUIRE(entries.size() == 1U);
  BOOST_TEST(entries[0].event == "revoke");
}

BOOST_AUTO_TEST_CASE(nobody_else_may_read_it) {
  scratch_folder folder;
  const journal lines{folder.path / "state"};
  using std::filesystem::perms;
  BOOST_TEST((std::filesystem::status(folder.path / "state").permissions()
              == (perms::owner_read | perms::owner_write)));
  BOOST_CHECK_THROW(journal{folder.path / "none" / "state"}, std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
