#include "simulator/json_slices.hpp"

namespace polar_flow::simulator {

namespace {

/// Calls `visit` with every character outside of strings, its place and the nesting around it;
/// brackets count as outside of themselves.
template <class Visit>
void walk(std::string_view text, Visit visit) {
  int depth = 0;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_in_string && c == '\\') {
      ++i;
      continue;
    }
    if (c == '"')
      is_in_string = !is_in_string;
    if (is_in_string || c == '"')
      continue;
    if (c == ']' || c == '}')
      --depth;
    visit(c, i, depth);
    if (c == '[' || c == '{')
      ++depth;
  }
}

} // namespace

std::optional<record_list> find_records(std::string_view body) {
  if (body.empty() || (body.front() != '[' && body.front() != '{'))
    return std::nullopt;
  const int list_depth = body.front() == '[' ? 0 : 1;
  std::optional<std::size_t> open;
  std::optional<std::size_t> close;
  bool has_more_members = false;
  std::vector<std::size_t> commas;
  walk(body, [&](char c, std::size_t place, int depth) {
    if (c == '[' && depth == list_depth && !open)
      open = place;
    else if (c == ']' && depth == list_depth && !close)
      close = place;
    else if (c == ',' && depth == list_depth + 1 && open && !close)
      commas.push_back(place);
    else if (c == ',' && depth < list_depth + 1)
      has_more_members = true;
  });
  if (!open || !close || has_more_members)
    return std::nullopt;
  record_list found{body.substr(0, *open + 1), {}, body.substr(*close)};
  auto start = *open + 1;
  commas.push_back(*close);
  for (const auto end : commas) {
    if (end > start)
      found.records.push_back(body.substr(start, end - start));
    start = end + 1;
  }
  return found;
}

std::string join_records(const record_list& list, const std::vector<std::string_view>& records) {
  std::string body{list.before};
  for (const auto record : records) {
    if (body.size() > list.before.size())
      body += ',';
    body += record;
  }
  body += list.after;
  return body;
}

std::optional<std::size_t> middle_separator(std::string_view body) {
  std::optional<std::size_t> found;
  walk(body, [&](char c, std::size_t place, int) {
    const bool is_separator = c == ',' || c == ':';
    if (is_separator && (!found || *found < body.size() / 2))
      found = place;
  });
  return found;
}

} // namespace polar_flow::simulator
