// Goal: malformed addresses, URLs, origins and keys are told from good ones.
#define BOOST_TEST_DYN_LINK
#include "config/text_rules.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(text_rules_suite)

using namespace polar_flow;

namespace {

using rule = text_rules::complaint (*)(std::string&);

bool accepts(rule check, std::string text) {
  return !check(text).has_value();
}

/// The text as the rule leaves it, or an empty one when it is refused.
std::string made(rule check, std::string text) {
  return check(text) ? std::string{} : text;
}

} // namespace

BOOST_AUTO_TEST_CASE(hosts) {
  for (const auto* good : {"0.0.0.0", "127.0.0.1", "::", "::1", "localhost", "polar.example.org"})
    BOOST_TEST(accepts(text_rules::host, good), good);
  for (const auto* bad : {"http://x", "x:80", "[::1]", "a b", "x/", "a,b", "1::2::3", "é"})
    BOOST_TEST(!accepts(text_rules::host, bad), bad);
}

BOOST_AUTO_TEST_CASE(urls) {
  BOOST_TEST(made(text_rules::url, "https://polar.example.org/") == "https://polar.example.org");
  BOOST_TEST(made(text_rules::url, "http://[::1]:8000/a/b//") == "http://[::1]:8000/a/b");
  BOOST_TEST(made(text_rules::url, "HTTPS://x:65535") == "HTTPS://x:65535");
  for (const auto* bad :
       {"polar.example.org", "ftp://x", "https://", "https:///x", "https://x:", "https://x:0",
        "https://x:65536", "https://x:8a", "https://x y", "https://x?a=b", "https://x#a",
        "https://user@x", "https://user:pw@x", "https://[::1", "https://[zz]", "https://::1",
        "//x", "https//x", "https://x/\n", "https://ex!ample"})
    BOOST_TEST(!accepts(text_rules::url, bad), bad);
}

BOOST_AUTO_TEST_CASE(origins) {
  BOOST_TEST(made(text_rules::origin, "HTTPS://App.Example.org") == "https://app.example.org");
  BOOST_TEST(made(text_rules::origin, "http://localhost:3000") == "http://localhost:3000");
  BOOST_TEST(made(text_rules::origin, "http://[::1]:3000") == "http://[::1]:3000");
  BOOST_TEST(made(text_rules::origin, "http://127.0.0.1") == "http://127.0.0.1");
  for (const auto* bad : {"app.example.org", "https://app.example.org/", "https://x/callback",
                          "http://app.example.org", "https://*.example.org", "*", "null",
                          "http://localhost.example.org", "custom://app"})
    BOOST_TEST(!accepts(text_rules::origin, bad), bad);
}

BOOST_AUTO_TEST_CASE(proxies) {
  for (const auto* good : {"127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8", "0.0.0.0/0", "::/128",
                           "proxy", "unix_socket"})
    BOOST_TEST(accepts(text_rules::proxy, good), good);
  for (const auto* bad : {"10.0.0.0/33", "fd00::/129", "10.0.0/8", "proxy/8", "10.0.0.0/", "/8",
                          "10.0.0.0/8/8", "10.0.0.0/-1", "a b", "*"})
    BOOST_TEST(!accepts(text_rules::proxy, bad), bad);
}

BOOST_AUTO_TEST_CASE(connections) {
  for (const auto* good : {"postgresql://localhost/polar", "postgres://u:p@h/d",
                           "postgresql+asyncpg://u:p@h:5432/d?ssl=require",
                           "postgresql:///polar?host=/run", "host=/run dbname=polar"})
    BOOST_TEST(made(text_rules::connection, good) == good, good);
  for (const auto* bad : {"polar", "mysql://localhost/polar", "sqlite:///polar.db",
                          "postgresql+psycopg2://x/y?a=b"})
    BOOST_TEST(!accepts(text_rules::connection, bad), bad);
}

BOOST_AUTO_TEST_CASE(fernet_keys) {
  for (const auto* good : {"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
                           "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4",
                           "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=", "********"})
    BOOST_TEST(accepts(text_rules::fernet_key, good), good);
  for (const auto* bad : {"", "=", "secret", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4==",
                          "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e", "*********",
                          "cw.0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="})
    BOOST_TEST(!accepts(text_rules::fernet_key, bad), bad);
}

BOOST_AUTO_TEST_CASE(header_tokens) {
  BOOST_TEST(accepts(text_rules::header_token, "!azAZ09~"));
  for (const auto* bad : {"a b", "a\tb", "schlüssel", "a\x7f", "a\n"})
    BOOST_TEST(!accepts(text_rules::header_token, bad), bad);
}

BOOST_AUTO_TEST_CASE(printable_text) {
  for (const auto* good : {"", "plain", "Größe → 😀", "\xC2\xA0", "\xED\x9F\xBF",
                           "\xF4\x8F\xBF\xBF"})
    BOOST_TEST(text_rules::is_printable(good), good);
  for (const auto* bad : {"\n", "\x7f", "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xC3", "\xC3z",
                          "\xC2\x80", "\xC2\x9F"})
    BOOST_TEST(!text_rules::is_printable(bad), bad);
  BOOST_TEST(!text_rules::is_printable(std::string_view{"a\0b", 3}));
}

BOOST_AUTO_TEST_SUITE_END()
