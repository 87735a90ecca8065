// Goal: what the store tells about a user arrives as a zip, whole or visibly broken. Method: pages
// by a script; parts are pulled one by one, and over a real server where the end of a body matters.
#define BOOST_TEST_DYN_LINK
#include "http/session.hpp"
#include "http/streamed_body.hpp"
#include "tests/http/server_fixture.hpp"
#include "zip/reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <unistd.h>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view target = "/api/v1/users/12345/export/takeout.zip";

std::shared_ptr<const takeout_page> make_page(std::vector<takeout_piece> pieces,
                                              std::optional<std::string> next = std::nullopt) {
  return std::make_shared<const takeout_page>(takeout_page{std::move(pieces), std::move(next)});
}

/// Text of which no part looks like another, so that packing it takes and gives many bytes.
std::string noise(std::size_t bytes) {
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < bytes) {
    state = state * 1664525 + 1013904223;
    text += static_cast<char>('0' + state / 0x10000000 + (state >> 8) % 60);
  }
  return text;
}

std::optional<std::string> pull(const response& answer) {
  std::optional<std::string> part;
  std::exception_ptr failure;
  boost::asio::io_context context;
  boost::asio::co_spawn(context, answer.stream->next_part(),
                        [&](std::exception_ptr problem, std::optional<std::string> made) {
                          failure = problem;
                          part = std::move(made);
                        });
  context.run();
  if (failure)
    std::rethrow_exception(failure);
  return part;
}

/// Name → content, in no order.
std::map<std::string, std::string> unzip(const std::string& bytes) {
  std::string path = std::filesystem::temp_directory_path() / "takeout-XXXXXX";
  ::close(::mkstemp(path.data()));
  std::ofstream{path, std::ios::binary} << bytes;
  auto opened = zip::reader::open(path);
  std::filesystem::remove(path);
  std::map<std::string, std::string> files;
  BOOST_TEST_REQUIRE(opened.has_value());
  while (true) {
    const auto entry = opened->next();
    BOOST_TEST_REQUIRE(entry.has_value());
    if (!*entry)
      return files;
    BOOST_TEST((*entry)->is_acceptable());
    files[(*entry)->name] = opened->read(std::size_t{1} << 30).value();
  }
}

