#include "http/negotiation.hpp"

#include "crypto/hash.hpp"
#include "http/compression.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace polar_flow::http {

namespace {

constexpr std::uint16_t ok = 200;
constexpr std::uint16_t not_modified = 304;

std::string_view without_weakness(std::string_view entity_tag) {
  constexpr std::string_view weak = "W/";
  if (entity_tag.starts_with(weak))
    entity_tag.remove_prefix(weak.size());
  return entity_tag;
}

/// Whether the two forms of the answer differ; archives are packed already.
void drop_body(response& answer) {
  answer.status = not_modified;
  answer.body = nullptr;
  answer.packed_body = nullptr;
}

void pack(response& answer) {
  if (!answer.packed_body)
    answer.packed_body = std::make_shared<const std::string>(gzip(*answer.body));
  answer.body = std::exchange(answer.packed_body, nullptr);
  answer.headers.emplace_back("Content-Encoding", "gzip");
}

} // namespace

std::string entity_tag_of(std::string_view body) {
  // 66 bits: two states of one resource never meet by accident, and the whole tag fits into a
  // string without an allocation.
  constexpr std::size_t characters = 11;
  constexpr std::string_view alphabet
      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const auto digest = crypto::sha256(body);
  std::string tag = "W/\"";
  for (std::size_t i = 0; i < characters; ++i)
    tag += alphabet[digest[i] % alphabet.size()];
  tag += '"';
  return tag;
}

bool names_entity_tag(std::string_view if_none_match, std::string_view entity_tag) {
  const auto wanted = without_weakness(entity_tag);
  while (!if_none_match.empty()) {
    // None of our tags holds a comma, so one in a foreign tag only makes two that match nothing.
    const auto comma = if_none_match.find(',');
    const auto named = trimmed(if_none_match.substr(0, comma));
    if (named == "*" || without_weakness(named) == wanted)
      return true;
    if (comma == std::string_view::npos)
      break;
    if_none_match.remove_prefix(comma + 1);
  }
  return false;
}

bool wants_packed(const request& message, std::size_t body_bytes) {
  return body_bytes >= compressed_bytes_min
         && accepts_gzip(message.header("Accept-Encoding").value_or(""));
}

void negotiate(response& answer, const request& message) {
  if (answer.status != ok || !answer.body)
    return;
  // The shorter form of an answer is one more reason for caches to ask.
  if (answer.body->size() >= compressed_bytes_min)
    answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (!answer.entity_tag.empty()) {
    const auto known = message.header("If-None-Match");
    if (known && names_entity_tag(*known, answer.entity_tag)) {
      drop_body(answer);
      return;
    }
  }
  if (wants_packed(message, answer.body->size()))
    pack(answer);
}

} // namespace polar_flow::http
