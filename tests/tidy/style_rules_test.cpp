// Goal: a style rule that nobody checks is a wish. Method: as in include_rules_test.cpp.
#define BOOST_TEST_DYN_LINK
#include "tests/tidy/rules.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

BOOST_AUTO_TEST_SUITE(style_rules)

using namespace polar_flow::tidy;

BOOST_AUTO_TEST_CASE(finds_banned_calls) {
  const auto count = [](const char* path, const char* text) {
    return check_banned({path, text}).size();
  };
  BOOST_TEST(count("http/a.cpp", "auto t = std::chrono::system_clock::now();\n") == 1u);
  BOOST_TEST(count("domain/clock.cpp", "auto t = std::chrono::system_clock::now();\n") == 0u);
  BOOST_TEST(count("http/a.cpp", "// not std::chrono::system_clock::now()\n") == 0u);
  BOOST_TEST(count("polar/a.cpp", "std::getenv(\"HOME\")\n") == 1u);
  BOOST_TEST(count("tests/a.cpp", "std::this_thread::sleep_for(1s);\n") == 1u);
  BOOST_TEST(count("actors/a.cpp", "self->request(x, caf::infinite, y)\n") == 1u);
  BOOST_TEST(count("actors/a.cpp", "} catch (const std::exception&) {\n") == 1u);
  BOOST_TEST(count("storage/guard.cpp", "} catch (const std::exception&) {\n") == 0u);
  BOOST_TEST(count("storage/users.cpp", "run(\"SELECT 1\")\n") == 1u);
  BOOST_TEST(count("http/a.cpp", "using namespace std;\n") == 1u);
  BOOST_TEST(count("http/a.cpp", "using namespace std::chrono_literals;\n") == 0u);
}

BOOST_AUTO_TEST_CASE(finds_untidy_text) {
  const auto count = [](const std::string& text) {
    return check_text({"http/a.cpp", text}).size();
  };
  BOOST_TEST(count(std::string(101, 'x') + "\n") == 1u);
  BOOST_TEST(count(std::string(100, 'x') + "\n") == 0u);
  BOOST_TEST(count("int a; \n") == 1u);
  BOOST_TEST(count(std::string{"// FIX"} + "ME later\n") == 1u);
  BOOST_TEST(count(std::string{"// TO"} + "DO(#3): more streams\n") == 0u);
  BOOST_TEST(count(std::string{"// TO"} + "DO: more streams\n") == 1u);
}

BOOST_AUTO_TEST_CASE(finds_unexplained_messages_and_limits) {
  BOOST_TEST(check_explained({"actors/interfaces.hpp", "  caf::reacts_to<tick>>;\n"}).size()
             == 1u);
  const source_file explained{"actors/interfaces.hpp", "  // Ticks.\n  caf::reacts_to<tick>>;\n"};
  BOOST_TEST(check_explained(explained).empty());
  BOOST_TEST(check_explained({"config/defaults.hpp", "\ninline constexpr int a = 1;\n"}).size()
             == 1u);
}

BOOST_AUTO_TEST_CASE(the_checkout_is_tidy) {
  for (const auto& file : read_sources()) {
    for (const auto& check : {check_banned, check_text, check_explained})
      for (const auto& violation : check(file))
        BOOST_ERROR(violation);
  }
}

BOOST_AUTO_TEST_CASE(every_folder_says_what_it_is) {
  const std::filesystem::path root{std::getenv("POLAR_FLOW_SOURCE_DIR")};
  for (const auto* folder : {"domain", "analytics", "crypto", "telemetry", "config", "polar", "zip",
                             "storage", "actors", "http", "commands", "simulator", "docker"})
    BOOST_TEST(std::filesystem::exists(root / folder / "README.md"),
               folder << "/README.md is missing");
}

/// Sources without a test of the same name, each with the place that tests it instead.
const std::map<std::string, std::string> tested_elsewhere{
    {"main.cpp", "tests/integration: the server process"},
    {"actors/analyse_again.cpp", "tests/actors/importer_test.cpp"},
    {"commands/database.cpp", "tests/integration/commands_test.cpp, through the key commands"},
    {"commands/keys.cpp", "tests/integration/commands_test.cpp"},
    {"commands/opened_store.cpp", "tests/integration/commands_test.cpp"},
    {"commands/rebuild.cpp", "tests/integration/engine_test.cpp"},
    {"commands/secrets.cpp", "tests/integration/commands_test.cpp"},
    {"commands/serve.cpp", "tests/integration: the server process"},
    {"http/analytics_types.cpp", "tests/http/analytics_handlers_test.cpp"},
    {"http/pages.cpp", "tests/http/schema_handlers_test.cpp"},
    {"storage/decode.cpp", "tests/storage/store_*_test.cpp, by what comes back"},
    {"storage/fill_statements.cpp", "tests/storage/store_imports_test.cpp"},
    {"storage/guard.cpp", "tests/storage/session_test.cpp"},
    {"storage/store.cpp", "tests/storage/store_*_test.cpp"},
    {"storage/made_statements.cpp", "tests/storage/store_takeout_test.cpp"},
    {"storage/takeout_readme.cpp", "tests/storage/store_takeout_test.cpp"},
    {"storage/takeout_statements.cpp", "tests/storage/store_takeout_test.cpp"},
};

BOOST_AUTO_TEST_CASE(every_source_has_a_test_mirror_or_a_reason) {
  const auto sources = read_sources();
  const auto has_mirror = [&](const std::string& path) {
    const auto mirror = "tests/" + path.substr(0, path.size() - 4) + "_test.cpp";
    return std::ranges::any_of(sources, [&](const source_file& file) {
      return file.path == mirror;
    });
  };
  for (const auto& file : sources) {
    if (!file.path.ends_with(".cpp") || file.path.starts_with("tests/"))
      continue;
    BOOST_TEST((has_mirror(file.path) || tested_elsewhere.contains(file.path)),
               file.path << " has no tests/" << file.path << " mirror and no reason in this file");
  }
}

BOOST_AUTO_TEST_SUITE_END()
