#define BOOST_TEST_DYN_LINK
#include "http/callback_url.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

const callback_rules rules{{"https://App.example", "https://ports.example:8443",
                            "http://localhost:3000", "http://[::1]:3000", "http://127.0.0.1"},
                           false};

std::string problem_of(std::string_view url, const callback_rules& by = rules) {
  const auto checked = check_callback_url(url, by);
  return checked ? "" : checked.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(callback_url)

BOOST_AUTO_TEST_CASE(registered_origins_pass) {
  for (const auto* url :
       {"https://app.example/done", "https://APP.example", "https://app.example:443/x?y=1",
        "HTTPS://app.example/", "https://ports.example:8443/", "http://localhost:3000/cb",
        "http://[::1]:3000/cb", "http://127.0.0.1:80/cb"})
    BOOST_TEST(problem_of(url) == "", url);
}

BOOST_AUTO_TEST_CASE(each_rule_refuses_with_its_sentence) {
  const std::string none = "Invalid callback_url: must be an absolute URL with scheme and host";
  BOOST_TEST(problem_of("https://app.example/" + std::string(2048, 'a'))
             == "Invalid callback_url: URL too long (max 2048 characters)");
  for (const auto* url : {"", "app.example", "/path", "//app.example/x", "https:", "https://",
                          "mailto:me@app.example", "https://app.example /",
                          "https://app.example\\x", "https://app.example/\n"})
    BOOST_TEST(problem_of(url) == none, url);
  BOOST_TEST(problem_of("ftp://app.example/")
             == "Invalid callback_url: Only http and https schemes are allowed");
  BOOST_TEST(problem_of("javascript://app.example/%0aalert(1)")
             == "Invalid callback_url: Only http and https schemes are allowed");
  BOOST_TEST(problem_of("http://app.example/")
             == "Invalid callback_url: http is allowed for localhost only; use https");
  BOOST_TEST(problem_of("https://other.example/")
                 .ends_with("origin is not registered (OAUTH_ALLOWED_CALLBACK_ORIGINS)"));
}

// Forms that look registered to a careless reader.
BOOST_AUTO_TEST_CASE(look_alikes_are_refused) {
  for (const auto* url :
       {"https://app.example@evil.example/", "https://app.example:pw@evil.example/",
        "https://app.example.evil.example/", "https://app.example:444/",
        "https://evil.example/?https://app.example", "https://evil.example/https://app.example",
        "https://app.example#x", "https://user@app.example/", "http://localhost.evil.example/",
        "http://localhost/"})
    BOOST_TEST(problem_of(url) != "", url);
}

// The host ends at the first slash, question or number sign, whatever a parser of URLs thinks of
// an address that could end earlier.
BOOST_AUTO_TEST_CASE(an_address_that_goes_on_is_another_host) {
  const callback_rules by_address{{"http://127.0.0.1", "http://[::1]", "http://127.0.0.1:18100",
                                   "https://192.0.2.1", "https://app.example"},
                                  false};
  for (const auto* url :
       {"http://127.0.0.1.evil.example/", "https://192.0.2.1.evil.example/",
        "https://192.0.2.1evil.example/", "http://[::1].evil.example/",
        "https://app.example:.evil/", "http://127.0.0.1:18100.evil.example/",
        "http://127.0.0.1.evil.example", "http://127.0.0.1.evil.example?a=b",
        "https://app.example:443.evil.example/", "http://[::1]evil.example/",
        "http://127.0.0.1:18100evil.example/", "https://192.0.2.1%2eevil.example/",
        "https://192.0.2.1,evil.example/", "https://app.example:0443/"})
    BOOST_TEST(problem_of(url, by_address) != "", url);
  for (const auto* url :
       {"http://127.0.0.1/", "http://127.0.0.1", "http://127.0.0.1?a=b", "http://[::1]/cb",
        "http://127.0.0.1:18100/cb", "https://192.0.2.1/cb", "https://app.example:/cb"})
    BOOST_TEST(problem_of(url, by_address) == "", url);
}

// Names under which an address is reached, as wildcard DNS services give them, are hosts too.
BOOST_AUTO_TEST_CASE(a_registered_name_may_begin_with_an_address) {
  const callback_rules by_name{{"https://192.0.2.1.nip.example"}, false};
  BOOST_TEST(problem_of("https://192.0.2.1.nip.example/cb", by_name) == "");
  BOOST_TEST(problem_of("https://192.0.2.1/cb", by_name) != "");
  BOOST_TEST(problem_of("https://192.0.2.1.evil.example/cb", by_name) != "");
}

BOOST_AUTO_TEST_CASE(a_public_server_wants_https) {
  auto strict = rules;
  strict.is_public = true;
  BOOST_TEST(problem_of("http://localhost:3000/cb", strict).find("https is required")
             != std::string::npos);
  BOOST_TEST(problem_of("https://app.example/cb", strict) == "");
}

BOOST_AUTO_TEST_CASE(without_origins_the_endpoint_is_closed) {
  BOOST_TEST(problem_of("https://app.example/", {}).find("OAUTH_ALLOWED_CALLBACK_ORIGINS")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(client_ids_have_a_length) {
  BOOST_TEST(check_client_id(std::nullopt).has_value());
  BOOST_TEST(check_client_id(std::string(255, 'x')).has_value());
  const auto refused = check_client_id(std::string(256, 'x'));
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == errc::callback_not_allowed));
}

BOOST_AUTO_TEST_CASE(client_ids_are_printable) {
  BOOST_TEST(check_client_id("my app → Größe").has_value());
  using namespace std::string_literals;
  for (const auto& text : {"a\0b"s, "a\tb"s, "a\nb"s, "a\x7f"s, "\xC2\x9B"s, "\xFF"s, "a\xC3"s}) {
    const auto refused = check_client_id(text);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::callback_not_allowed));
    BOOST_TEST(refused.error().message
               == "Invalid client_id: must be UTF-8 without control characters");
  }
}

BOOST_AUTO_TEST_SUITE_END()
