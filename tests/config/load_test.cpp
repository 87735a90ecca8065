// Goal: sources are applied in order of strength, what depends on the machine is filled in, and
// every problem of every source is reported in one go at its place.
#define BOOST_TEST_DYN_LINK
#include "config/load.hpp"

#include "config/defaults.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(loading)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

using strings = std::vector<std::string>;

constexpr const char* file_name = "polar-flow-server.toml";

} // namespace

// -- strength ---------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_stronger_source_wins) {
  made_up_machine machine;
  BOOST_TEST(machine.load_values().server.port == defaults::port);
  machine.write(file_name, "[server]\nport = 1001\n");
  BOOST_TEST(machine.load_values().server.port == 1001);
  machine.write(".env", "API_PORT=1002\n");
  BOOST_TEST(machine.load_values().server.port == 1002);
  machine.around.variables["API_PORT"] = "1003";
  BOOST_TEST(machine.load_values().server.port == 1003);
  BOOST_TEST(machine.load_values({"--port", "1004"}).server.port == 1004);
}

BOOST_AUTO_TEST_CASE(every_option_can_be_set_in_every_source) {
  for (const auto& option : all_options()) {
    auto values = default_settings();
    const auto value = to_toml(option, values);
    // Options without a default are covered by the samples of the example file.
    if (!value || value->starts_with('['))
      continue;
    const auto text = value->starts_with('"') ? value->substr(1, value->size() - 2) : *value;
    made_up_machine machine;
    machine.write(file_name, "[" + std::string{option.table} + "]\n" + std::string{option.key}
                                 + " = " + *value + '\n');
    machine.write(".env", option.variable_name() + '=' + text + '\n');
    machine.around.variables[option.variable_name()] = text;
    BOOST_TEST(machine.problems({option.flag(), text}).empty(), option.name());
  }
}

BOOST_AUTO_TEST_CASE(lists_are_replaced_not_joined) {
  made_up_machine machine;
  machine.write(file_name, "[server]\ntrusted-proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n");
  machine.around.variables["TRUSTED_PROXIES"] = "10.0.0.3";
  BOOST_TEST((machine.load_values().server.trusted_proxies == strings{"10.0.0.3"}));
}

// -- which file -------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_file_is_looked_for_in_order) {
  made_up_machine machine;
  BOOST_TEST(!machine.load()->config_file.has_value());
  std::filesystem::create_directories(machine.around.system_config_file.parent_path());
  machine.write(machine.around.system_config_file, "[server]\nport = 2001\n");
  BOOST_TEST(machine.load_values().server.port == 2001);
  machine.write(file_name, "[server]\nport = 2002\n");
  BOOST_TEST(machine.load_values().server.port == 2002);
  BOOST_TEST((machine.load()->config_file == file_name));
  machine.write("named.toml", "[server]\nport = 2003\n");
  machine.around.variables["POLAR_FLOW_CONFIG"] = "named.toml";
  BOOST_TEST(machine.load_values().server.port == 2003);
  machine.write("given.toml", "[server]\nport = 2004\n");
  BOOST_TEST(machine.load_values({"--config", "given.toml"}).server.port == 2004);
}

BOOST_AUTO_TEST_CASE(a_named_file_must_be_readable) {
  made_up_machine machine;
  BOOST_TEST((machine.problems({"--config", "absent.toml"})
              == strings{"absent.toml: does not exist"}));
  BOOST_TEST((machine.problems({"--config", "."}) == strings{".: is a folder, not a file"}));
  machine.write("large.toml", std::string(1024 * 1024 + 1, '#'));
  BOOST_TEST((machine.problems({"--config", "large.toml"})
              == strings{"large.toml: is larger than 1 MiB"}));
  machine.around.variables["POLAR_FLOW_CONFIG"] = "";
  BOOST_TEST(machine.problems().empty());
  machine.around.variables["POLAR_FLOW_CONFIG"] = "gone.toml";
  BOOST_TEST((machine.problems() == strings{"gone.toml: does not exist"}));
}

