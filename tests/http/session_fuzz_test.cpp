#define BOOST_TEST_DYN_LINK
#include "tests/http/server_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

// Goal: no bytes whatever make the server crash, hang, or answer with 500. Method: random bytes
// and mutated requests, each on a connection of its own; every answer must be whole and have a
// status that a client can have caused; afterwards the server still answers.
using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::uint64_t seed = 20261122;
constexpr int rounds = 600;

std::string valid_request(std::mt19937_64& random) {
  const std::array<std::string, 4> requests{
      get_request("/api/v1/users/12345/sleep?days=7"),
      get_request("/api/v1/users/12345/insights", "Accept: */*\r\nX-Request-ID: abc\r\n"),
      "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n{\"code\":\"a\"}",
      "POST /oauth/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "c\r\n{\"code\":\"a\"}\r\n0\r\n\r\n"};
  return requests[random() % requests.size()];
}

std::string random_bytes(std::mt19937_64& random) {
  std::string bytes(1 + random() % 300, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(random());
  return bytes;
}

/// Changes, drops, doubles or inserts a few bytes.
std::string mutated(std::string text, std::mt19937_64& random) {
  const auto changes = 1 + random() % 6;
  for (std::uint64_t i = 0; i < changes && !text.empty(); ++i) {
    const auto at = random() % text.size();
    switch (random() % 4) {
    case 0:
      text[at] = static_cast<char>(random());
      break;
    case 1:
      text.erase(at, 1 + random() % 8);
      break;
    case 2:
      text.insert(at, text.substr(at, random() % 40));
      break;
    default:
      text.insert(at, 1, "\r\n :%/?&=0"[random() % 10]);
      break;
    }
  }
  return text;
}

bool is_caused_by_client(int status) {
  return status == 200 || status == 201 || status == 204 || (status >= 400 && status < 500);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(session_fuzz, http_server_fixture)

BOOST_AUTO_TEST_CASE(any_bytes_are_survived) {
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  keys->store(make_key_table({make_key_record(user_key, "12345", 1'000'000)}));
  start();
  for (int round = 0; round < rounds; ++round) {
    std::string bytes =
        round % 3 == 0 ? random_bytes(random) : mutated(valid_request(random), random);
    if (round % 5 == 0)
      bytes += valid_request(random);
    auto client = connect();
    client.send(bytes);
    client.finish_sending();
    while (const auto answer = client.receive())
      BOOST_REQUIRE_MESSAGE(is_caused_by_client(answer->status),
                            "round " << round << ": " << answer->status);
  }
  auto client = connect();
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
