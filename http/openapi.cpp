#include "http/openapi.hpp"

#include "domain/explanation.hpp"
#include "domain/metrics.hpp"
#include "domain/version.hpp"
#include "http/handlers.hpp"
#include "http/shapes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace polar_flow::http {

namespace {

namespace json = boost::json;

constexpr std::string_view user_prefix = "/api/v1/users/{user_id}";

// -- names -----------------------------------------------------------------------------------

bool is_about_users(const route& described) {
  return described.pattern.starts_with(user_prefix);
}

/// What comes behind the user, or the whole path.
std::string_view resource_of(const route& described) {
  auto path = described.pattern;
  if (is_about_users(described))
    path.remove_prefix(user_prefix.size());
  return path;
}

/// The first segment of the resource.
std::string_view topic_of(const route& described) {
  auto resource = resource_of(described);
  if (resource.starts_with('/'))
    resource.remove_prefix(1);
  return resource.substr(0, resource.find('/'));
}

std::string lower_case_method(const route& described) {
  std::string text{to_string(described.method)};
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return text;
}

/// `get_sleep_date` for GET …/sleep/{date}: stable, because paths are.
std::string operation_id(const route& described) {
  std::string id = lower_case_method(described);
  id += is_about_users(described) && resource_of(described).empty() ? "_user" : "";
  for (const char letter : resource_of(described)) {
    const bool is_kept = std::isalnum(static_cast<unsigned char>(letter)) != 0;
    if (is_kept)
      id += letter;
    else if (letter != '{' && letter != '}')
      id += '_';
  }
  return id;
}

struct topic {
  std::string_view name;
  std::string_view tag;
};

/// The contract's tags; what is not here is data.
constexpr auto topics = std::to_array<topic>({
    {"health", "System"},        {"ready", "System"},         {"webhooks", "System"},
    {"oauth", "OAuth"},          {"sleep", "Sleep"},          {"sync", "Sync"},
    {"coverage", "Sync"},        {"disconnect", "Sync"},      {"baselines", "Baselines"},
    {"patterns", "Patterns"},    {"anomalies", "Patterns"},   {"insights", "Insights"},
    {"predictions", "Insights"}, {"explain", "Insights"},     {"analytics", "Insights"},
    {"api-key", "API Keys"},     {"status", "API Keys"},      {"", "API Keys"},
    {"export", "Export"},        {"import", "Export"},
});

std::string_view tag_of(const route& described) {
  const auto found = std::ranges::find(topics, topic_of(described), &topic::name);
  return found == topics.end() ? "Data" : found->tag;
}

// -- parameters ------------------------------------------------------------------------------

template <class List>
json::object words_of(const List& list) {
  json::array words;
  for (const auto& each : list)
    words.emplace_back(to_string(each));
  return {{"type", "string"}, {"enum", std::move(words)}};
}

json::object schema_of_text(const route& described, std::string_view name) {
  if (name == "user_id")
    return {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,100}$"}};
  if (name == metric_in_path.name)
    return topic_of(described) == "explain" ? words_of(all_explained) : words_of(all_metrics);
  if (name == pattern_in_path.name && topic_of(described) == "patterns") {
    json::array names;
    for (const auto each : pattern_names)
      names.emplace_back(each);
    return {{"type", "string"}, {"enum", std::move(names)}};
  }
  if (name == import_in_path.name)
    return {{"type", "string"}, {"format", "uuid"}};
  return {{"type", "string"}};
}

json::object schema_of(const route& described, const parameter& declared) {
  if (declared.type == parameter_type::date)
    return {{"type", "string"}, {"format", "date"}};
  if (declared.type == parameter_type::text)
    return schema_of_text(described, declared.name);
  if (declared.type == parameter_type::number)
    return {{"type", "number"}};
  json::object schema{{"type", "integer"}};
  if (declared.source == parameter_source::query) {
    schema["minimum"] = declared.min;
    schema["maximum"] = declared.max;
  }
  if (declared.default_value)
    schema["default"] = *declared.default_value;
  return schema;
}

std::string_view place_of(parameter_source source) {
  switch (source) {
  case parameter_source::query:
    return "query";
  case parameter_source::header:
    return "header";
  case parameter_source::path:
    return "path";
  }
  return "query";
}

json::array parameters_of(const route& described) {
  json::array list;
  if (is_about_users(described))
    list.push_back({{"name", "user_id"},
                    {"in", "path"},
                    {"required", true},
                    {"schema", schema_of_text(described, "user_id")}});
  for (const auto& declared : described.parameters) {
    const bool is_required
        = declared.need == presence::required || declared.source == parameter_source::path;
    list.push_back({{"name", declared.name},
                    {"in", place_of(declared.source)},
                    {"required", is_required},
                    {"schema", schema_of(described, declared)}});
  }
  return list;
}

// -- answers ---------------------------------------------------------------------------------

json::object content(std::string_view media_type, json::object schema) {
  return {{media_type, {{"schema", std::move(schema)}}}};
}

json::object text_schema() {
  return {{"type", "string"}};
}

json::object limit_headers() {
  json::object headers;
  for (const auto* name : {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"})
    headers[name] = {{"$ref", std::string{"#/components/headers/"} + name}};
  return headers;
}

/// The answer of a success but for its status.
json::object success_of(const route& described) {
  json::object answer{{"description", described.summary}};
  if (described.access == access_kind::api_key)
    answer["headers"] = limit_headers();
  const auto type = described.answers;
  if (type == "csv")
    answer["content"] = content("text/csv", text_schema());
  else if (type == "takeout")
    answer["content"] = content("application/zip", {});
  else if (type == "events")
    answer["content"] = content("text/event-stream", text_schema());
  else if (type == "redirect")
    answer["headers"] = json::object{
        {"Location", json::object{{"schema", json::object{{"type", "string"}}}}}};
  else
    answer["content"] = content("application/json", schema_of_type(type));
  return answer;
}

/// Whether a client may ask for changes only.
bool has_entity_tag(const route& described) {
  const bool is_plain = described.answers != "takeout" && described.answers != "events";
  return described.method == http_method::get && described.access == access_kind::api_key
         && is_plain;
}

json::object responses_of(const route& described) {
  const auto failure = [](std::string_view name) {
    return json::object{{"$ref", "#/components/responses/" + std::string{name}}};
  };
  json::object all;
  if (described.answers == "redirect")
    all["302"] = success_of(described);
  else if (described.takes == body_kind::zip)
    all["202"] = success_of(described);
  else
    all["200"] = success_of(described);
  if (described.answer == trigger_sync)
    all["202"] = {{"description", "The sync goes on"},
                  {"content", content("application/json", schema_of_type("SyncRunning"))}};
  if (has_entity_tag(described))
    all["304"] = {{"description", "The client has this answer already"}};
  if (described.answer == get_health)
    return all;
  if (described.access == access_kind::api_key || !described.parameters.empty()
      || described.method == http_method::post)
    all["400"] = failure("BadRequest");
  if (described.access == access_kind::api_key || described.has == effect::changes)
    all["401"] = failure("Unauthorized");
  if (described.access == access_kind::api_key) {
    all["403"] = failure("Forbidden");
    all["404"] = failure("NotFound");
    all["429"] = failure("TooManyRequests");
  }
  if (described.takes == body_kind::zip || described.answer == trigger_sync)
    all["409"] = failure("Conflict");
  if (described.takes == body_kind::zip)
    all["413"] = failure("TooLarge");
  if (described.answer == get_ready)
    all["503"] = success_of(described);
  else
    all["503"] = failure("Unavailable");
  return all;
}

json::object operation_of(const route& described) {
  json::object operation{{"operationId", operation_id(described)},
                         {"tags", json::array{tag_of(described)}},
                         {"summary", described.summary}};
  if (auto parameters = parameters_of(described); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (described.takes == body_kind::zip)
    operation["requestBody"] = {{"required", true}, {"content", content("application/zip", {})}};
  if (described.answer == exchange_code)
    operation["requestBody"]
        = {{"required", true}, {"content", content("application/json", schema_of_type("Code"))}};
  operation["responses"] = responses_of(described);
  if (described.access == access_kind::open)
    operation["security"] = json::array{};
  return operation;
}

// -- components ------------------------------------------------------------------------------

json::object failures() {
  constexpr auto list = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"BadRequest", "A parameter, an id or the body is wrong; the detail says which"},
      {"Unauthorized", "The key is missing or wrong"},
      {"Forbidden", "The key is good, but not for this"},
      {"NotFound", "There is no such user or record"},
      {"Conflict", "The same is under way already; its id is in the answer"},
      {"TooLarge", "The body is larger than the configuration allows"},
      {"TooManyRequests", "The limit of the key is used up; Retry-After says until when"},
      {"Unavailable", "The server is busy, stopping, or its database is away. Try again"},
  });
  json::object all;
  for (const auto& [name, sentence] : list)
    all[name] = {{"description", sentence},
                 {"content", content("application/json", schema_of_type("Error"))}};
  return all;
}

json::object headers() {
  const auto number = [](std::string_view sentence) {
    return json::object{{"description", sentence}, {"schema", {{"type", "integer"}}}};
  };
  return {{"X-RateLimit-Limit", number("Requests that the key may make in an hour; none for the "
                                       "master key")},
          {"X-RateLimit-Remaining", number("Requests that are left of them")},
          {"X-RateLimit-Reset", number("When the hour ends, in seconds since 1970")}};
}

json::object components() {
  json::object schemas;
  for (const auto& each : all_shapes())
    schemas[each.name] = schema_of(each);
  return {{"schemas", std::move(schemas)},
          {"responses", failures()},
          {"headers", headers()},
          {"securitySchemes",
           {{"apiKey", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-API-Key"}}},
            {"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}};
}

// -- YAML ------------------------------------------------------------------------------------

bool is_empty(const json::value& value) {
  return (value.is_object() && value.get_object().empty())
         || (value.is_array() && value.get_array().empty());
}

void write_yaml(std::string& out, const json::value& value, std::size_t depth);

/// A value behind a name or a dash.
void write_yaml_entry(std::string& out, const json::value& value, std::size_t depth) {
  if (value.is_structured() && !is_empty(value)) {
    out += '\n';
    write_yaml(out, value, depth + 1);
    return;
  }
  // JSON's texts, numbers and words are YAML's.
  out += ' ';
  out += json::serialize(value);
  out += '\n';
}

void write_yaml(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent(2 * depth, ' ');
  if (const auto* object = value.if_object())
    for (const auto& [name, member] : *object) {
      out += indent;
      out += json::serialize(json::string{name});
      out += ':';
      write_yaml_entry(out, member, depth);
    }
  if (const auto* list = value.if_array())
    for (const auto& element : *list) {
      out += indent;
      out += '-';
      write_yaml_entry(out, element, depth);
    }
}

} // namespace

json::value describe_api(std::span<const route> routes) {
  json::object paths;
  for (const auto& described : routes) {
    if (described.answers.empty())
      continue;
    auto& path = paths[described.pattern];
    if (!path.is_object())
      path = json::object{};
    path.get_object()[lower_case_method(described)] = operation_of(described);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "polar-flow-server API"},
            {"version", server_version},
            {"description",
             "Health data from Polar, personal baselines, and what to do today."}}},
          {"servers", json::array{{{"url", "/"}}}},
          {"security", json::array{{{"apiKey", json::array{}}}, {{"bearer", json::array{}}}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

std::string to_yaml(const json::value& document) {
  std::string out;
  write_yaml(out, document, 0);
  return out;
}

} // namespace polar_flow::http
