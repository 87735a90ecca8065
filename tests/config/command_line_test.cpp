// Goal: commands and options are understood wherever they stand, and all mistakes come at once.
#define BOOST_TEST_DYN_LINK
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(command_lines)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

using strings = std::vector<std::string>;

parsed_command_line parse(const strings& arguments) {
  return read_command_line(arguments);
}

strings problems_of(const strings& arguments) {
  return texts_of(parse(arguments).values.problems);
}

/// The command, which must be a `Command` and come without problems.
template <class Command>
Command command_of(const strings& arguments) {
  auto parsed = parse(arguments);
  BOOST_TEST(parsed.values.problems.empty());
  for (const auto& text : texts_of(parsed.values.problems))
    BOOST_TEST_MESSAGE(text);
  return std::get<Command>(parsed.what);
}

} // namespace

BOOST_AUTO_TEST_CASE(commands) {
  command_of<serve_command>({});
  command_of<serve_command>({"serve"});
  command_of<print_version_command>({"version"});
  command_of<print_version_command>({"--version"});
  command_of<print_config_command>({"--print-config"});
  command_of<print_config_command>({"serve", "--print-config"});
  command_of<check_config_command>({"--check-config"});
  for (const strings& arguments : {strings{"--help"}, strings{"-h"}, strings{"serve", "--help"},
                                   strings{"keys", "create", "-h"}}) {
    const auto help = command_of<print_help_command>(arguments).text;
    BOOST_TEST(help.find("polar-flow-server") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(one_command_at_a_time) {
  BOOST_TEST((problems_of({"serve", "keys", "list"})
              == strings{"command line: must have one command, not several: serve, list"}));
  BOOST_TEST((problems_of({"keys", "list", "revoke", "pf_abcd"})
              == strings{"command line: must have one command, not several: list, revoke"}));
}

BOOST_AUTO_TEST_CASE(help_names_every_option) {
  const auto help = command_of<print_help_command>({"--help"}).text;
  for (const auto& option : all_options()) {
    BOOST_TEST(help.find(option.flag()) != std::string::npos, option.flag());
    BOOST_TEST(help.find('[' + option.variable_name() + ']') != std::string::npos, option.flag());
  }
  for (const auto* command : {"serve", "version", "keys"})
    BOOST_TEST(help.find(command) != std::string::npos, command);
}

BOOST_AUTO_TEST_CASE(options_may_stand_before_and_after_commands) {
  for (const strings& arguments :
       {strings{"--port", "80", "serve"}, strings{"serve", "--port", "80"}, strings{"--port=80"},
        strings{"--server-port", "80"}, strings{"--port", "1", "--port", "80"}}) {
    const auto parsed = parse(arguments);
    BOOST_TEST(parsed.values.problems.empty());
    BOOST_REQUIRE(parsed.values.assignments.size() == 1u);
    const auto& given = parsed.values.assignments[0];
    BOOST_TEST(given.target->name() == "server.port");
    BOOST_TEST(std::get<untyped_text>(given.value).text == "80");
    BOOST_TEST(given.where == "command line --port");
  }
}

BOOST_AUTO_TEST_CASE(every_option_is_taken) {
  for (const auto& option : all_options()) {
    const auto parsed = parse({option.flag(), "some text"});
    BOOST_TEST(parsed.values.problems.empty(), option.flag());
    BOOST_REQUIRE(parsed.values.assignments.size() == 1u);
    BOOST_TEST(parsed.values.assignments[0].target == &option, option.flag());
  }
}

BOOST_AUTO_TEST_CASE(files) {
  BOOST_TEST((parse({"--config", "a.toml"}).config_file == "a.toml"));
  BOOST_TEST(!parse({}).config_file.has_value());
#ifdef POLAR_FLOW_TEST_CLOCK
  BOOST_TEST((parse({"--clock-file", "now"}).clock_file == "now"));
#else
  BOOST_TEST((problems_of({"--clock-file", "now"})
              == strings{"command line --clock-file: unknown option"}));
#endif
}

BOOST_AUTO_TEST_CASE(keys_create) {
  const auto for_user = command_of<create_key_command>(
      {"keys", "create", "--user", "12345", "--rate-limit", "5000", "--data-dir", "/x"});
  BOOST_TEST((for_user.user == user_id{"12345"}));
  BOOST_TEST(!for_user.service_name.has_value());
  BOOST_TEST((for_user.rate_limit == 5000));
  const auto for_service
      = command_of<create_key_command>({"keys", "create", "--service", "grafana"});
  BOOST_TEST((for_service.service_name == "grafana"));
  BOOST_TEST(!for_service.user.has_value());
  BOOST_TEST(!for_service.rate_limit.has_value());
}

BOOST_AUTO_TEST_CASE(keys_list_and_revoke) {
  BOOST_TEST(!command_of<list_keys_command>({"keys", "list"}).user.has_value());
  BOOST_TEST((command_of<list_keys_command>({"keys", "list", "--user", "1"}).user == user_id{"1"}));
  const auto one = command_of<revoke_key_command>({"keys", "revoke", "pfk_0a1b"});
  BOOST_TEST((one.key == "pfk_0a1b" && !one.user && !one.service_name));
  const auto of_user = command_of<revoke_key_command>({"keys", "revoke", "--user", "1"});
  BOOST_TEST((!of_user.key && of_user.user == user_id{"1"} && !of_user.service_name));
  const auto of_service
      = command_of<revoke_key_command>({"keys", "revoke", "--service", "grafana"});
  BOOST_TEST((!of_service.key && !of_service.user && of_service.service_name == "grafana"));
}

BOOST_AUTO_TEST_CASE(wrong_keys_commands) {
  BOOST_TEST((problems_of({"keys"})
              == strings{"command line keys: must be followed by create, list or revoke"}));
  const std::string one_owner
      = "command line keys create: must have either --user ID or --service NAME, and not both";
  BOOST_TEST((problems_of({"keys", "create"}) == strings{one_owner}));
  BOOST_TEST((problems_of({"keys", "create", "--user", "1", "--service", "x"})
              == strings{one_owner}));
  const std::string wrong_user = "command line --user: must be a user id: 1 to 100 letters, "
                                 "digits, underscores and hyphens";
  BOOST_TEST((problems_of({"keys", "create", "--user", "a/b"}) == strings{wrong_user}));
  BOOST_TEST((problems_of({"keys", "list", "--user", ""}) == strings{wrong_user}));
  for (const auto* number : {"0", "-1", "x", "1e3", "1000000001", "99999999999", ""})
    BOOST_TEST((problems_of({"keys", "create", "--user", "1", "--rate-limit", number})
                == strings{"command line --rate-limit: must be a whole number of requests per "
                           "hour, from 1 to 1000000000"}),
               number);
  const std::string one_of_three
      = "command line keys revoke: must have one of these: the key's id or prefix, as keys list "
        "shows it, --user ID or --service NAME";
  for (const strings& arguments :
       {strings{"keys", "revoke"}, strings{"keys", "revoke", ""},
        strings{"keys", "revoke", "7", "--user", "1"},
        strings{"keys", "revoke", "7", "--service", "x"},
        strings{"keys", "revoke", "--user", "1", "--service", "x"}})
    BOOST_TEST((problems_of(arguments) == strings{one_of_three}));
  BOOST_TEST((problems_of({"keys", "revoke", "--user", "a/b"}) == strings{wrong_user}));
  BOOST_TEST((problems_of({"keys", "create", "--service", std::string(101, 'x')})
              == strings{"command line --service: must be a name of 1 to 100 bytes"}));
  for (const auto* name : {"a\tb", "a\nb", "\x1b[2J", "a\x7f", "\xC2\x9B", "a\xFF"})
    BOOST_TEST((problems_of({"keys", "create", "--service", name})
                == strings{"command line --service: must be UTF-8 without control characters"}));
  BOOST_TEST(problems_of({"keys", "create", "--service", "Küche → Flur"}).empty());
}

// The option exists, so a suggestion would repeat what was typed.
BOOST_AUTO_TEST_CASE(options_of_another_command) {
  BOOST_TEST((problems_of({"serve", "--user", "1"})
              == strings{"command line --user: does not belong to this command"}));
  BOOST_TEST((problems_of({"keys", "list", "--rate-limit=5"})
              == strings{"command line --rate-limit: does not belong to this command"}));
}

BOOST_AUTO_TEST_CASE(unknown_arguments_all_at_once) {
  BOOST_TEST((problems_of({"--prot", "80", "--htp-threads=3", "srve", "-x"})
              == strings{"command line --prot: unknown option (did you mean --port?)",
                         "command line --htp-threads: unknown option (did you mean "
                         "--http-threads?)",
                         "command line: unexpected argument (did you mean serve?)",
                         "command line -x: unknown option"}));
}

BOOST_AUTO_TEST_CASE(missing_values) {
  const strings expected{"command line --port: server.port needs a value"};
  BOOST_TEST((problems_of({"--port"}) == expected));
  BOOST_TEST((problems_of({"--port", "--host", "x"}) == expected));
  BOOST_TEST((problems_of({"--port="}) == expected));
  BOOST_TEST((problems_of({"--port", ""}) == expected));
  BOOST_TEST((problems_of({"--config"})
              == strings{"command line --config: needs the name of a file"}));
}

BOOST_AUTO_TEST_CASE(mistyped_secrets_are_not_shown) {
  for (const strings& arguments :
       {strings{"--api-kee=hunter2"}, strings{"--api-kee", "hunter2"}, strings{"hunter2"},
        strings{"--port", "80", "hunter2"}}) {
    const auto found = problems_of(arguments);
    BOOST_TEST(found.size() == 1u);
    for (const auto& text : found)
      BOOST_TEST(text.find("hunter2") == std::string::npos, text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
