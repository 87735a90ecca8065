#define BOOST_TEST_DYN_LINK
#include "domain/version.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

BOOST_FIXTURE_TEST_SUITE(system_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(health_asks_nobody) {
  script.failure = error{errc::storage_unavailable, {}};
  const auto answer = ask("GET", "/health");
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == std::string{R"({"status":"ok","version":")"} + server_version + "\"}");
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(ready_means_all_of_it) {
  BOOST_TEST(ask("GET", "/ready").status == 200);
  BOOST_TEST(body_of(ask("GET", "/ready"))
             == R"({"status":"ready","database":true,)"
                R"("migrations":true,"region":true,"shards":true})");
  script.ready.region = false;
  const auto answer = ask("GET", "/ready");
  BOOST_TEST(answer.status == 503);
  BOOST_TEST(body_of(answer)
             == R"({"status":"not_ready","database":true,)"
                R"("migrations":true,"region":false,"shards":true})");
}

BOOST_AUTO_TEST_CASE(a_server_whose_shards_another_took_is_not_ready) {
  script.ready.shards = false;
  const auto answer = ask("GET", "/ready");
  BOOST_TEST(answer.status == 503);
  BOOST_TEST(body_of(answer)
             == R"({"status":"not_ready","database":true,)"
                R"("migrations":true,"region":true,"shards":false})");
}

BOOST_AUTO_TEST_CASE(no_answer_is_not_ready) {
  script.failure = error{errc::deadline_exceeded, {}};
  const auto answer = ask("GET", "/ready");
  BOOST_TEST(answer.status == 503);
  BOOST_TEST(body_of(answer)
             == R"({"status":"not_ready","database":false,)"
                R"("migrations":false,"region":false,"shards":false})");
}

BOOST_AUTO_TEST_SUITE_END()
