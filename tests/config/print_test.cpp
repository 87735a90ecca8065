// Goal: what is printed is a configuration file that loads again, and no secret is in it.
#define BOOST_TEST_DYN_LINK
#include "config/print.hpp"

#include "config/defaults.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(printing)

using namespace polar_flow;
using namespace polar_flow::testing;

BOOST_AUTO_TEST_CASE(passwords_in_connections_are_masked) {
  constexpr std::pair<const char*, const char*> expected[] = {
      {"postgresql://polar:hunter2@db:5432/polar", "postgresql://polar:********@db:5432/polar"},
      {"postgresql://polar:@db/polar", "postgresql://polar:********@db/polar"},
      {"postgresql://polar@db/polar", "postgresql://polar@db/polar"},
      {"postgresql://db:5432/polar", "postgresql://db:5432/polar"},
      {"postgresql:///polar?host=/run", "postgresql:///polar?host=/run"},
      {"postgresql://u:p@q@db/polar", "postgresql://u:********@db/polar"},
      {"postgresql://u:p/q@db/polar", "postgresql://u:********@db/polar"},
      {"postgresql://u:p?q@db/polar", "postgresql://u:********@db/polar"},
      {"postgresql://db/polar?user=u&password=hunter2&sslmode=require",
       "postgresql://db/polar?user=u&password=********&sslmode=require"},
      // libpq decodes names too.
      {"postgresql://h/d?user=a&pass%77ord=hidden5", "postgresql://h/d?user=a&pass%77ord=********"},
      {"postgresql://h/d?%70%61%73%73%77%6F%72%64=hidden5&user=a",
       "postgresql://h/d?%70%61%73%73%77%6F%72%64=********&user=a"},
      {"postgresql://h/d?SSLp%41ssword=a=b%26c&user=pass%77ord",
       "postgresql://h/d?SSLp%41ssword=********&user=pass%77ord"},
      {"postgresql://h/d?pass%77ord=&x=y", "postgresql://h/d?pass%77ord=********&x=y"},
      {"postgresql://h/d?%zz=1&%7&pass%77ord", "postgresql://h/d?%zz=1&%7&pass%77ord"},
      {"postgresql://u:p@db/d?application_name=a@b",
       "postgresql://u:********@db/d?application_name=a@b"},
      {"host=db password=hunter2 dbname=polar", "host=db password=******** dbname=polar"},
      {"host=db PASSWORD = hunter2", "host=db PASSWORD = ********"},
      {"password='a b\\' c' host=db", "password=******** host=db"},
      {"password='open", "password=********"},
      {"host=db password=", "host=db password=********"},
      {"host=db password=Xk9&vT2secret dbname=d", "host=db password=******** dbname=d"},
      {"password=a\\ b\\'c dbname=d", "password=******** dbname=d"},
      {"password=a\\", "password=********"},
      {"sslpassword=hunter2 host=db", "sslpassword=******** host=db"},
      {"host=password dbname=d", "host=password dbname=d"},
      {"", ""}};
  for (const auto& [connection, masked] : expected)
    BOOST_TEST(mask_password(connection) == masked);
}

BOOST_AUTO_TEST_CASE(no_secret_is_printed) {
  auto values = default_settings();
  values.security.master_key = "hunter2a";
  values.security.encryption_key = "hunter2b";
  values.polar.client_secret = "hunter2c";
  values.storage.database_url = "postgresql://polar:hunter2d@db/polar";
  const auto printed = print_config(values);
  BOOST_TEST(printed.find("hunter2") == std::string::npos);
  for (const auto* line :
       {"master-key = \"********\"\n", "encryption-key = \"********\"\n",
        "client-secret = \"********\"\n",
        "database-url = \"postgresql://polar:********@db/polar\"\n"})
    BOOST_TEST(printed.find(line) != std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(printed_settings_load_and_print_the_same) {
  const made_up_machine first;
  const auto values = first.load_values(
      {"--port", "0", "--base-url", "https://polar.example.org/",
       "--server-deployment-mode", "saas",
       "--security-encryption-key", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
       "--security-master-key", "hunter2", "--database-url", "postgresql://polar:hunter2@db/polar",
       "--polar-client-id", "id", "--polar-client-secret", "hunter2", "--data-dir", "/srv/a \"b\"",
       "--server-trusted-proxies", "10.0.0.0/8,proxy", "--security-allowed-callback-origins",
       "https://app.example.org", "--log-level", "debug", "--sync-enabled", "no"});
  const auto printed = print_config(values);
  const made_up_machine second;
  second.write("polar-flow-server.toml", printed);
  BOOST_TEST(print_config(second.load_values({"--print-config"})) == printed);
}

BOOST_AUTO_TEST_CASE(lines_fit_a_screen) {
  const auto printed = print_config(default_settings());
  std::size_t begin = 0;
  while (begin < printed.size()) {
    const auto end = printed.find('\n', begin);
    BOOST_TEST(end - begin <= 100u, printed.substr(begin, end - begin));
    begin = end + 1;
  }
}

BOOST_AUTO_TEST_SUITE_END()
