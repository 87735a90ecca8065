#include "config/sources.hpp"

#include <algorithm>
#include <cctype>

namespace polar_flow {

namespace {

std::string upper_case(std::string_view text) {
  std::string upper{text};
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return upper;
}

const option* option_of_variable(std::string_view name) {
  const auto options = all_options();
  const auto known = std::ranges::find(options, upper_case(name), &option::variable_name);
  return known == options.end() ? nullptr : &*known;
}

/// Compose files pass variables on that are not set as empty ones. Only a list may be emptied
/// on purpose.
bool means_not_set(const option& target, std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos
         && !std::holds_alternative<place<std::vector<std::string>>>(target.value);
}

void add(source_values& found, const option& target, std::string text, std::string where) {
  if (!means_not_set(target, text))
    found.assignments.push_back({&target, untyped_text{std::move(text)}, std::move(where)});
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && (name[0] < '0' || name[0] > '9')
         && std::ranges::all_of(name, [](char c) {
              return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
                     || c == '_';
            });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_nothing_or_comment(std::string_view text) {
  const auto rest = trimmed(text);
  return rest.empty() || rest.starts_with('#');
}

/// A value as it stands after `=`, without quotes and comment; nothing when a quote is open.
std::optional<std::string> unquote(std::string_view raw) {
  raw = trimmed(raw);
  if (raw.starts_with('\'')) {
    const auto end = raw.find('\'', 1);
    if (end == std::string_view::npos || !is_nothing_or_comment(raw.substr(end + 1)))
      return std::nullopt;
    return std::string{raw.substr(1, end - 1)};
  }
  if (!raw.starts_with('"')) {
    const auto comment = std::min(raw.find(" #"), raw.find("\t#"));
    return std::string{raw.starts_with('#') ? std::string_view{} : trimmed(raw.substr(0, comment))};
  }
  std::string text;
  for (std::size_t i = 1; i < raw.size(); ++i) {
    if (raw[i] == '"')
      return is_nothing_or_comment(raw.substr(i + 1)) ? std::optional{text} : std::nullopt;
    const bool is_escaped = raw[i] == '\\' && i + 1 < raw.size()
                            && (raw[i + 1] == '"' || raw[i + 1] == '\\');
    text += is_escaped ? raw[++i] : raw[i];
  }
  return std::nullopt;
}

void read_dotenv_line(std::string_view line, const std::string& where, source_values& found) {
  line = trimmed(line);
  if (is_nothing_or_comment(line))
    return;
  constexpr std::string_view prefix = "export ";
  if (line.starts_with(prefix))
    line = trimmed(line.substr(prefix.size()));
  const auto equals_sign = line.find('=');
  const auto name = trimmed(line.substr(0, equals_sign));
  if (!is_variable_name(name)) {
    found.problems.push_back({where, "must be lines of the form NAME=value"});
    return;
  }
  const auto* target = option_of_variable(name);
  // A name alone means "as in the environment", and other names belong to other programs.
  if (target == nullptr || equals_sign == std::string_view::npos)
    return;
  auto text = unquote(line.substr(equals_sign + 1));
  if (!text)
    found.problems.push_back({where, std::string{name} + " has a quote that does not end"});
  else
    add(found, *target, *std::move(text), where);
}

} // namespace

const std::string* find_variable(const std::map<std::string, std::string>& variables,
                                 std::string_view name) {
  if (const auto exact = variables.find(std::string{name}); exact != variables.end())
    return &exact->second;
  for (const auto& [candidate, value] : variables)
    if (upper_case(candidate) == name)
      return &value;
  return nullptr;
}

source_values read_environment(const std::map<std::string, std::string>& variables) {
  source_values found;
  for (const auto& option : all_options()) {
    const auto name = option.variable_name();
    if (const auto* text = find_variable(variables, name))
      add(found, option, *text, "environment " + name);
  }
  return found;
}

source_values read_dotenv(std::string_view text, const std::string& shown_name) {
  source_values found;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const auto end = text.find('\n');
    read_dotenv_line(text.substr(0, end), shown_name + ':' + std::to_string(line_number), found);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return found;
}

} // namespace polar_flow
