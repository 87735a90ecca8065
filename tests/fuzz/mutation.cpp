#define BOOST_TEST_DYN_LINK
#include "tests/fuzz/mutation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdlib>
#include <string_view>

namespace polar_flow::testing {

namespace {

namespace json = boost::json;

/// Repeatable by default; another one is given by POLAR_FLOW_SEED.
constexpr std::uint64_t default_seed = 20261122;

constexpr std::array<std::string_view, 24> tokens{"{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "\"",
                                                  "\\u0000",
                                                  "null",
                                                  "true",
                                                  "-1",
                                                  "0",
                                                  "1e999",
                                                  "NaN",
                                                  "\"23:59\":",
                                                  "\"00:00\"",
                                                  "\"date\":",
                                                  "\"2026-02-29\"",
                                                  "PT1S",
                                                  "\xff",
                                                  "\xef\xbb\xbf",
                                                  "18446744073709551616",
                                                  "[[[[[[[[",
                                                  "\\ud800"};

/// Texts of JSON values that a field may suddenly have.
constexpr std::array<std::string_view, 26> replacements{"null",
                                                        "true",
                                                        "false",
                                                        "0",
                                                        "-1",
                                                        "-1.0",
                                                        "63.0",
                                                        "0.5",
                                                        "1e308",
                                                        "-1e308",
                                                        "2147483648",
                                                        "-9223372036854775808",
                                                        "18446744073709551615",
                                                        "\"\"",
                                                        "\"x\"",
                                                        "\"63\"",
                                                        "\"null\"",
                                                        "\"2026-05-03\"",
                                                        "\"9999-12-31T23:59:59.999999+23:59\"",
                                                        "\"0000-01-01T00:00\"",
                                                        "\"PT1S\"",
                                                        "\"P999999999999D\"",
                                                        "\",,,null,NaN,1\"",
                                                        "[]",
                                                        "{}",
                                                        "[{\"23:59\":1,\"00:00\":2}]"};

constexpr std::array<std::string_view, 10> names{
    "date", "id", "start_time", "samples", "23:59", "00:00", "", "nights", "cardio-load", "x"};

void mutate_byte(std::string& text, random_engine& random) {
  const auto place = pick(random, text.size() + 1);
  const auto length = pick(random, 40);
  switch (pick(random, 6)) {
  case 0:
    if (place < text.size())
      text[place] = static_cast<char>(pick(random, 256));
    break;
  case 1:
    if (place < text.size())
      text[place] = static_cast<char>(text[place] ^ (1 << pick(random, 8)));
    break;
  case 2:
    text.erase(place, length);
    break;
  case 3:
    text.insert(place, text.substr(pick(random, text.size() + 1), length));
    break;
  case 4:
    text.insert(place, tokens[pick(random, tokens.size())]);
    break;
  default:
    text.resize(place);
    break;
  }
}

void mutate_object(json::object& object, random_engine& random) {
  if (object.empty())
    return;
  const auto chosen = object.begin() + static_cast<std::ptrdiff_t>(pick(random, object.size()));
  const std::string name{chosen->key()};
  json::value value = chosen->value();
  switch (pick(random, 3)) {
  case 0:
    object.erase(chosen);
    break;
  case 1:
    object.erase(chosen);
    object.insert_or_assign(names[pick(random, names.size())], std::move(value));
    break;
  default:
    object.insert_or_assign(name + "-", std::move(value));
    break;
  }
}

void mutate_array(json::array& array, random_engine& random) {
  if (array.empty())
    return;
  const auto from = pick(random, array.size());
  const auto to = pick(random, array.size());
  switch (pick(random, 3)) {
  case 0:
    array.erase(array.begin() + static_cast<std::ptrdiff_t>(from));
    break;
  case 1:
    array.insert(array.begin() + static_cast<std::ptrdiff_t>(to), json::value(array[from]));
    break;
  default:
    std::swap(array[from], array[to]);
    break;
  }
}

void collect(json::value& value, std::vector<json::value*>& found) {
  found.push_back(&value);
  if (auto* object = value.if_object())
    for (auto& member : *object)
      collect(member.value(), found);
  else if (auto* array = value.if_array())
    for (auto& item : *array)
      collect(item, found);
}

} // namespace

std::size_t pick(random_engine& random, std::size_t bound) {
  // The standard distributions differ between libraries, a remainder does not.
  return bound == 0 ? 0 : static_cast<std::size_t>(random() % bound);
}

void mutate_bytes(std::string& text, random_engine& random) {
  for (auto changes = 1 + pick(random, 4); changes > 0; --changes)
    mutate_byte(text, random);
}

void mutate_structure(boost::json::value& document, random_engine& random) {
  for (auto changes = 1 + pick(random, 4); changes > 0; --changes) {
    const auto values = all_values(document);
    auto& chosen = *values[pick(random, values.size())];
    if (chosen.is_object() && pick(random, 2) == 0)
      mutate_object(chosen.get_object(), random);
    else if (chosen.is_array() && pick(random, 2) == 0)
      mutate_array(chosen.get_array(), random);
    else
      chosen = json::parse(replacements[pick(random, replacements.size())]);
  }
}

std::vector<boost::json::value*> all_values(boost::json::value& document) {
  std::vector<json::value*> found;
  collect(document, found);
  return found;
}

fuzz_plan read_fuzz_plan(std::uint64_t rounds, std::uint64_t long_rounds) {
  const char* seed = std::getenv("POLAR_FLOW_SEED");
  const char* is_long = std::getenv("POLAR_FLOW_LONG");
  const fuzz_plan plan{
      .seed = seed == nullptr ? default_seed : std::strtoull(seed, nullptr, 10),
      .rounds = is_long != nullptr && std::string_view{is_long} == "1" ? long_rounds : rounds};
  BOOST_TEST_MESSAGE("POLAR_FLOW_SEED=" << plan.seed << ", " << plan.rounds << " rounds");
  return plan;
}

} // namespace polar_flow::testing
