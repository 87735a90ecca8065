#include "simulator/replay.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace polar_flow::simulator {

namespace {

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

/// Braces are not allowed in a URL as they are.
std::string encode_braces(std::string_view text) {
  std::string encoded;
  for (const char c : text)
    encoded += c == '{' ? "%7B" : c == '}' ? "%7D" : std::string(1, c);
  return encoded;
}

/// A segment of a request that may become part of a file name.
bool is_plain(std::string_view segment) {
  return !segment.empty() && std::ranges::all_of(segment, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
}

bool ends_in_date_or_id(const std::string& segment) {
  return std::ranges::any_of(segment, [](unsigned char c) { return std::isdigit(c) != 0; });
}

} // namespace

replay::replay(std::filesystem::path folder, std::optional<std::filesystem::path> map)
    : folder_(std::move(folder)) {
  if (!std::filesystem::is_directory(folder_))
    throw std::runtime_error("no such folder: " + folder_.string());
  if (map)
    read_map(*map);
  else if (std::filesystem::exists(folder_ / "replay.json"))
    read_map(folder_ / "replay.json");
}

response replay::answer(const parsed_target& target) const {
  if (!rules_)
    return answer_by_name(target);
  for (const auto& each : *rules_) {
    if (auto found = answer_by(each, target))
      return *std::move(found);
  }
  const bool is_item = !target.segments.empty() && ends_in_date_or_id(target.segments.back());
  return empty_response(is_item ? 404 : 204);
}

void replay::read_map(const std::filesystem::path& map) {
  std::ifstream stream{map};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  try {
    std::vector<rule> rules;
    const auto document = boost::json::parse(text);
    for (const auto& entry : document.at("answers").as_array()) {
      const auto target = parse_target(encode_braces(entry.at("target").as_string()));
      if (!target)
        throw std::runtime_error("a target is not a path");
      rule made{target->segments, target->query, std::string{entry.at("file").as_string()}, 200};
      if (const auto* status = entry.as_object().if_contains("status"))
        made.status = static_cast<int>(status->as_int64());
      rules.push_back(std::move(made));
    }
    rules_ = std::move(rules);
  } catch (const std::exception& problem) {
    throw std::runtime_error("cannot read " + map.string() + ": " + problem.what());
  }
}

std::optional<response> replay::answer_by(const rule& each, const parsed_target& target) const {
  if (each.segments.size() != target.segments.size())
    return std::nullopt;
  std::string file = each.file;
  for (std::size_t i = 0; i < each.segments.size(); ++i) {
    const auto& pattern = each.segments[i];
    const auto& segment = target.segments[i];
    if (is_placeholder(pattern) && is_plain(segment)) {
      if (const auto place = file.find(pattern); place != std::string::npos)
        file.replace(place, pattern.size(), segment);
    } else if (pattern != segment) {
      return std::nullopt;
    }
  }
  const auto asked = [&](const auto& parameter) {
    const auto found = target.query.find(parameter.first);
    return found != target.query.end() && found->second == parameter.second;
  };
  if (!std::ranges::all_of(each.query, asked))
    return std::nullopt;
  return answer_with(file, each.status);
}

response replay::answer_by_name(const parsed_target& target) const {
  auto segments = target.segments;
  const auto is_prefix = [](const std::string& text) {
    return text == "v3" || text == "users";
  };
  segments.erase(segments.begin(), std::ranges::find_if_not(segments, is_prefix));
  std::string file;
  if (!segments.empty() && std::ranges::all_of(segments, is_plain)) {
    for (const auto& segment : segments)
      file += (file.empty() ? "" : "/") + segment;
    if (auto found = answer_with(file + ".json", 200))
      return *std::move(found);
  }
  return empty_response(!segments.empty() && ends_in_date_or_id(segments.back()) ? 404 : 204);
}

std::optional<response> replay::answer_with(const std::string& file, int status) const {
  std::ifstream stream{folder_ / file, std::ios::binary};
  if (!stream)
    return std::nullopt;
  response answer = empty_response(status);
  answer.headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
  answer.body.assign(std::istreambuf_iterator<char>{stream}, {});
  return answer;
}

} // namespace polar_flow::simulator
