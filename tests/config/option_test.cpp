// Goal: each kind of value is taken from each kind of source or refused with a reason.
#define BOOST_TEST_DYN_LINK
#include "config/option.hpp"

#include "config/defaults.hpp"
#include "tests/config/support.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(options)

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

using strings = std::vector<std::string>;

struct trial {
  settings values = default_settings();
  /// Empty when the value was taken; several complaints stand on lines of their own.
  std::string wrong;
};

trial give(std::string_view name, const raw_value& value) {
  trial made;
  for (const auto& wrong : assign(option_called(name), value, made.values))
    made.wrong += (made.wrong.empty() ? "" : "\n") + wrong;
  return made;
}

trial give_text(std::string_view name, std::string text) {
  return give(name, untyped_text{std::move(text)});
}

} // namespace

BOOST_AUTO_TEST_CASE(names_in_all_forms) {
  const auto& timeout = option_called("http.read-timeout-seconds");
  BOOST_TEST(timeout.variable_name() == "HTTP_READ_TIMEOUT_SECONDS");
  BOOST_TEST(timeout.flag() == "--http-read-timeout-seconds");
  BOOST_TEST(option_called("security.master-key").variable_name() == "API_KEY");
}

BOOST_AUTO_TEST_CASE(numbers) {
  BOOST_TEST(give("server.port", std::int64_t{81}).values.server.port == 81);
  BOOST_TEST(give_text("server.port", " 82 ").values.server.port == 82);
  BOOST_TEST((give_text("http.read-timeout-seconds", "7").values.http.read_timeout.count() == 7));
  BOOST_TEST((give_text("sync.interval-minutes", "5").values.sync.interval.count() == 5));
  BOOST_TEST((give_text("sync.retry-delay-milliseconds", "0").values.sync.retry_delay.count()
              == 0));
  BOOST_TEST(give_text("http.render-cache-bytes", "68719476736").values.http.render_cache_bytes
             == 68719476736u);
}

BOOST_AUTO_TEST_CASE(wrong_numbers) {
  for (const auto* text : {"", "x", "8 0", "80x", "0x50", "8.5", "1e3", "+80", "٣",
                           "99999999999999999999"})
    BOOST_TEST(give_text("server.port", text).wrong == "must be a whole number", text);
  for (const auto* text : {"65536", "-1", "9223372036854775807", "-9223372036854775808"}) {
    const auto made = give_text("server.port", text);
    BOOST_TEST(made.wrong == "must be from 0 to 65535: TCP has no other ports", text);
    BOOST_TEST(made.values.server.port == 8000);
  }
  BOOST_TEST(give("server.port", true).wrong == "must be a whole number");
  BOOST_TEST(give("server.port", std::string{"80"}).wrong == "must be a whole number");
  BOOST_TEST(give("server.port", std::monostate{}).wrong == "must be a whole number");
}

BOOST_AUTO_TEST_CASE(booleans) {
  for (const auto* text : {"true", "1", "yes", "on", "TRUE", "On "})
    BOOST_TEST(give_text("sync.on-startup", text).values.sync.on_startup, text);
  for (const auto* text : {"false", "0", "no", "off", "False"})
    BOOST_TEST(!give_text("sync.enabled", text).values.sync.enabled, text);
  for (const auto* text : {"", "2", "ja", "truee"})
    BOOST_TEST(give_text("sync.enabled", text).wrong == "must be true or false", text);
  BOOST_TEST(!give("sync.enabled", false).values.sync.enabled);
  BOOST_TEST(give("sync.enabled", std::int64_t{1}).wrong == "must be true or false");
  BOOST_TEST(give("sync.enabled", std::string{"true"}).wrong == "must be true or false");
}

BOOST_AUTO_TEST_CASE(words) {
  BOOST_TEST((give_text("log.level", "WARNING").values.log.level == log_level::warning));
  BOOST_TEST((give("log.level", std::string{"debug"}).values.log.level == log_level::debug));
  BOOST_TEST((give_text("server.deployment-mode", "saas").values.server.mode
              == deployment_mode::saas));
  BOOST_TEST(give_text("log.level", "loud").wrong == "must be one of debug, info, warning, error");
  BOOST_TEST(give("log.level", std::int64_t{1}).wrong
             == "must be one of debug, info, warning, error");
}

