#pragma once

#include <string>
#include <string_view>

namespace polar_flow::telemetry {

/// Appends `text` as a JSON string, quotes included. What is not UTF-8 becomes U+FFFD, and a text
/// longer than a log line should carry is cut and ends in an ellipsis.
void append_json_string(std::string& out, std::string_view text);

/// Appends the shortest text that reads back as `number`; `null` where JSON has no number for it.
void append_json_number(std::string& out, double number);

} // namespace polar_flow::telemetry
