// Goal: a client gets no byte of what it has already, and packed what it may get packed; what it
// gets is always the same text. Method: the functions, and the front-end with a scripted backend.
#define BOOST_TEST_DYN_LINK
#include "http/negotiation.hpp"
#include "http/compression.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view list_path = "/api/v1/users/12345/sleep";
constexpr std::string_view detail_path = "/api/v1/users/12345/activity/2026-11-20";

struct negotiating_fixture : front_end_fixture {
  response get_with(std::string_view target, std::vector<header_view> headers,
                    std::string_view method = "GET") {
    headers.push_back({"X-API-Key", user_key});
    return ask(method, target, std::move(headers));
  }

  /// Makes lists long enough to be packed.
  void plant_rows() {
    constexpr std::size_t enough = 10;
    script.rows = std::vector<sleep_summary>(enough);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(negotiation, negotiating_fixture)

BOOST_AUTO_TEST_CASE(tags_name_the_text) {
  const auto tag = entity_tag_of("[]");
  BOOST_TEST(tag.size() == 15u);
  BOOST_TEST(tag.starts_with("W/\""));
  BOOST_TEST(tag.ends_with("\""));
  BOOST_TEST(entity_tag_of("[]") == tag);
  BOOST_TEST(entity_tag_of("[ ]") != tag);
}

BOOST_AUTO_TEST_CASE(which_headers_name_a_tag) {
  for (const auto* header :
       {"W/\"a\"", "\"a\"", "*", "\"b\", W/\"a\"", "\"b,c\",\"a\" ", " W/\"a\""})
    BOOST_TEST(names_entity_tag(header, "W/\"a\""), header);
  for (const auto* header : {"", "\"b\"", "a", "W/\"A\"", ",", "w/\"a\"", "\"b\", \"c\""})
    BOOST_TEST(!names_entity_tag(header, "W/\"a\""), header);
}

BOOST_AUTO_TEST_CASE(who_has_it_gets_it_not_again) {
  for (const auto path : {list_path, detail_path}) {
    script.detail = std::make_shared<const record_detail>(activity_day{});
    const auto first = get_with(path, {});
    BOOST_TEST(first.status == 200, path);
    BOOST_TEST(!first.entity_tag.empty(), path);
    for (const auto* method : {"GET", "HEAD"}) {
      const auto again = get_with(path, {{"If-None-Match", first.entity_tag}}, method);
      BOOST_TEST(again.status == 304, path);
      BOOST_TEST(again.body == nullptr, path);
      BOOST_TEST(again.entity_tag == first.entity_tag, path);
      BOOST_TEST(again.cache_control == private_revalidate, path);
      BOOST_TEST(again.rate_limit.has_value(), path);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_has_changed_is_sent) {
  const auto before = get_with(list_path, {});
  script.version.changes += 1;
  plant_rows();
  const auto after = get_with(list_path, {{"If-None-Match", before.entity_tag}});
  BOOST_TEST(after.status == 200);
  BOOST_TEST(after.entity_tag != before.entity_tag);
}

// A new version that reads like the old one is nothing new to a client.
BOOST_AUTO_TEST_CASE(a_version_without_a_difference_is_not_sent) {
  const auto before = get_with(list_path, {});
  script.version.changes += 1;
  BOOST_TEST(get_with(list_path, {{"If-None-Match", before.entity_tag}}).status == 304);
}

BOOST_AUTO_TEST_CASE(errors_and_commands_have_no_tag) {
  script.failure = error{errc::unknown_user, {}};
  const auto failed = get_with(list_path, {{"If-None-Match", "*"}});
  BOOST_TEST(failed.status == 404);
  BOOST_TEST(failed.entity_tag.empty());
  script.failure.reset();
  const auto command = get_with("/api/v1/users/12345/patterns/detect", {{"If-None-Match", "*"}},
                                "POST");
  BOOST_TEST(command.status == 200);
}

BOOST_AUTO_TEST_CASE(who_takes_gzip_gets_it) {
  plant_rows();
  const auto plain = get_with(list_path, {});
  BOOST_TEST(header_of(plain, "Content-Encoding").empty());
  BOOST_TEST(header_of(plain, "Vary") == "Accept-Encoding");
  // Once from the rendering just made, once from the cache.
  for (int round = 0; round < 2; ++round) {
    const auto packed = get_with(list_path, {{"Accept-Encoding", "gzip, br"}});
    BOOST_TEST(header_of(packed, "Content-Encoding") == "gzip");
    BOOST_TEST(header_of(packed, "Vary") == "Accept-Encoding");
    BOOST_TEST(*packed.body == gzip(*plain.body));
    BOOST_TEST(packed.entity_tag == plain.entity_tag);
    BOOST_TEST(packed.content_type == json_content_type);
  }
  BOOST_TEST(*get_with(list_path, {}).body == *plain.body);
  BOOST_TEST(get_with(list_path, {{"Accept-Encoding", "gzip;q=0"}}).body->size()
             == plain.body->size());
}

BOOST_AUTO_TEST_CASE(short_answers_are_sent_as_they_are) {
  const auto answer = get_with(list_path, {{"Accept-Encoding", "gzip"}});
  BOOST_TEST(header_of(answer, "Content-Encoding").empty());
  BOOST_TEST(header_of(answer, "Vary").empty());
  BOOST_TEST(*answer.body == "[]");
}

BOOST_AUTO_TEST_CASE(tables_are_packed_too) {
  constexpr std::size_t enough = 100;
  script.rows = std::vector<sleep_summary>(enough);
  const auto table
      = get_with("/api/v1/users/12345/export/sleep.csv", {{"Accept-Encoding", "gzip"}});
  BOOST_TEST(header_of(table, "Content-Encoding") == "gzip");
  BOOST_TEST(table.content_type == csv_content_type);
}

BOOST_AUTO_TEST_SUITE_END()
