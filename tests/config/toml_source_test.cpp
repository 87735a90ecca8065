// Goal: every mistake in a file is found at its line; nothing that is fed to the reader breaks it.
#define BOOST_TEST_DYN_LINK
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(toml_files)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

using strings = std::vector<std::string>;

strings problems_in(std::string_view text) {
  return texts_of(read_toml(text, "a.toml").problems);
}

} // namespace

BOOST_AUTO_TEST_CASE(values_keep_their_type_and_line) {
  const auto found = read_toml("[server]\nport = 80\nhost = \"x\"\n[sync]\nenabled = false\n"
                               "[security]\nallowed-callback-origins = [\n \"a\",\n \"b\"]\n",
                               "a.toml");
  BOOST_TEST(found.problems.empty());
  BOOST_REQUIRE(found.assignments.size() == 4u);
  const auto value_of = [&](std::string_view name) {
    return *std::ranges::find_if(found.assignments, [&](const assignment& given) {
      return given.target->name() == name;
    });
  };
  BOOST_TEST(std::get<std::int64_t>(value_of("server.port").value) == 80);
  BOOST_TEST(value_of("server.port").where == "a.toml:2");
  BOOST_TEST(std::get<std::string>(value_of("server.host").value) == "x");
  BOOST_TEST(!std::get<bool>(value_of("sync.enabled").value));
  BOOST_TEST(value_of("sync.enabled").where == "a.toml:5");
  BOOST_TEST((std::get<strings>(value_of("security.allowed-callback-origins").value)
              == strings{"a", "b"}));
  BOOST_TEST(value_of("security.allowed-callback-origins").where == "a.toml:7");
}

BOOST_AUTO_TEST_CASE(tables_in_any_notation) {
  for (const auto* text : {"server.port = 80", "server = { port = 80 }", "[server]\n\"port\" = 80",
                           "\xEF\xBB\xBF[server]\nport = 8_0"}) {
    const auto found = read_toml(text, "a.toml");
    BOOST_TEST(found.problems.empty(), text);
    BOOST_TEST(found.assignments.size() == 1u, text);
  }
  BOOST_TEST(read_toml("", "a.toml").problems.empty());
  BOOST_TEST(read_toml("# nothing\n[server]\n", "a.toml").assignments.empty());
}

BOOST_AUTO_TEST_CASE(unknown_names_are_all_found) {
  BOOST_TEST((problems_in("[server]\nprot = 80\n\n[htpp]\nthreads = 1\n[sync]\ncolour = 1\n")
              == strings{"a.toml:2: unknown option server.prot (did you mean server.port?)",
                         "a.toml:4: unknown option htpp (did you mean http?)",
                         "a.toml:7: unknown option sync.colour"}));
  BOOST_TEST((problems_in("port = 80\n[http]\nhost = \"x\"\nread_timeout_seconds = 1\n")
              == strings{"a.toml:1: unknown option port (did you mean server.port?)",
                         "a.toml:3: unknown option http.host (did you mean server.host?)",
                         "a.toml:4: unknown option http.read_timeout_seconds (did you mean "
                         "http.read-timeout-seconds?)"}));
}

BOOST_AUTO_TEST_CASE(values_in_place_of_tables) {
  BOOST_TEST((problems_in("server = 5\n")
              == strings{"a.toml:1: server must be a table: begin it with [server]"}));
  BOOST_TEST((problems_in("[[server]]\nport = 1\n")
              == strings{"a.toml:1: server must be a table: begin it with [server]"}));
}

BOOST_AUTO_TEST_CASE(odd_values_reach_their_option) {
  // `assign` then says what the option wants.
  for (const auto* text : {"server.port = 2026-01-01", "server.port = 1.5", "server.port = {}",
                           "server.port = [1, 2]", "server.port = [\"a\", 1]"}) {
    const auto found = read_toml(text, "a.toml");
    BOOST_REQUIRE(found.assignments.size() == 1u);
    BOOST_TEST(std::holds_alternative<std::monostate>(found.assignments[0].value), text);
  }
}

BOOST_AUTO_TEST_CASE(syntax_errors_have_a_line) {
  for (const auto* text : {"[server]\nport = \n", "[server]\nport 80\n", "[server]\nport = 08\n",
                           "[server]\nport = 1\nport = 2\n", "[server]\n[server\n",
                           "[server]\nhost = \"x\n", "[server]\nport = 99999999999999999999\n",
                           "[server]\nhost = \"\xff\"\n"}) {
    const auto found = problems_in(text);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST_MESSAGE(found[0]);
    BOOST_TEST((found[0].starts_with("a.toml:2: not valid TOML: ")
                || found[0].starts_with("a.toml:3: not valid TOML: ")),
               found[0]);
  }
}

BOOST_AUTO_TEST_CASE(syntax_errors_quote_no_secret) {
  for (const auto* text :
       {"[security]\nmaster-key = hunter2\n", "[security]\nmaster-key = 'hunter2\n",
        "[security]\nmaster-key = \"hunter2\n",
        "[security]\nencryption-key = 99999999999999999999\n",
        "[polar]\nclient-secret = \"hunter2\" hunter2\n",
        "[security]\nmaster-key = \"\"\"\nhunter2\n",
        "storage.database-url = postgresql://u:hunter2@h/d\n"}) {
    const auto found = problems_in(text);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST_MESSAGE(found[0]);
    BOOST_TEST(found[0].find("hunter2") == std::string::npos);
    BOOST_TEST(found[0].find("9999") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(garbage_is_reported_not_crashed_on) {
  constexpr std::uint64_t seed = 20261122;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  constexpr std::string_view alphabet = "[]{}=\"'.,#\n\t -+_0123456789abcserverport\\\x80\xff";
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (auto size = random() % 120; size > 0; --size)
      text += alphabet[random() % alphabet.size()];
    for (const auto& what : read_toml(text, "a.toml").problems) {
      BOOST_TEST(what.where.starts_with("a.toml:"), text);
      BOOST_TEST(!what.message.empty(), text);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_file_tells_no_secret) {
  constexpr std::uint64_t seed = 42;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  const std::string good = "[server]\nport = 80\n[security]\nmaster-key = \"hunter2hunter2\"\n"
                           "[polar]\nclient-id = \"x\"\nclient-secret = \"hunter2hunter2\"\n";
  for (int i = 0; i < 3000; ++i) {
    auto text = good;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const auto at = random() % text.size();
      if (random() % 2 == 0)
        text.erase(at, 1 + random() % 3);
      else
        text[at] = static_cast<char>(random());
    }
    for (const auto& what : read_toml(text, "a.toml").problems)
      BOOST_TEST(what.message.find("hunter2hunter2") == std::string::npos, what);
  }
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_survived) {
  std::string deep = "server.port = ";
  deep.append(100'000, '[');
  BOOST_TEST(problems_in(deep).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
