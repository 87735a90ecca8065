#pragma once

#include <boost/test/unit_test.hpp>

#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// Reads the files of tests/golden.
namespace polar_flow::testing {

inline double parse(const std::string& text) {
  double value = 0;
  const auto end = text.data() + text.size();
  BOOST_REQUIRE(std::from_chars(text.data(), end, value).ptr == end);
  return value;
}

inline std::vector<double> parse_all(const std::vector<std::string>& words) {
  std::vector<double> values;
  for (const auto& word : words)
    values.push_back(parse(word));
  return values;
}

/// One line: its kind, the words before the bar and those behind it.
struct golden_line {
  std::string kind;
  std::vector<std::string> given;
  std::vector<std::string> expected;
};

inline std::vector<golden_line> golden_lines(const std::string& name) {
  std::ifstream file{std::string{POLAR_FLOW_GOLDEN_DIR "/"} + name};
  std::vector<golden_line> lines;
  for (std::string text; std::getline(file, text);) {
    std::istringstream words{text};
    golden_line line;
    words >> line.kind;
    auto* part = &line.given;
    for (std::string word; words >> word;) {
      if (word == "|")
        part = &line.expected;
      else
        part->push_back(word);
    }
    lines.push_back(line);
  }
  return lines;
}

/// The lines of one kind.
inline std::vector<golden_line> golden_lines(const std::string& name, const std::string& kind) {
  std::vector<golden_line> lines;
  for (const auto& line : golden_lines(name))
    if (line.kind == kind)
      lines.push_back(line);
  return lines;
}

} // namespace polar_flow::testing
