#include "config/sources.hpp"
#include "config/suggestion.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

namespace polar_flow {

namespace {

/// Walks through a parsed document and collects.
class toml_reader {
public:
  explicit toml_reader(const std::string& shown_name) : shown_name_{shown_name} {
    for (const auto& option : all_options())
      tables_.emplace(option.table);
  }

  void read(const toml::table& document) {
    for (const auto& [key, node] : document) {
      const std::string name{key.str()};
      if (!tables_.contains(name))
        report(key.source(), "unknown option " + name + suggest_for_table(name));
      else if (const auto* table = node.as_table())
        read_table(name, *table);
      else
        report(node.source(), name + " must be a table: begin it with [" + name + "]");
    }
  }

  source_values take() {
    // The document's order is lost in the parser, people read from top to bottom.
    std::ranges::stable_sort(found_problems_, {}, &numbered_problem::line);
    for (auto& numbered : found_problems_)
      found_.problems.push_back(std::move(numbered.what));
    return std::move(found_);
  }

  void report(const toml::source_region& source, std::string message) {
    found_problems_.push_back({source.begin.line, {where(source), std::move(message)}});
  }

private:
  struct numbered_problem {
    toml::source_index line = 0;
    problem what;
  };

  std::string where(const toml::source_region& source) const {
    return shown_name_ + ':' + std::to_string(source.begin.line);
  }

  void read_table(const std::string& table, const toml::table& content) {
    for (const auto& [key, node] : content) {
      const auto name = table + '.' + std::string{key.str()};
      const auto options = all_options();
      const auto known = std::ranges::find(options, name, &option::name);
      if (known == options.end())
        report(key.source(), "unknown option " + name + suggest_for_key(name, key.str()));
      else
        found_.assignments.push_back({&*known, to_raw(node), where(node.source())});
    }
  }

  std::string suggest_for_table(const std::string& name) const {
    if (auto moved = same_key_elsewhere(name); !moved.empty())
      return moved;
    return suggest(name, {tables_.begin(), tables_.end()});
  }

  static std::string suggest_for_key(const std::string& name, std::string_view key) {
    if (auto moved = same_key_elsewhere(key); !moved.empty())
      return moved;
    std::vector<std::string> names;
    for (const auto& option : all_options())
      names.push_back(option.name());
    return suggest(name, names);
  }

  /// Hint at the right key under the wrong table.
  static std::string same_key_elsewhere(std::string_view key) {
    const auto options = all_options();
    const auto same = std::ranges::find(options, key, &option::key);
    return same == options.end() ? std::string{} : " (did you mean " + same->name() + "?)";
  }

  static raw_value to_raw(const toml::node& node) {
    if (const auto* boolean = node.as_boolean())
      return boolean->get();
    if (const auto* number = node.as_integer())
      return number->get();
    if (const auto* text = node.as_string())
      return text->get();
    const auto* array = node.as_array();
    if (array == nullptr)
      return std::monostate{};
    std::vector<std::string> texts;
    for (const auto& element : *array) {
      const auto* text = element.as_string();
      if (text == nullptr)
        return std::monostate{};
      texts.push_back(text->get());
    }
    return texts;
  }

  const std::string& shown_name_;
  std::set<std::string> tables_;
  source_values found_;
  std::vector<numbered_problem> found_problems_;
};

std::string_view line_at(std::string_view text, std::size_t number) {
  for (; number > 1; --number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
      return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// The parser's reason may quote a part of the line.
std::string describe(const toml::parse_error& wrong, std::string_view text) {
  const auto line = line_at(text, wrong.source().begin.line);
  const auto holds_secret = std::ranges::any_of(all_options(), [line](const option& candidate) {
    return candidate.shown == exposure::secret
           && line.find(candidate.key) != std::string_view::npos;
  });
  if (holds_secret)
    return "not valid TOML (the reason is not shown, since this line may hold a secret)";
  return "not valid TOML: " + std::string{wrong.description()};
}

} // namespace

source_values read_toml(std::string_view text, const std::string& shown_name) {
  toml_reader reader{shown_name};
  try {
    reader.read(toml::parse(text));
  } catch (const toml::parse_error& wrong) {
    reader.report(wrong.source(), describe(wrong, text));
  }
  return reader.take();
}

} // namespace polar_flow
