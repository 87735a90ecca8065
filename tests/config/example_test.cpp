// Goal: the shipped example lists every option with its default and its sentence, and is a valid
// configuration. Method: it must be the text that follows from the table of options.
#define BOOST_TEST_DYN_LINK
#include "config/defaults.hpp"
#include "config/print.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <set>
#include <sstream>

BOOST_AUTO_TEST_SUITE(example_file)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

constexpr const char* file_name = "polar-flow-server.toml";

constexpr std::string_view introduction
    = "# Every option of polar-flow-server with its default. Copy what you change to\n"
      "# ./polar-flow-server.toml or /etc/polar-flow-server/polar-flow-server.toml, or name a "
      "file\n"
      "# with --config. A .env file, the environment and the command line go before this file, in\n"
      "# this order from weak to strong; polar-flow-server --help names the variables and flags.\n"
      "\n";

std::string shipped_text() {
  const char* source = std::getenv("POLAR_FLOW_SOURCE_DIR");
  BOOST_REQUIRE(source != nullptr);
  std::ifstream stream{std::filesystem::path{source} / "config" / file_name, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_example_follows_from_the_table) {
  const auto expected = std::string{introduction} + print_config(default_settings());
  const auto shipped = shipped_text();
  if (shipped != expected) {
    const auto fresh = std::filesystem::path{std::getenv("POLAR_FLOW_BUILD_DIR")} / file_name;
    std::ofstream{fresh, std::ios::binary} << expected;
    BOOST_ERROR("config/" << file_name << " is out of date; the right text is in " << fresh);
  }
}

BOOST_AUTO_TEST_CASE(the_example_lists_every_option) {
  // Independent of the printer: a line in the option's table that begins with its key.
  std::istringstream lines{shipped_text()};
  std::set<std::string> listed;
  std::string table;
  std::string previous;
  for (std::string line; std::getline(lines, line); previous = line) {
    if (line.starts_with('['))
      table = line.substr(1, line.find(']') - 1);
    const auto content = line.starts_with("# ") ? line.substr(2) : line;
    const auto key = content.substr(0, content.find(' '));
    if (!content.substr(key.size()).starts_with(" = "))
      continue;
    BOOST_TEST(previous.starts_with("# "), table << '.' << key << " has no sentence");
    listed.insert(table + '.' + key);
  }
  for (const auto& option : all_options())
    BOOST_TEST(listed.contains(option.name()), option.name() << " is missing");
}

BOOST_AUTO_TEST_CASE(the_example_changes_nothing) {
  const made_up_machine bare;
  made_up_machine with_example;
  with_example.around = bare.around;
  with_example.write(file_name, shipped_text());
  const auto values = with_example.load_values();
  // print_config shows every option, so equal prints are equal settings (secrets are absent).
  BOOST_TEST(print_config(values) == print_config(bare.load_values({"--config", "/dev/null"})));
}

BOOST_AUTO_TEST_CASE(the_commented_samples_are_right_but_for_secrets) {
  // Each sample alone must be a value that its option takes, so that uncommenting works.
  for (const auto& option : all_options()) {
    if (option.sample.empty())
      continue;
    const auto text = "[" + std::string{option.table} + "]\n" + std::string{option.key} + " = "
                      + std::string{option.sample} + '\n';
    const auto found = read_toml(text, file_name);
    BOOST_REQUIRE(found.problems.empty() && found.assignments.size() == 1u);
    auto values = default_settings();
    const auto all_wrong = assign(option, found.assignments[0].value, values);
    // Samples of secrets say what to put there and must not work by accident. A connection is
    // one only in part.
    const bool is_secret = option.shown == exposure::secret && option.key != "database-url";
    BOOST_TEST(!all_wrong.empty() == is_secret, option.name());
  }
}

BOOST_AUTO_TEST_SUITE_END()
