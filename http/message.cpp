#include "http/message.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::http {

namespace {

struct named_method {
  std::string_view name;
  http_method method;
};

constexpr std::array<named_method, 7> named_methods{{
    {"GET", http_method::get},
    {"HEAD", http_method::head},
    {"POST", http_method::post},
    {"PUT", http_method::put},
    {"PATCH", http_method::patch},
    {"DELETE", http_method::delete_},
    {"OPTIONS", http_method::options},
}};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

http_method parse_method(std::string_view text) {
  const auto found = std::ranges::find(named_methods, text, &named_method::name);
  return found == named_methods.end() ? http_method::other : found->method;
}

std::string_view to_string(http_method method) {
  const auto found = std::ranges::find(named_methods, method, &named_method::method);
  return found == named_methods.end() ? std::string_view{"OTHER"} : found->name;
}

std::optional<std::string_view> request::header(std::string_view name) const {
  const auto found = std::ranges::find_if(
      headers, [name](const header_view& entry) { return equal_ignoring_case(entry.name, name); });
  return found == headers.end() ? std::nullopt : std::optional{found->value};
}

std::optional<std::string_view> request::last_header(std::string_view name) const {
  const auto found = std::ranges::find_if(
      headers.rbegin(), headers.rend(),
      [name](const header_view& entry) { return equal_ignoring_case(entry.name, name); });
  return found == headers.rend() ? std::nullopt : std::optional{found->value};
}

response make_response(std::uint16_t status, std::string body) {
  response answer;
  answer.status = status;
  answer.body = std::make_shared<const std::string>(std::move(body));
  return answer;
}

response make_redirect(std::string location) {
  constexpr std::uint16_t see_other = 303;
  response answer;
  answer.status = see_other;
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string to_lower(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace polar_flow::http
