#include "tests/support/json.hpp"

#include <stdexcept>

namespace polar_flow::testing {

boost::json::value parse_json(std::string_view text) {
  boost::system::error_code problem;
  auto value = boost::json::parse({text.data(), text.size()}, problem);
  if (problem)
    throw std::runtime_error{"no JSON (" + problem.message() + "): " + std::string{text}};
  return value;
}

std::string keys_of(const boost::json::value& value) {
  if (!value.is_object())
    return "(no object)";
  std::string keys;
  for (const auto& member : value.get_object()) {
    if (!keys.empty())
      keys += ',';
    keys.append(member.key().data(), member.key().size());
  }
  return keys;
}

std::string kinds_of(const boost::json::value& value) {
  if (!value.is_object())
    return "(no object)";
  std::string kinds;
  for (const auto& member : value.get_object()) {
    if (!kinds.empty())
      kinds += ',';
    kinds.append(member.key().data(), member.key().size());
    const auto kind = boost::json::to_string(member.value().kind());
    kinds += ':';
    kinds.append(kind.data(), kind.size());
  }
  return kinds;
}

} // namespace polar_flow::testing