BOOST_AUTO_TEST_CASE(a_folder_called_dotenv_is_ignored) {
  const made_up_machine machine;
  std::filesystem::create_directory(machine.around.working_folder / ".env");
  BOOST_TEST(machine.problems().empty());
}

// -- what depends on the machine --------------------------------------------------------------

BOOST_AUTO_TEST_CASE(threads_follow_the_cores) {
  made_up_machine machine;
  BOOST_TEST(machine.load_values().http.threads == 4u);
  BOOST_TEST(machine.load_values().actors.threads == 8u);
  machine.around.cores = 1;
  BOOST_TEST(machine.load_values().http.threads == 1u);
  BOOST_TEST(machine.load_values().actors.threads == 1u);
  BOOST_TEST(machine.load_values({"--http-threads", "3"}).http.threads == 3u);
}

BOOST_AUTO_TEST_CASE(data_lives_where_the_user_keeps_data) {
  made_up_machine machine;
  const auto data_dir = [&] { return machine.load_values().storage.data_dir; };
  BOOST_TEST((data_dir() == machine.home() / ".local/share/polar-flow-server"));
  machine.around.variables["XDG_DATA_HOME"] = "/xdg";
  BOOST_TEST((data_dir() == "/xdg/polar-flow-server"));
  machine.around.variables["XDG_DATA_HOME"] = "relative";
  BOOST_TEST((data_dir() == machine.home() / ".local/share/polar-flow-server"));
  machine.around.is_root = true;
  BOOST_TEST((data_dir() == "/var/lib/polar-flow-server"));
  machine.around.variables["DATA_DIR"] = "here/../there";
  BOOST_TEST((data_dir() == machine.around.working_folder / "there"));
}

BOOST_AUTO_TEST_CASE(without_a_home_the_data_dir_must_be_named) {
  made_up_machine machine;
  machine.around.variables.erase("HOME");
  BOOST_TEST((machine.problems()
              == strings{"environment HOME: storage.data-dir (DATA_DIR) must be set, since this "
                         "user has no home folder"}));
  BOOST_TEST(machine.problems({"--data-dir", "/x"}).empty());
}

BOOST_AUTO_TEST_CASE(keys_live_with_the_data_or_where_they_were) {
  made_up_machine machine;
  const auto key_dir = [&] { return machine.load_values({"--data-dir", "/x"}).security.key_dir; };
  BOOST_TEST((key_dir() == "/x/keys"));
  machine.write(machine.home() / ".polar-flow" / "encryption.key", "x");
  BOOST_TEST((key_dir() == machine.home() / ".polar-flow"));
  machine.around.variables["KEY_DIR"] = "/k";
  BOOST_TEST((key_dir() == "/k"));
}

BOOST_AUTO_TEST_CASE(an_own_key_goes_before_the_old_one) {
  const made_up_machine machine;
  machine.write(machine.home() / ".polar-flow" / "encryption.key", "x");
  machine.write("data/keys/encryption.key", "x");
  BOOST_TEST((machine.load_values({"--data-dir", "data"}).security.key_dir
              == machine.around.working_folder / "data" / "keys"));
}

BOOST_AUTO_TEST_CASE(the_clock_file_is_for_test_builds) {
  made_up_machine machine;
  machine.around.variables["POLAR_FLOW_CLOCK_FILE"] = "now";
#ifdef POLAR_FLOW_TEST_CLOCK
  BOOST_TEST((machine.load_values().clock_file == machine.around.working_folder / "now"));
  BOOST_TEST((machine.load_values({"--clock-file", "/then"}).clock_file == "/then"));
#else
  BOOST_TEST(!machine.load_values().clock_file.has_value());
#endif
}

