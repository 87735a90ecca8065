#pragma once

#include "http/message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Which form of an answer a client gets: whole, packed, or none because it has it already.
namespace polar_flow::http {

/// A weak validator of `body` (RFC 9110, section 8.8.3), the same wherever and whenever the body
/// is. Weak, because the packed form of a body goes by the same tag.
std::string entity_tag_of(std::string_view body);

/// Whether `if_none_match` (the header's value) names `entity_tag` or is `*`.
bool names_entity_tag(std::string_view if_none_match, std::string_view entity_tag);

/// Whether the client takes gzip and a body of so many bytes is worth the work.
bool wants_packed(const request& message, std::size_t body_bytes);

/// Turns a 200 to GET or HEAD into a 304 when the client has this body; packs what is worth it.
void negotiate(response& answer, const request& message);

} // namespace polar_flow::http
