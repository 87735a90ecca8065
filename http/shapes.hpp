#pragma once

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

/// What the JSON of the API looks like, as JSON Schemas: one line per type, of which a test checks
/// every answer of the server.
namespace polar_flow::http {

/// A type of answers. Members are told as `name:type`, with blanks between them, in the order of
/// the answer; a name with `~` need not be there. A type is one of
///
///   int number string bool      plain values
///   date instant uuid           strings of that form
///   a|b|c                       one of these words
///   Name                        another shape; Name/Other is either of them
///   [type]                      a list
///   {type}                      an object whose names are data
///
/// and may be null if `?` follows.
struct shape {
  std::string_view name;
  std::string_view sentence;
  std::string_view members;
};

std::span<const shape> all_shapes();

/// The schema of a type, with shapes by reference. Throws std::invalid_argument for a text that is
/// none, which only a defect of ours can bring about.
boost::json::object schema_of_type(std::string_view type);

/// The schema of a shape: an object with exactly these members.
boost::json::object schema_of(const shape& described);

} // namespace polar_flow::http