BOOST_AUTO_TEST_CASE(texts) {
  BOOST_TEST(give_text("server.host", " ::1 ").values.server.host == "::1");
  BOOST_TEST(give_text("server.host", "").wrong == "must not be empty");
  BOOST_TEST(give("server.host", std::int64_t{1}).wrong == "must be a text");
  BOOST_TEST(give("server.host", strings{"a"}).wrong == "must be a text");
  BOOST_TEST((give_text("server.base-url", "https://x/").values.server.base_url == "https://x"));
  BOOST_TEST((give_text("storage.data-dir", "/data").values.storage.data_dir == "/data"));
  BOOST_TEST((give_text("polar.ca-file", "/ca.pem").values.polar.ca_file == "/ca.pem"));
  BOOST_TEST(give_text("storage.data-dir", "/a\xff").wrong
             == "must be UTF-8 without control characters");
}

BOOST_AUTO_TEST_CASE(an_empty_text_takes_an_optional_value_away) {
  auto values = default_settings();
  const auto& base_url = option_called("server.base-url");
  BOOST_TEST(assign(base_url, std::string{"https://x"}, values).empty());
  BOOST_TEST(assign(base_url, std::string{" "}, values).empty());
  BOOST_TEST(!values.server.base_url.has_value());
}

BOOST_AUTO_TEST_CASE(lists) {
  const auto proxies = [](const trial& made) { return made.values.server.trusted_proxies; };
  BOOST_TEST((proxies(give_text("server.trusted-proxies", "a, 10.0.0.0/8 ,,b"))
              == strings{"a", "10.0.0.0/8", "b"}));
  BOOST_TEST(proxies(give_text("server.trusted-proxies", "")).empty());
  BOOST_TEST((proxies(give("server.trusted-proxies", strings{"a"})) == strings{"a"}));
  BOOST_TEST(give("server.trusted-proxies", strings{"a", ""}).wrong
             == "item 2 must not be empty");
  BOOST_TEST(give("server.trusted-proxies", std::string{"a"}).wrong == "must be a list of texts");
  const auto half_wrong = give("server.trusted-proxies", strings{"a", "10.0.0.0/99"});
  BOOST_TEST(half_wrong.wrong == "item 2 must be a network in the form 10.0.0.0/8 or fd00::/8");
  BOOST_TEST((proxies(half_wrong) == strings{"127.0.0.1", "::1"}));
}

BOOST_AUTO_TEST_CASE(every_wrong_item_of_a_list_is_told) {
  BOOST_TEST(give_text("server.trusted-proxies", "10.0.0.0/99, proxy, a b, c\td").wrong
             == "item 1 must be a network in the form 10.0.0.0/8 or fd00::/8\n"
                "item 3 must be an address, a network such as 10.0.0.0/8, or a host name\n"
                "item 4 must be UTF-8 without control characters");
  BOOST_TEST(give("security.allowed-callback-origins",
                  strings{"http://app.example", "https://app.example", "https://app.example/",
                          "app.example"})
                 .wrong
             == "item 1 must use https; http is for localhost only\n"
                "item 3 must be an origin: scheme, host and port only, without a path or a slash "
                "at the end\n"
                "item 4 must be an origin that begins with https:// or http://");
}

BOOST_AUTO_TEST_CASE(values_are_printed_as_toml) {
  auto values = default_settings();
  const auto printed = [&](std::string_view name) {
    return to_toml(option_called(name), values).value_or("(none)");
  };
  BOOST_TEST(printed("server.port") == "8000");
  BOOST_TEST(printed("server.base-url") == "(none)");
  BOOST_TEST(printed("storage.data-dir") == "(none)");
  BOOST_TEST(printed("server.trusted-proxies") == R"(["127.0.0.1", "::1"])");
  BOOST_TEST(printed("security.allowed-callback-origins") == "[]");
  BOOST_TEST(printed("sync.enabled") == "true");
  BOOST_TEST(printed("log.level") == R"("info")");
  values.storage.data_dir = "/a\"b\\c\n";
  BOOST_TEST(printed("storage.data-dir") == R"("/a\"b\\c\u000A")");
  BOOST_TEST(printed("security.master-key") == "(none)");
  values.security.master_key = "hunter2";
  BOOST_TEST(printed("security.master-key") == R"("********")");
  values.storage.database_url = "postgresql://polar:hunter2@db/polar";
  BOOST_TEST(printed("storage.database-url") == R"("postgresql://polar:********@db/polar")");
}

BOOST_AUTO_TEST_SUITE_END()
