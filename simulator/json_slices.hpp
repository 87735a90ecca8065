#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The outer structure of a JSON text, found without reading its values: what is put together
/// again stays what it was to the last digit.
namespace polar_flow::simulator {

/// A list of records and the text around it, as views into the body.
struct record_list {
  std::string_view before;
  std::vector<std::string_view> records;
  std::string_view after;
};

/// The records of a body that is a list, or an object with a list as its only member; nothing for
/// everything else.
std::optional<record_list> find_records(std::string_view body);

/// The list with other records in it.
std::string join_records(const record_list& list, const std::vector<std::string_view>& records);

/// The first comma or colon in the second half that separates values, or else the last one.
std::optional<std::size_t> middle_separator(std::string_view body);

} // namespace polar_flow::simulator
