// Goal: a zip of any size reaches the importer as a file, from those who may send one, and its way
// can be followed. Method: a real server, a scripted backend, and the folder of the uploads.
#define BOOST_TEST_DYN_LINK
#include "http/session.hpp"
#include "tests/http/server_fixture.hpp"
#include "tests/support/process.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view polar_target = "/api/v1/users/12345/import/polar-flow";
constexpr std::string_view takeout_target = "/api/v1/users/12345/import/takeout";
constexpr std::string_view import_id = "0e16eab9-6090-42b2-b705-0b063ea9f20b";

struct import_fixture : http_server_fixture {
  temporary_folder folder;

  import_fixture() {
    options.upload_folder = folder.path() / "imports";
    options.http.import_bytes_max = 1'000'000;
    script.import_begun.value = import_id;
    start();
  }

  static std::string head(std::string_view target, std::size_t bytes,
                          std::string_view key = user_key) {
    std::string text{"POST "};
    text += target;
    text += " HTTP/1.1\r\nHost: a\r\nX-API-Key: ";
    text += key;
    text += "\r\nContent-Length: ";
    text += std::to_string(bytes);
    text += "\r\n\r\n";
    return text;
  }

  raw_answer send(std::string_view target, const std::string& body,
                  std::string_view key = user_key) {
    auto client = connect();
    client.send(head(target, body.size(), key));
    client.send(body);
    auto answer = client.receive();
    BOOST_TEST_REQUIRE(answer.has_value());
    return std::move(*answer);
  }

