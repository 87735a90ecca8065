// Goal: the document tells of every route what the router and the handlers really do. Method: the
// document of the real table, and of small ones.
#define BOOST_TEST_DYN_LINK
#include "http/handlers.hpp"
#include "http/openapi.hpp"
#include "http/routes.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <set>
#include <string>

using namespace polar_flow::http;
namespace json = boost::json;

namespace {

const json::value& document() {
  static const json::value made = describe_api(all_routes());
  return made;
}

const json::object& operation(const std::string& path, const std::string& method) {
  return document().at("paths").at(path).at(method).as_object();
}

/// Calls `visit` with every value of the document.
void visit_all(const json::value& value, const std::function<void(const json::object&)>& visit) {
  if (const auto* object = value.if_object()) {
    visit(*object);
    for (const auto& [name, member] : *object)
      visit_all(member, visit);
  }
  if (const auto* list = value.if_array())
    for (const auto& element : *list)
      visit_all(element, visit);
}

} // namespace

BOOST_AUTO_TEST_SUITE(openapi)

BOOST_AUTO_TEST_CASE(every_route_is_told_and_nothing_else) {
  std::size_t operations = 0;
  for (const auto& [path, methods] : document().at("paths").as_object())
    operations += methods.as_object().size();
  std::size_t routes = 0;
  for (const auto& described : all_routes()) {
    // What is no part of the API is a page.
    const bool is_page = described.pattern.starts_with("/schema") || described.pattern == "/";
    BOOST_TEST(described.answers.empty() == is_page, described.pattern);
    routes += is_page ? 0 : 1;
  }
  BOOST_TEST(operations == routes);
}

BOOST_AUTO_TEST_CASE(names_are_unique_and_references_lead_somewhere) {
  std::set<std::string> ids;
  visit_all(document(), [&](const json::object& object) {
    if (const auto* id = object.if_contains("operationId"))
      BOOST_TEST(ids.insert(std::string{id->as_string()}).second, id->as_string());
    if (const auto* reference = object.if_contains("$ref")) {
      const std::string target{reference->as_string()};
      BOOST_TEST(target.starts_with("#/"));
      BOOST_CHECK_NO_THROW(document().at_pointer(target.substr(1)));
    }
  });
  BOOST_TEST(ids.contains("get_sleep"));
  BOOST_TEST(ids.contains("get_sleep_date"));
  BOOST_TEST(ids.contains("delete_user"));
  BOOST_TEST(ids.contains("get_health"));
}

BOOST_AUTO_TEST_CASE(every_shape_is_of_use) {
  std::set<std::string> used;
  visit_all(document(), [&](const json::object& object) {
    if (const auto* reference = object.if_contains("$ref"))
      used.insert(std::string{reference->as_string()});
  });
  for (const auto& [name, schema] : document().at_pointer("/components/schemas").as_object())
    BOOST_TEST(used.contains("#/components/schemas/" + std::string{name}), name);
}

BOOST_AUTO_TEST_CASE(parameters_are_those_of_the_table) {
  BOOST_TEST(json::serialize(operation("/api/v1/users/{user_id}/sleep", "get").at("parameters"))
             == R"([{"name":"user_id","in":"path","required":true,"schema":{"type":"string",)"
                R"("pattern":"^[A-Za-z0-9_-]{1,100}$"}},{"name":"days","in":"query",)"
                R"("required":false,"schema":{"type":"integer","minimum":1,"maximum":365,)"
                R"("default":7}}])");
  const auto schema = [](const std::string& path, std::size_t place) {
    return json::serialize(
        operation(path, "get").at("parameters").as_array().at(place).at("schema"));
  };
  BOOST_TEST(schema("/api/v1/users/{user_id}/sleep/{date}", 1)
             == R"({"type":"string","format":"date"})");
  BOOST_TEST(schema("/api/v1/users/{user_id}/baselines/{metric}", 1)
             == R"({"type":"string","enum":["hrv_rmssd","sleep_score","resting_hr",)"
                R"("training_load","training_load_ratio"]})");
  BOOST_TEST(schema("/api/v1/users/{user_id}/explain/{metric}", 1).find("hrv_range")
             != std::string::npos);
  BOOST_TEST(schema("/api/v1/users/{user_id}/patterns/{name}", 1).find("sleep_trend")
             != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_name_in_a_path_is_a_parameter) {
  for (const auto& [path, methods] : document().at("paths").as_object())
    for (const auto& [method, told] : methods.as_object()) {
      std::set<std::string> in_path;
      for (std::size_t at = path.find('{'); at != path.npos; at = path.find('{', at + 1))
        in_path.insert(std::string{path.substr(at + 1, path.find('}', at) - at - 1)});
      if (const auto* parameters = told.as_object().if_contains("parameters"))
        for (const auto& each : parameters->as_array())
          if (each.at("in").as_string() == "path")
            in_path.erase(std::string{each.at("name").as_string()});
      BOOST_TEST(in_path.empty(), path);
    }
}

BOOST_AUTO_TEST_CASE(answers_and_errors) {
  const auto& trigger = operation("/api/v1/users/{user_id}/sync/trigger", "post");
  std::string statuses;
  for (const auto& [status, answer] : trigger.at("responses").as_object())
    statuses += std::string{status} + " ";
  BOOST_TEST(statuses == "200 202 400 401 403 404 429 409 503 ");
  const auto& health = operation("/health", "get");
  BOOST_TEST(health.at("security").as_array().empty());
  BOOST_TEST(health.at("responses").as_object().size() == 1u);
  const auto& upload = operation("/api/v1/users/{user_id}/import/takeout", "post");
  BOOST_TEST(upload.at("requestBody").at("content").as_object().contains("application/zip"));
  BOOST_TEST(upload.at("responses").as_object().contains("413"));
  const auto& csv = operation("/api/v1/users/{user_id}/export/sleep.csv", "get");
  BOOST_TEST(
      csv.at("responses").at("200").at("content").as_object().contains("text/csv"));
  BOOST_TEST(csv.at("responses").as_object().contains("304"));
}

BOOST_AUTO_TEST_CASE(yaml_says_the_same) {
  const json::value small = {{"a", 1}, {"b", json::array{"x: y", json::array{}, {{"c", nullptr}}}},
                             {"d", json::object{}}, {"no", true}};
  BOOST_TEST(to_yaml(small)
             == "\"a\": 1\n\"b\":\n  - \"x: y\"\n  - []\n  -\n    \"c\": null\n\"d\": {}\n"
                "\"no\": true\n");
}

BOOST_AUTO_TEST_SUITE_END()
