// Goal: the document and the page that shows it are there for everybody, without another host.
// Method: the front-end without sockets.
#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using namespace polar_flow::testing;

BOOST_FIXTURE_TEST_SUITE(schema_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(the_document_in_both_forms) {
  const auto as_json = ask("GET", "/schema/openapi.json");
  BOOST_TEST(as_json.status == 200);
  BOOST_TEST(as_json.content_type == "application/vnd.oai.openapi+json");
  BOOST_TEST(boost::json::parse(body_of(as_json)).at("openapi").as_string() == "3.1.0");
  const auto as_yaml = ask("GET", "/schema/openapi.yaml");
  BOOST_TEST(as_yaml.content_type == "application/vnd.oai.openapi");
  BOOST_TEST(body_of(as_yaml).starts_with("\"openapi\": \"3.1.0\"\n\"info\":\n"));
  BOOST_TEST(body_of(ask("GET", "/schema/openapi.yml")) == body_of(as_yaml));
  BOOST_TEST(ask("GET", "/schema/openapi.json", {{"If-None-Match", as_json.entity_tag}}).status
             == 304);
}

BOOST_AUTO_TEST_CASE(the_page_needs_nobody_else) {
  const auto page = ask("GET", "/schema/swagger");
  BOOST_TEST(page.content_type == "text/html; charset=utf-8");
  const auto html = body_of(page);
  BOOST_TEST(html.find("http://") == std::string::npos);
  BOOST_TEST(html.find("https://") == std::string::npos);
  std::size_t links = 0;
  for (const std::string mark : {"src=\"", "href=\""})
    for (auto at = html.find(mark); at != std::string::npos; at = html.find(mark, at + 1)) {
      const auto begin = at + mark.size();
      const auto target = html.substr(begin, html.find('"', begin) - begin);
      BOOST_TEST(ask("GET", target).status == 200, target);
      ++links;
    }
  BOOST_TEST(links == 3u);
}

BOOST_AUTO_TEST_CASE(large_files_are_packed) {
  const auto packed = ask("GET", "/schema/swagger-ui-bundle.js", {{"Accept-Encoding", "gzip"}});
  BOOST_TEST(packed.content_type == "text/javascript; charset=utf-8");
  const auto whole = ask("GET", "/schema/swagger-ui-bundle.js");
  BOOST_TEST(body_of(packed).size() * 2 < body_of(whole).size());
}

BOOST_AUTO_TEST_CASE(other_ways_lead_to_the_page) {
  for (const auto* target : {"/", "/schema", "/schema/redoc", "/schema/elements",
                             "/schema/rapidoc"}) {
    const auto answer = ask("GET", target);
    BOOST_TEST(answer.status == 303, target);
    BOOST_TEST(header_of(answer, "Location") == "/schema/swagger", target);
  }
  BOOST_TEST(ask("GET", "/schema/other").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
