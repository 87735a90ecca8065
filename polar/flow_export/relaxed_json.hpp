#pragma once

#include "domain/errc.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace polar_flow::polar {

/// Parses one file of the export as `parse_document` does, with the same limits, but takes bare
/// `NaN`, `Infinity` and `-Infinity` for an empty text, which is no number wherever one is
/// expected. Error: polar_unreadable, naming the byte.
result<boost::json::value> parse_export_document(std::string_view content);

} // namespace polar_flow::polar
