#pragma once

#include "domain/errc.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace polar_flow::polar {

/// Parses one answer. An empty body is `null`. Members of objects keep the order of the text;
/// of two members with the same name the last one stays. Numbers become the nearest double, so
/// that writing them back gives the same digits. Error: polar_unreadable, naming the byte.
result<boost::json::value> parse_document(std::string_view body);

} // namespace polar_flow::polar
