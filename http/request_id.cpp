#include "http/request_id.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace polar_flow::http {

request_ids::request_ids(std::string prefix) : prefix_{std::move(prefix)} {
  // nop
}

std::string request_ids::choose(std::optional<std::string_view> offered) {
  if (offered && is_acceptable_request_id(*offered))
    return std::string{*offered};
  std::array<char, 16> buffer{};
  constexpr int hex = 16;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), ++count_, hex).ptr;
  std::string id;
  id.reserve(prefix_.size() + buffer.size());
  id += prefix_;
  id += '-';
  id.append(buffer.data(), end);
  return id;
}

bool is_acceptable_request_id(std::string_view text) {
  // A UUID has 36 characters; twice that is enough for anybody's scheme.
  constexpr std::size_t length_max = 64;
  if (text.empty() || text.size() > length_max)
    return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.'
           || c == '_' || c == '-';
  });
}

} // namespace polar_flow::http