// -- problems ---------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(all_problems_come_at_once) {
  made_up_machine machine;
  machine.write(file_name, "[server]\n"
                           "port = \"80\"\n"
                           "prot = 80\n"
                           "base-url = \"polar.example.org\"\n"
                           "\n"
                           "[polar]\n"
                           "client-id = \"id\"\n"
                           "request-timeout-seconds = 0\n");
  machine.write(".env", "SYNC_ENABLED=perhaps\nnonsense here\n");
  machine.around.variables["LOG_LEVEL"] = "LOUD";
  machine.around.variables["DEPLOYMENT_MODE"] = "saas";
  const auto found = machine.problems({"--http-threads", "many", "--colour"});
  for (const auto& text : found)
    BOOST_TEST_MESSAGE(text);
  BOOST_TEST(
      (found
       == strings{
           "polar-flow-server.toml:2: server.port must be a whole number",
           "polar-flow-server.toml:3: unknown option server.prot (did you mean server.port?)",
           "polar-flow-server.toml:4: server.base-url must begin with https:// or http://",
           "polar-flow-server.toml:8: polar.request-timeout-seconds must be from 1 to 600: a "
           "permit and a connection are held all the time",
           ".env:1: sync.enabled must be true or false",
           ".env:2: must be lines of the form NAME=value",
           "environment LOG_LEVEL: log.level must be one of debug, info, warning, error",
           "command line --colour: unknown option",
           "command line --http-threads: http.threads must be a whole number",
           "environment DEPLOYMENT_MODE: server.deployment-mode saas needs "
           "security.encryption-key (ENCRYPTION_KEY): a generated one would be lost with the "
           "machine",
           "polar-flow-server.toml:7: polar.client-id needs polar.client-secret "
           "(POLAR_CLIENT_SECRET): neither is of use without the other"}));
}

BOOST_AUTO_TEST_CASE(each_item_of_a_list_is_a_problem_of_its_own) {
  made_up_machine machine;
  machine.around.variables["OAUTH_ALLOWED_CALLBACK_ORIGINS"]
      = "http://app.example,https://app.example,https://app.example/";
  machine.write(file_name, "[server]\ntrusted-proxies = [\"10.0.0.0/99\", \"a b\"]\n");
  BOOST_TEST((machine.problems()
              == strings{"polar-flow-server.toml:2: server.trusted-proxies item 1 must be a "
                         "network in the form 10.0.0.0/8 or fd00::/8",
                         "polar-flow-server.toml:2: server.trusted-proxies item 2 must be an "
                         "address, a network such as 10.0.0.0/8, or a host name",
                         "environment OAUTH_ALLOWED_CALLBACK_ORIGINS: "
                         "security.allowed-callback-origins item 1 must use https; http is for "
                         "localhost only",
                         "environment OAUTH_ALLOWED_CALLBACK_ORIGINS: "
                         "security.allowed-callback-origins item 3 must be an origin: scheme, "
                         "host and port only, without a path or a slash at the end"}));
}

BOOST_AUTO_TEST_CASE(a_wrong_value_is_reported_even_when_overridden) {
  const made_up_machine machine;
  machine.write(file_name, "[server]\nport = 70000\n");
  BOOST_TEST((machine.problems({"--port", "80"})
              == strings{"polar-flow-server.toml:2: server.port must be from 0 to 65535: TCP has "
                         "no other ports"}));
}