struct takeout_server_fixture : http_server_fixture {
  /// A takeout without end.
  takeout_server_fixture() {
    script.takeout = make_page({{"replies/1.json", noise(200'000)}}, "again");
    start();
  }

  raw_client begin() {
    auto client = connect();
    client.send(get_request(target));
    const auto answer = client.receive();
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 200);
    BOOST_TEST(has_header(*answer, "Transfer-Encoding: chunked"));
    BOOST_TEST(!client.receive_chunk().value().empty());
    return client;
  }

  /// Whether the body ended without its end being said.
  static bool is_cut_off(raw_client& client) {
    auto chunk = client.receive_chunk();
    while (chunk && !chunk->empty())
      chunk = client.receive_chunk();
    return !chunk.has_value();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(takeout_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(a_file_that_a_browser_saves) {
  script.takeout = make_page({{"manifest.json", "{}"}});
  const auto answer = get(target);
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.content_type == "application/zip");
  BOOST_TEST(answer.cache_control == "no-store");
  BOOST_TEST(!answer.body);
  // The clock shows 2027-01-15T08:00:00Z.
  BOOST_TEST(header_of(answer, "Content-Disposition")
             == "attachment; filename=\"polar-flow-takeout-12345-2027-01-15.zip\"");
  BOOST_TEST(script.asked_user == "12345");
  BOOST_TEST(script.questions == 1);
}

BOOST_AUTO_TEST_CASE(pieces_become_files) {
  const auto night = noise(300'000);
  script.takeout = make_page({{"manifest.json", "{}"}, {"tables/sleep.jsonl", night}}, "second");
  const auto answer = get(target);
  BOOST_TEST(!script.asked_takeout.has_value());
  script.takeout = make_page({{"tables/sleep.jsonl", "the rest\n"},
                              {"replies/1.txt", ""},
                              {"replies/2.json", std::string{"\0\xFF", 2}}});
  std::string zipped;
  std::size_t largest = 0;
  while (const auto part = pull(answer)) {
    zipped += *part;
    largest = std::max(largest, part->size());
    // Not before all of the first page was given out.
    if (zipped.size() < 150'000)
      BOOST_TEST(script.questions == 1);
  }
  BOOST_TEST(script.questions == 2);
  BOOST_TEST(script.asked_takeout.value() == "second");
  BOOST_TEST(largest < 130'000u);
  BOOST_TEST(!pull(answer).has_value());
  const auto files = unzip(zipped);
  BOOST_TEST(files.size() == 4u);
  BOOST_TEST(files.at("manifest.json") == "{}");
  BOOST_TEST((files.at("tables/sleep.jsonl") == night + "the rest\n"));
  BOOST_TEST(files.at("replies/1.txt").empty());
  BOOST_TEST((files.at("replies/2.json") == std::string{"\0\xFF", 2}));
}

BOOST_AUTO_TEST_CASE(a_page_may_be_empty) {
  script.takeout = make_page({}, "second");
  const auto answer = get(target);
  script.takeout = make_page({{"a", "1"}});
  std::string zipped;
  while (const auto part = pull(answer))
    zipped += *part;
  BOOST_TEST(unzip(zipped).size() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_begun_for_nobody) {
  script.failure = error{errc::unknown_user, {}};
  const auto answer = get(target);
  BOOST_TEST(answer.status == 404);
  BOOST_TEST(body_of(answer) == R"({"status_code":404,"detail":"User 12345 not found"})");
  BOOST_TEST(header_of(answer, "Content-Disposition").empty());
  BOOST_TEST(!answer.stream);
}

BOOST_AUTO_TEST_CASE(only_for_the_user_and_the_operator) {
  script.takeout = make_page({});
  BOOST_TEST(get("/api/v1/users/67890/export/takeout.zip").status == 403);
  BOOST_TEST(ask("GET", target).status == 401);
  BOOST_TEST(ask("GET", target, {{"X-API-Key", service_key}}).status == 200);
  BOOST_TEST(ask("POST", target, {{"X-API-Key", user_key}}).status == 405);
}

BOOST_AUTO_TEST_CASE(a_page_that_fails_breaks_the_download) {
  script.takeout = make_page({{"manifest.json", "{}"}}, "second");
  const auto answer = get(target);
  BOOST_TEST(pull(answer).has_value());
  script.failure = error{errc::storage_unavailable, "why"};
  BOOST_CHECK_EXCEPTION(pull(answer), std::runtime_error, [](const std::runtime_error& problem) {
    return problem.what() == std::string{"a takeout was broken off: storage_unavailable"};
  });
}

BOOST_AUTO_TEST_CASE(a_revoked_key_breaks_the_download) {
  script.takeout = make_page({{"manifest.json", "{}"}}, "second");
  const auto answer = get(target);
  BOOST_TEST(pull(answer).has_value());
  keys->store(make_key_table({}));
  BOOST_CHECK_THROW(pull(answer), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(takeout_downloads, takeout_server_fixture)

BOOST_AUTO_TEST_CASE(a_head_has_no_body) {
  auto client = connect();
  client.send("HEAD " + std::string{target} + " HTTP/1.1\r\nHost: a\r\nX-API-Key: "
              + std::string{user_key} + "\r\n\r\n" + get_request("/health"));
  const auto head = client.receive(false);
  BOOST_TEST_REQUIRE(head.has_value());
  BOOST_TEST(head->status == 200);
  BOOST_TEST(has_header(*head, "Content-Type: application/zip"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_broken_download_has_no_end) {
  auto client = begin();
  keys->store(make_key_table({}));
  BOOST_TEST(is_cut_off(client));
  auto other = connect();
  other.send(get_request("/health"));
  BOOST_TEST(other.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_breaks_the_download) {
  auto client = begin();
  running->drain();
  BOOST_TEST(is_cut_off(client));
}

BOOST_AUTO_TEST_SUITE_END()
