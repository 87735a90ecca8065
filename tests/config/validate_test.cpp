// Goal: each impossible combination is found once, at the place of the option to blame.
#define BOOST_TEST_DYN_LINK
#include "config/validate.hpp"

#include "config/defaults.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(combinations)

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

strings found_in(const settings& values, const origins& sources = {}) {
  return texts_of(validate(values, sources));
}

/// Whether there is exactly one problem and it begins so.
bool is_only(const strings& found, std::string_view beginning) {
  for (const auto& text : found)
    BOOST_TEST_MESSAGE(text);
  return found.size() == 1 && found[0].starts_with(beginning);
}

settings saas() {
  auto values = default_settings();
  values.server.mode = deployment_mode::saas;
  values.security.encryption_key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  values.server.base_url = "https://polar.example.org";
  values.security.allowed_callback_origins = {"https://app.example.org"};
  return values;
}

} // namespace

BOOST_AUTO_TEST_CASE(saas_demands_a_key_and_https) {
  BOOST_TEST(found_in(saas()).empty());
  auto values = saas();
  values.security.encryption_key.reset();
  BOOST_TEST(is_only(found_in(values, {{"server.deployment-mode", {"a.toml:3"}}}),
                     "a.toml:3: server.deployment-mode saas needs security.encryption-key"));
  // The malformed key has been reported already.
  BOOST_TEST(found_in(values, {{"security.encryption-key", {"a.toml:9", true}}}).empty());
  values = saas();
  values.server.base_url = "http://polar.example.org";
  BOOST_TEST(is_only(found_in(values, {{"server.base-url", {"environment BASE_URL"}}}),
                     "environment BASE_URL: server.base-url must begin with https://"));
  values = saas();
  values.security.allowed_callback_origins.emplace_back("http://localhost:3000");
  BOOST_TEST(is_only(found_in(values), "default: security.allowed-callback-origins must all use"));
  values.server.mode = deployment_mode::self_hosted;
  BOOST_TEST(found_in(values).empty());
}

BOOST_AUTO_TEST_CASE(client_id_and_secret_belong_together) {
  auto values = default_settings();
  values.polar.client_id = "id";
  const origins from_file{{"polar.client-id", {"a.toml:5"}}};
  BOOST_TEST(is_only(found_in(values, from_file),
                     "a.toml:5: polar.client-id needs polar.client-secret"));
  values.polar.client_secret = "hunter2";
  BOOST_TEST(found_in(values).empty());
  values.polar.client_id.reset();
  BOOST_TEST(is_only(found_in(values), "default: polar.client-secret needs polar.client-id"));
  BOOST_TEST(found_in(values, {{"polar.client-id", {"a.toml:5", true}}}).empty());
}

BOOST_AUTO_TEST_CASE(times_and_numbers_fit) {
  auto values = default_settings();
  values.polar.connect_timeout = values.polar.request_timeout + 1s;
  BOOST_TEST(is_only(found_in(values, {{"polar.request-timeout-seconds", {"a.toml:1"}}}),
                     "a.toml:1: polar.request-timeout-seconds must fit"));
  BOOST_TEST(is_only(found_in(values, {{"polar.connect-timeout-seconds", {"a.toml:2"}}}),
                     "a.toml:2: polar.connect-timeout-seconds must fit"));
  values = default_settings();
  values.sync.sync_timeout = values.polar.request_timeout - 1s;
  BOOST_TEST(is_only(found_in(values, {{"sync.timeout-seconds", {"a.toml:3"}}}),
                     "a.toml:3: sync.timeout-seconds must fit"));
  values = default_settings();
  values.sync.parallel_requests = values.polar.connections_max + 1;
  BOOST_TEST(is_only(found_in(values, {{"polar.connections-max", {"a.toml:4"}}}),
                     "a.toml:4: polar.connections-max must fit"));
}

BOOST_AUTO_TEST_CASE(files_are_there) {
  const made_up_machine machine;
  machine.write("file", "x");
  const auto file = machine.around.working_folder / "file";
  auto values = default_settings();
  values.storage.data_dir = file;
  BOOST_TEST(is_only(found_in(values), "default: storage.data-dir must be a folder"));
  values = default_settings();
  values.security.key_dir = file;
  BOOST_TEST(is_only(found_in(values), "default: security.key-dir must be a folder"));
  values.security.key_dir = machine.folder() / "not there yet";
  BOOST_TEST(found_in(values).empty());
  values.polar.ca_file = machine.folder() / "absent.pem";
  BOOST_TEST(is_only(found_in(values), "default: polar.ca-file must be a file"));
  values.polar.ca_file = file;
  BOOST_TEST(found_in(values).empty());
  values.storage.postgresql_bin_dir = machine.around.working_folder;
  BOOST_TEST(is_only(found_in(values), "default: storage.postgresql-bin-dir must be a folder"));
  machine.write("initdb", "");
  BOOST_TEST(found_in(values).empty());
}

BOOST_AUTO_TEST_CASE(masks_are_no_secrets) {
  auto values = default_settings();
  BOOST_TEST(find_masked_secrets(values, {}).empty());
  values.security.master_key = "********";
  values.storage.database_url = "postgresql://polar:********@db/polar";
  values.polar.client_secret = "hunter2";
  BOOST_TEST((texts_of(find_masked_secrets(values, {{"security.master-key", {"a.toml:7"}}}))
              == strings{"default: storage.database-url is the mask that --print-config shows: put "
                         "the secret there",
                         "a.toml:7: security.master-key is the mask that --print-config shows: put "
                         "the secret there"}));
}

BOOST_AUTO_TEST_SUITE_END()