BOOST_AUTO_TEST_CASE(wrong_secrets_are_not_quoted) {
  made_up_machine machine;
  machine.write(file_name, "[security]\nencryption-key = \"hunter2\"\n"
                           "master-key = \"hunter2 x\"\n");
  machine.around.variables["DATABASE_URL"] = "mysql://polar:hunter2@db/polar";
  const auto found = machine.problems({"--polar-client-secret", "hunter2\x7f"});
  BOOST_TEST(found.size() == 4u);
  for (const auto& text : found)
    BOOST_TEST(text.find("hunter2") == std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(masks_are_refused_except_for_printing) {
  const made_up_machine machine;
  machine.write(file_name, "[security]\nmaster-key = \"********\"\n");
  const strings expected{"polar-flow-server.toml:2: security.master-key is the mask that "
                         "--print-config shows: put the secret there"};
  BOOST_TEST((machine.problems() == expected));
  BOOST_TEST((machine.problems({"--check-config"}) == expected));
  BOOST_TEST((machine.problems({"keys", "list"}) == expected));
  BOOST_TEST(machine.problems({"--print-config"}).empty());
}

BOOST_AUTO_TEST_CASE(help_and_version_work_whatever_is_wrong) {
  made_up_machine machine;
  machine.write(file_name, "this is not TOML");
  machine.around.variables["API_PORT"] = "x";
  BOOST_TEST(machine.problems({"--help", "--colour"}).empty());
  BOOST_TEST(machine.problems({"version"}).empty());
  BOOST_TEST(machine.problems({"--version"}).empty());
  BOOST_TEST(machine.problems({"--check-config"}).size() == 2u);
}

BOOST_AUTO_TEST_CASE(upstreams_compose_file_loads) {
  // The variables of contract section 15 with upstream's values, unused ones included.
  made_up_machine machine;
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"DEPLOYMENT_MODE", "self_hosted"},
           {"API_HOST", "0.0.0.0"},
           {"API_PORT", "8000"},
           {"BASE_URL", ""},
           {"DATABASE_URL", "postgresql+asyncpg://polar:polar@localhost:5432/polar"},
           {"DATABASE_POOL", "default"},
           {"API_KEY", ""},
           {"ENCRYPTION_KEY", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="},
           {"SESSION_SECRET", "x"},
           {"KEY_DIR", "/data/keys"},
           {"TRUSTED_PROXIES", "127.0.0.1,::1"},
           {"SECURE_COOKIES", "false"},
           {"OAUTH_ALLOWED_CALLBACK_ORIGINS", "https://a.example.org,http://localhost:3000"},
           {"SYNC_ENABLED", "true"},
           {"SYNC_INTERVAL_MINUTES", "60"},
           {"SYNC_ON_STARTUP", "true"},
           {"SYNC_DAYS_LOOKBACK", "30"},
           {"SYNC_MAX_USERS_PER_RUN", ""},
           {"SYNC_STAGGER_SECONDS", "5"},
           {"LOG_LEVEL", "INFO"},
           {"API_PREFIX", "/api/v1"},
           {"JWT_EXPIRY_MINUTES", "15"},
           {"POLAR_TOKEN_PATH", "x"},
           {"ACCESS_TOKEN", "x"}})
    machine.around.variables[name] = value;
  const auto values = machine.load_values();
  // In SQLAlchemy's notation still, which only storage/ knows how to translate.
  BOOST_TEST((values.storage.database_url
              == "postgresql+asyncpg://polar:polar@localhost:5432/polar"));
  BOOST_TEST((values.security.key_dir == "/data/keys"));
  BOOST_TEST(!values.security.master_key.has_value());
  BOOST_TEST(!values.server.base_url.has_value());
  BOOST_TEST(values.sync.on_startup);
  BOOST_TEST(values.sync.max_users_per_run == 10u);
  BOOST_TEST(values.security.allowed_callback_origins.size() == 2u);
}

BOOST_AUTO_TEST_CASE(garbage_from_all_sides_is_survived) {
  constexpr std::uint64_t seed = 9;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  const auto garbage = [&random] {
    std::string text(random() % 40, '\0');
    for (auto& byte : text)
      byte = static_cast<char>(random());
    return text;
  };
  for (int i = 0; i < 300; ++i) {
    made_up_machine machine;
    machine.write(file_name, garbage());
    machine.write(".env", "API_KEY=" + garbage() + '\n' + garbage());
    for (const auto& option : all_options())
      if (random() % 4 == 0)
        machine.around.variables[option.variable_name()] = garbage();
    for (const auto& text : machine.problems({garbage(), "--port", garbage()}))
      BOOST_TEST(text.find(": ") != std::string::npos, text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
