#include "tests/support/json_schema.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>

namespace polar_flow::testing {

namespace {

namespace json = boost::json;

class validation {
public:
  explicit validation(const json::value& document) : document_{document} {
    // nop
  }

  void check(const json::value& value, const json::object& schema, const std::string& place) {
    for (const auto& [word, rule] : schema)
      check_word(value, schema, word, rule, place);
  }

  std::vector<std::string> problems;

private:
  void complain(const std::string& place, const std::string& what) {
    problems.push_back(place + ": " + what);
  }

  void check_word(const json::value& value, const json::object& schema, std::string_view word,
                  const json::value& rule, const std::string& place) {
    static const std::set<std::string_view> silent{"description", "default", "pattern", "minimum",
                                                   "maximum"};
    if (word == "$ref")
      check(value, resolve(rule.as_string()), place);
    else if (word == "type")
      check_type(value, rule, place);
    else if (word == "enum")
      check_enum(value, rule.as_array(), place);
    else if (word == "anyOf")
      check_any(value, rule.as_array(), place);
    else if (word == "format")
      check_format(value, rule.as_string(), place);
    else if (word == "items")
      check_items(value, rule.as_object(), place);
    else if (word == "properties")
      check_properties(value, rule.as_object(), place);
    else if (word == "required")
      check_required(value, rule.as_array(), place);
    else if (word == "additionalProperties")
      check_others(value, schema, rule, place);
    else if (!silent.contains(word))
      complain(place, "the schema has an unknown word, " + std::string{word});
  }

  const json::object& resolve(std::string_view reference) {
    if (!reference.starts_with('#'))
      throw std::runtime_error{"a reference that leads out of the document"};
    return document_.at_pointer(reference.substr(1)).as_object();
  }

  static bool is_of_type(const json::value& value, std::string_view type) {
    if (type == "null")
      return value.is_null();
    if (type == "string")
      return value.is_string();
    if (type == "boolean")
      return value.is_bool();
    if (type == "integer")
      return value.is_int64() || value.is_uint64();
    if (type == "number")
      return value.is_number();
    if (type == "array")
      return value.is_array();
    return type == "object" && value.is_object();
  }

  void check_type(const json::value& value, const json::value& rule, const std::string& place) {
    bool fits = false;
    if (const auto* list = rule.if_array())
      for (const auto& type : *list)
        fits = fits || is_of_type(value, type.as_string());
    else
      fits = is_of_type(value, rule.as_string());
    if (!fits)
      complain(place, json::serialize(value).substr(0, 100) + " is no " + json::serialize(rule));
  }

  void check_enum(const json::value& value, const json::array& words, const std::string& place) {
    if (std::ranges::find(words, value) == words.end())
      complain(place, json::serialize(value) + " is none of " + json::serialize(words));
  }

  void check_any(const json::value& value, const json::array& schemas, const std::string& place) {
    std::vector<std::string> all;
    for (const auto& schema : schemas) {
      validation one{document_};
      one.check(value, schema.as_object(), place);
      if (one.problems.empty())
        return;
      all.insert(all.end(), one.problems.begin(), one.problems.end());
    }
    problems.insert(problems.end(), all.begin(), all.end());
  }

  void check_format(const json::value& value, std::string_view format, const std::string& place) {
    static const std::regex date{R"(\d{4}-\d{2}-\d{2})"};
    static const std::regex moment{R"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z)"};
    static const std::regex uuid{"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"};
    if (!value.is_string())
      return;
    const std::string text{value.as_string()};
    const auto& form = format == "date" ? date : format == "uuid" ? uuid : moment;
    if (!std::regex_match(text, form))
      complain(place, text + " is no " + std::string{format});
  }

  void check_items(const json::value& value, const json::object& schema,
                   const std::string& place) {
    if (!value.is_array())
      return;
    std::size_t number = 0;
    for (const auto& element : value.as_array())
      check(element, schema, place + "[" + std::to_string(number++) + "]");
  }

  void check_properties(const json::value& value, const json::object& schemas,
                        const std::string& place) {
    if (!value.is_object())
      return;
    for (const auto& [name, member] : value.as_object())
      if (const auto* schema = schemas.if_contains(name))
        check(member, schema->as_object(), place + "." + std::string{name});
  }

  void check_required(const json::value& value, const json::array& names,
                      const std::string& place) {
    if (!value.is_object())
      return;
    for (const auto& name : names)
      if (!value.as_object().contains(name.as_string()))
        complain(place, "there is no " + std::string{name.as_string()});
  }

  void check_others(const json::value& value, const json::object& schema, const json::value& rule,
                    const std::string& place) {
    if (!value.is_object())
      return;
    const auto* known = schema.if_contains("properties");
    for (const auto& [name, member] : value.as_object()) {
      if (known != nullptr && known->as_object().contains(name))
        continue;
      if (rule.is_bool() && !rule.as_bool())
        complain(place, "nobody knows " + std::string{name});
      else if (rule.is_object())
        check(member, rule.as_object(), place + "." + std::string{name});
    }
  }

  const json::value& document_;
};

} // namespace

std::vector<std::string> schema_problems(const json::value& value, const json::value& schema,
                                         const json::value& document) {
  validation whole{document};
  whole.check(value, schema.as_object(), "$");
  return std::move(whole.problems);
}

} // namespace polar_flow::testing