  std::size_t files() const {
    std::error_code problem;
    return static_cast<std::size_t>(std::distance(
        fs::directory_iterator{options.upload_folder, problem}, fs::directory_iterator{}));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(imports, import_fixture)

BOOST_AUTO_TEST_CASE(a_zip_is_taken) {
  const std::string body(300'000, 'z');
  const auto answer = send(polar_target, body);
  BOOST_TEST(answer.status == 202);
  BOOST_TEST(answer.body
             == R"({"import_id":"0e16eab9-6090-42b2-b705-0b063ea9f20b","status":"queued",)"
                R"("status_url":"/api/v1/users/12345/import/)"
                R"(0e16eab9-6090-42b2-b705-0b063ea9f20b"})");
  BOOST_TEST(has_header(answer, "Location: /api/v1/users/12345/import/"
                                "0e16eab9-6090-42b2-b705-0b063ea9f20b"));
  BOOST_TEST(has_header(answer, "X-RateLimit-Remaining: 999"));
  BOOST_TEST((script.asked_import.kind == import_kind::polar_flow));
  BOOST_TEST(script.asked_import.zip_bytes == 300'000);
  BOOST_TEST(!script.asked_import.may_create_user);
  // It is the importer's from here on.
  BOOST_TEST(read_text(options.upload_folder / script.asked_import.file) == body);
}

BOOST_AUTO_TEST_CASE(who_serves_many_may_bring_somebody_new) {
  BOOST_TEST(send(takeout_target, "zip", service_key).status == 202);
  BOOST_TEST((script.asked_import.kind == import_kind::takeout));
  BOOST_TEST(script.asked_import.may_create_user);
}

BOOST_AUTO_TEST_CASE(who_may_not_hears_it_before_sending) {
  auto client = connect();
  client.send(head(polar_target, 900'000, "wrong"));
  const auto answer = client.receive();
  BOOST_TEST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 401);
  BOOST_TEST(has_header(*answer, "Connection: close"));
  BOOST_TEST(send("/api/v1/users/99/import/takeout", "zip").status == 403);
  BOOST_TEST(script.questions == 0);
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first) {
  auto client = connect();
  auto text = head(polar_target, 5);
  text.insert(text.size() - 2, "Expect: 100-continue\r\n");
  client.send(text);
  BOOST_TEST(client.receive(false)->status == 100);
  client.send("12345");
  BOOST_TEST(client.receive()->status == 202);
}

BOOST_AUTO_TEST_CASE(one_upload_of_a_user_at_a_time) {
  auto text = head(polar_target, 5);
  text.insert(text.size() - 2, "Expect: 100-continue\r\n");
  auto first = connect();
  first.send(text);
  BOOST_TEST(first.receive(false)->status == 100);
  auto second = connect();
  second.send(text);
  const auto refused = second.receive();
  BOOST_TEST(refused->status == 409);
  BOOST_TEST(refused->body
             == R"({"status_code":409,)"
                R"("detail":"An upload is already under way for this user"})");
  BOOST_TEST(files() == 1u);
  first.send("12345");
  BOOST_TEST(first.receive()->status == 202);
  BOOST_TEST(send(polar_target, "12345").status == 202);
}

BOOST_AUTO_TEST_CASE(pieces_of_unknown_length) {
  auto client = connect();
  std::string text{"POST "};
  text += polar_target;
  text += " HTTP/1.1\r\nHost: a\r\nX-API-Key: ";
  text += user_key;
  text += "\r\nTransfer-Encoding: chunked\r\n\r\n";
  client.send(text);
  client.send("5\r\n12345\r\n3\r\n678\r\n0\r\n\r\n");
  BOOST_TEST(client.receive()->status == 202);
  BOOST_TEST(script.asked_import.zip_bytes == 8);
  // The connection serves the next request.
  client.send(get_request("/health"));
  BOOST_TEST(client.receive()->status == 200);
}

BOOST_AUTO_TEST_CASE(what_is_too_large) {
  BOOST_TEST(send(polar_target, std::string(1'000'001, 'z')).status == 413);
  auto client = connect();
  std::string text{"POST "};
  text += polar_target;
  text += " HTTP/1.1\r\nHost: a\r\nX-API-Key: ";
  text += user_key;
  text += "\r\nTransfer-Encoding: chunked\r\n\r\nF4241\r\n";
  client.send(text);
  client.send(std::string(1'000'001, 'z'));
  BOOST_TEST(client.receive()->status == 413);
  BOOST_TEST(files() == 0u);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(what_is_missing) {
  const auto answer = send(polar_target, "");
  BOOST_TEST(answer.status == 400);
  BOOST_TEST(answer.body
             == R"({"status_code":400,)"
                R"("detail":"The zip is missing: send it as the body of the request"})");
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_CASE(who_hangs_up_in_the_middle) {
  {
    auto client = connect();
    client.send(head(polar_target, 900'000));
    client.send(std::string(1000, 'z'));
    client.finish_sending();
    BOOST_TEST(client.wait_for_end());
  }
  BOOST_TEST(script.questions == 0);
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_not_queued_is_removed) {
  script.failure = error{errc::import_in_progress, "the-other-one"};
  const auto answer = send(polar_target, "zip");
  BOOST_TEST(answer.status == 409);
  BOOST_TEST(answer.body
             == R"({"status_code":409,"detail":"An import is already running for this user",)"
                R"("extra":{"import_id":"the-other-one"}})");
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_revoked_meanwhile) {
  auto client = connect();
  client.send(head(polar_target, 6));
  client.send("123");
  // The answer to another request shows that the first has been looked at.
  auto other = connect();
  other.send(get_request("/health"));
  BOOST_TEST(other.receive()->status == 200);
  keys->store(make_key_table({}));
  client.send("456");
  BOOST_TEST(client.receive()->status == 401);
  BOOST_TEST(files() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(import_reports, front_end_fixture)

BOOST_AUTO_TEST_CASE(the_newest_and_a_certain_one) {
  import_report report;
  report.job.value = import_id;
  report.kind = import_kind::takeout;
  script.import = std::make_shared<const import_report>(report);
  const auto newest = get("/api/v1/users/12345/import");
  BOOST_TEST(newest.status == 200);
  BOOST_TEST(!script.asked_import_job);
  std::string target{"/api/v1/users/12345/import/"};
  target += import_id;
  BOOST_TEST(body_of(get(target)) == body_of(newest));
  BOOST_TEST(script.asked_import_job->value == import_id);
}

BOOST_AUTO_TEST_CASE(there_is_none) {
  BOOST_TEST(body_of(get("/api/v1/users/12345/import"))
             == R"({"status_code":404,"detail":"No import yet"})");
  std::string target{"/api/v1/users/12345/import/"};
  target += import_id;
  BOOST_TEST(body_of(get(target)) == R"({"status_code":404,"detail":"Import not found"})");
  script.questions = 0;
  for (const std::string_view id : {"1", "0e16eab9-6090-42b2-b705-0b063ea9f20", "takeouts",
                                    "0e16eab9-6090-42b2-b705-0b063ea9f20g"})
    BOOST_TEST(get("/api/v1/users/12345/import/" + std::string{id}).status == 404);
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_SUITE_END()
