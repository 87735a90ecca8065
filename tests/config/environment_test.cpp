// Goal: variables are found in any case, `.env` lines are read as shells and Docker write them.
#define BOOST_TEST_DYN_LINK
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(environment)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

/// "name=value@where" for each assignment.
std::vector<std::string> found_in(const source_values& found) {
  std::vector<std::string> texts;
  for (const auto& given : found.assignments)
    texts.push_back(given.target->name() + '=' + std::get<untyped_text>(given.value).text + '@'
                    + given.where);
  return texts;
}

/// The master key that a line of a `.env` file gives.
std::string key_in(const std::string& line) {
  const auto found = read_dotenv(line, ".env");
  if (!found.problems.empty())
    return "problem";
  return found.assignments.empty()
             ? "nothing"
             : std::get<untyped_text>(found.assignments.front().value).text;
}

using strings = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(known_variables_are_taken) {
  const auto found = read_environment({{"API_PORT", "80"}, {"HTTP_THREADS", "3"}, {"PATH", "/"}});
  BOOST_TEST(found.problems.empty());
  BOOST_TEST((found_in(found)
              == strings{"server.port=80@environment API_PORT",
                         "http.threads=3@environment HTTP_THREADS"}));
}

BOOST_AUTO_TEST_CASE(case_does_not_matter) {
  BOOST_TEST((found_in(read_environment({{"api_port", "80"}}))
              == strings{"server.port=80@environment API_PORT"}));
  // The usual spelling wins over others.
  BOOST_TEST((found_in(read_environment({{"API_PORT", "80"}, {"Api_Port", "81"}}))
              == strings{"server.port=80@environment API_PORT"}));
}

BOOST_AUTO_TEST_CASE(unknown_variables_are_ignored) {
  // Declared by the server that came before, but never used there; and those of others.
  const auto found = read_environment({{"API_PREFIX", "/x"},
                                       {"JWT_SECRET", "x"},
                                       {"JWT_ALGORITHM", "HS256"},
                                       {"SYNC_STAGGER_SECONDS", "5"},
                                       {"SYNC_INTERVAL_HOURS", "x"},
                                       {"ACCESS_TOKEN", "x"},
                                       {"DATABASE_POOL", "null"},
                                       {"SERVER_PORT", "1"}});
  BOOST_TEST(found.assignments.empty());
  BOOST_TEST(found.problems.empty());
}

BOOST_AUTO_TEST_CASE(empty_variables_are_not_set) {
  BOOST_TEST(read_environment({{"API_KEY", ""}, {"API_PORT", " "}}).assignments.empty());
  // Nobody is trusted: something one may want to say.
  BOOST_TEST((found_in(read_environment({{"TRUSTED_PROXIES", ""}}))
              == strings{"server.trusted-proxies=@environment TRUSTED_PROXIES"}));
}

BOOST_AUTO_TEST_CASE(dotenv_values) {
  BOOST_TEST(key_in("API_KEY=secret") == "secret");
  BOOST_TEST(key_in("  export API_KEY = secret  ") == "secret");
  BOOST_TEST(key_in("api_key=secret\r") == "secret");
  BOOST_TEST(key_in("API_KEY=a=b=") == "a=b=");
  BOOST_TEST(key_in("API_KEY=a#b # comment") == "a#b");
  BOOST_TEST(key_in("API_KEY=# comment") == "nothing");
  BOOST_TEST(key_in("API_KEY='a \" # \\b' # comment") == "a \" # \\b");
  BOOST_TEST(key_in("API_KEY=\"a ' # \\\" \\\\ \\n\"") == "a ' # \" \\ \\n");
  for (const auto* line : {"", "  ", "# API_KEY=x", "API_KEY", "API_KEY=", "API_KEY=''", "FOO=x",
                           "FOO='x"})
    BOOST_TEST(key_in(line) == "nothing", line);
  for (const auto* line : {"API_KEY='x", "API_KEY=\"x", "API_KEY=\"x\\\"", "API_KEY='x'y",
                           "API KEY=x", "=x", "1A=x", "a-b=x", "API_KEY: x", "\x01"})
    BOOST_TEST(key_in(line) == "problem", line);
}

BOOST_AUTO_TEST_CASE(dotenv_problems_name_their_line) {
  const auto found
      = read_dotenv("# one\n\nAPI_PORT=80\nwhat is this\nAPI_KEY='x\nBASE_URL=y", ".env");
  BOOST_TEST((found_in(found) == strings{"server.port=80@.env:3", "server.base-url=y@.env:6"}));
  BOOST_TEST((texts_of(found.problems)
              == strings{".env:4: must be lines of the form NAME=value",
                         ".env:5: API_KEY has a quote that does not end"}));
}

BOOST_AUTO_TEST_SUITE_END()
