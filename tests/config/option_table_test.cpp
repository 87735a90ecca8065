// Goal: no two options share a name in any source, each is explained, and the names of the
// contract (section 15) are there.
#define BOOST_TEST_DYN_LINK
#include "config/defaults.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <regex>
#include <set>

BOOST_AUTO_TEST_SUITE(option_table)

using namespace polar_flow;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_CASE(names_are_unique_and_well_formed) {
  std::set<std::string> names;
  std::set<std::string> variables;
  std::set<std::string> flags;
  const std::regex kebab{"[a-z]+(-[a-z]+)*"};
  for (const auto& option : all_options()) {
    BOOST_TEST(names.insert(option.name()).second, option.name());
    BOOST_TEST(variables.insert(option.variable_name()).second, option.variable_name());
    BOOST_TEST(flags.insert(option.flag()).second, option.flag());
    if (!option.short_flag.empty())
      BOOST_TEST(flags.insert(std::string{option.short_flag}).second, option.short_flag);
    BOOST_TEST(std::regex_match(std::string{option.key}, kebab), option.name());
  }
}

BOOST_AUTO_TEST_CASE(options_of_a_table_stand_together) {
  std::set<std::string_view> finished;
  std::string_view current;
  for (const auto& option : all_options()) {
    if (option.table == current)
      continue;
    BOOST_TEST(finished.insert(option.table).second, option.name());
    current = option.table;
  }
}

BOOST_AUTO_TEST_CASE(every_option_is_a_sentence) {
  for (const auto& option : all_options()) {
    BOOST_TEST(option.sentence.ends_with('.'), option.name());
    BOOST_TEST(option.sentence.size() > 20u, option.name());
  }
}

BOOST_AUTO_TEST_CASE(every_default_is_within_its_range) {
  auto values = default_settings();
  for (const auto& option : all_options()) {
    const auto printed = to_toml(option, values);
    const bool is_number = option.range.most != 0;
    BOOST_TEST(is_number == !option.range.reason.empty(), option.name());
    BOOST_TEST((printed.has_value() || !option.sample.empty()), option.name());
    if (is_number)
      BOOST_TEST(assign(option, untyped_text{printed.value()}, values).empty(), option.name());
  }
}

BOOST_AUTO_TEST_CASE(numbers_have_ranges) {
  auto values = default_settings();
  for (const auto& option : all_options()) {
    const bool takes_numbers = assign(option, std::int64_t{option.range.least}, values).empty();
    BOOST_TEST(takes_numbers == (option.range.most != 0), option.name());
  }
}

BOOST_AUTO_TEST_CASE(the_contracts_variables_mean_what_they_did) {
  const std::map<std::string, std::string> expected{
      {"DEPLOYMENT_MODE", "server.deployment-mode"},
      {"API_HOST", "server.host"},
      {"API_PORT", "server.port"},
      {"BASE_URL", "server.base-url"},
      {"DATABASE_URL", "storage.database-url"},
      {"API_KEY", "security.master-key"},
      {"ENCRYPTION_KEY", "security.encryption-key"},
      {"KEY_DIR", "security.key-dir"},
      {"TRUSTED_PROXIES", "server.trusted-proxies"},
      {"OAUTH_ALLOWED_CALLBACK_ORIGINS", "security.allowed-callback-origins"},
      {"SYNC_ENABLED", "sync.enabled"},
      {"SYNC_INTERVAL_MINUTES", "sync.interval-minutes"},
      {"SYNC_ON_STARTUP", "sync.on-startup"},
      {"SYNC_DAYS_LOOKBACK", "sync.days-lookback"},
      {"SYNC_MAX_USERS_PER_RUN", "sync.max-users-per-run"},
      {"LOG_LEVEL", "log.level"},
      {"POLAR_CLIENT_ID", "polar.client-id"},
      {"POLAR_CLIENT_SECRET", "polar.client-secret"},
      {"DATA_DIR", "storage.data-dir"},
      {"POLAR_API_BASE_URL", "polar.api-base-url"},
      {"POLAR_AUTHORIZATION_URL", "polar.authorization-url"},
      {"POLAR_TOKEN_URL", "polar.token-url"}};
  for (const auto& [variable, name] : expected)
    BOOST_TEST(option_called(name).variable_name() == variable);
}

BOOST_AUTO_TEST_CASE(secrets_are_marked) {
  for (const auto* name : {"storage.database-url", "security.master-key",
                           "security.encryption-key", "polar.client-secret"})
    BOOST_TEST((option_called(name).shown == exposure::secret), name);
}

BOOST_AUTO_TEST_SUITE_END()
