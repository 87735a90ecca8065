#define BOOST_TEST_DYN_LINK
#include "simulator/accounts.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_SUITE(account_book)

BOOST_AUTO_TEST_CASE(random_text_has_the_asked_length_and_differs) {
  BOOST_TEST(random_hex(16).size() == 32U);
  BOOST_TEST(random_hex(16) != random_hex(16));
}

BOOST_AUTO_TEST_CASE(a_code_given_without_redirect_needs_none) {
  accounts book;
  const auto code = book.issue_code({10000001, std::nullopt, instant{}});
  BOOST_TEST(book.redeem(code, std::nullopt, instant{}).has_value());
  BOOST_TEST(!book.redeem("other", std::nullopt, instant{}).has_value());
}

BOOST_AUTO_TEST_CASE(state_file_survives_a_restart_and_a_torn_line) {
  scratch_folder folder;
  options settings;
  settings.athletes = 3;
  settings.state_file = folder.path / "state";
  std::string kept;
  std::string revoked;
  std::string deleted;
  {
    talk polar{settings};
    kept = polar.connect(10000001);
    revoked = polar.connect(10000002);
    deleted = polar.connect(10000003);
    polar.control("/simulator/athletes/10000002/revoke", nullptr);
    polar.send("DELETE", "/v3/users/10000003", {{"Authorization", "Bearer " + deleted}});
  }
  std::ofstream{*settings.state_file, std::ios::app} << R"({"event":"token","athl)";
  std::string later;
  {
    talk polar{settings};
    BOOST_TEST(polar.get("/v3/users/sleep", kept).status == 200);
    BOOST_TEST(polar.get("/v3/users/sleep", revoked).status == 401);
    BOOST_TEST(polar.get("/v3/users/sleep", deleted).status == 401);
    later = polar.authorize(10000003);
    BOOST_TEST(polar.get("/v3/users/sleep", later).status == 403);
  }
  talk polar{settings};
  BOOST_TEST(polar.get("/v3/users/sleep", later).status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
