// Goal: the defaults that the contract fixes (section 15 and 16.5, C12) and those that depend on
// each other.
#define BOOST_TEST_DYN_LINK
#include "config/defaults.hpp"

#include "config/validate.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(default_values)

using namespace polar_flow;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(the_contracts_defaults) {
  const auto values = default_settings();
  BOOST_TEST(values.server.host == "0.0.0.0");
  BOOST_TEST(values.server.port == 8000);
  BOOST_TEST((values.server.trusted_proxies == std::vector<std::string>{"127.0.0.1", "::1"}));
  BOOST_TEST((values.server.mode == deployment_mode::self_hosted));
  BOOST_TEST(values.sync.enabled);
  BOOST_TEST((values.sync.interval == 60min));
  BOOST_TEST(!values.sync.on_startup);
  BOOST_TEST(values.sync.days_lookback == 30u);
  BOOST_TEST(values.sync.max_users_per_run == 10u);
  BOOST_TEST((values.log.level == log_level::info));
  BOOST_TEST(values.security.allowed_callback_origins.empty());
  BOOST_TEST(!values.security.master_key.has_value());
  BOOST_TEST(!values.storage.database_url.has_value());
}

BOOST_AUTO_TEST_CASE(the_defaults_fit_together) {
  BOOST_TEST(validate(default_settings(), {}).empty());
  const auto values = default_settings();
  BOOST_TEST(values.polar.connections_max
             >= values.sync.parallel_requests * values.sync.parallel_syncs);
  // Proxies give up after 60 s by default.
  BOOST_TEST((values.http.sync_wait < 60s));
  BOOST_TEST((values.http.idle_timeout > 60s));
}

BOOST_AUTO_TEST_SUITE_END()
