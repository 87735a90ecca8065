#include "polar/flow_export/relaxed_json.hpp"

#include "polar/readers/json_document.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace polar_flow::polar {

namespace {

constexpr std::array<std::string_view, 3> no_numbers{"NaN", "Infinity", "-Infinity"};

/// What may follow a value.
constexpr std::string_view value_ends = ",]} \t\r\n";

/// Whether `rest`, which begins outside of any text, begins with something that is no number.
/// Returns its length, else 0.
std::size_t length_of_no_number(std::string_view rest) {
  for (const auto word : no_numbers) {
    const bool is_whole = rest.size() == word.size()
                          || (rest.size() > word.size()
                              && value_ends.find(rest[word.size()]) != std::string_view::npos);
    if (is_whole && rest.starts_with(word))
      return word.size();
  }
  return 0;
}

/// Where the text that begins at `start` with a quotation mark ends.
std::size_t end_of_text(std::string_view content, std::size_t start) {
  for (auto at = start + 1; at < content.size(); ++at) {
    if (content[at] == '"')
      return at;
    if (content[at] == '\\')
      ++at;
  }
  return content.size();
}

/// Every such word becomes an empty text of the same length, so that the places in error messages
/// are those of the file.
std::string without_bare_words(std::string_view content) {
  std::string legal{content};
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (content[at] == '"') {
      at = end_of_text(content, at);
    } else if (const auto length = length_of_no_number(content.substr(at))) {
      const auto word = std::span{legal}.subspan(at, length);
      std::ranges::fill(word, ' ');
      word[0] = '"';
      word[1] = '"';
      at += length - 1;
    }
  }
  return legal;
}

bool may_have_bare_words(std::string_view content) {
  return content.find("NaN") != std::string_view::npos
         || content.find("Infinity") != std::string_view::npos;
}

} // namespace

result<boost::json::value> parse_export_document(std::string_view content) {
  return may_have_bare_words(content) ? parse_document(without_bare_words(content))
                                      : parse_document(content);
}

} // namespace polar_flow::polar
