#include "zip/file_name.hpp"

#include "zip/utf8_scope.hpp"

#include <algorithm>
#include <cwchar>

namespace polar_flow::zip {

namespace {

/// What libarchive writes where a name was not what it claimed to be.
constexpr std::string_view replacement_character = "\xef\xbf\xbd";

bool is_control(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7f;
}

bool is_letter(char character) {
  return ('a' <= character && character <= 'z') || ('A' <= character && character <= 'Z');
}

/// Length of the UTF-8 sequence at the beginning of `text`, 0 when there is none. Needs a
/// `utf8_scope`.
std::size_t sequence_length(std::string_view text) {
  std::mbstate_t state{};
  wchar_t character = 0;
  const auto length = std::mbrtowc(&character, text.data(), text.size(), &state);
  return length <= text.size() ? length : 0;
}

bool is_utf8(std::string_view text) {
  const utf8_scope scope;
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0)
      return false;
    text.remove_prefix(length);
  }
  return true;
}

bool climbs(std::string_view name) {
  while (true) {
    const auto slash = name.find('/');
    if (name.substr(0, slash) == "..")
      return true;
    if (slash == std::string_view::npos)
      return false;
    name.remove_prefix(slash + 1);
  }
}

} // namespace

std::string_view objection_to_name(std::string_view name, std::size_t bytes_max) {
  if (name.empty())
    return "is empty or not UTF-8";
  if (name.size() > bytes_max)
    return "is too long";
  if (std::ranges::any_of(name, is_control))
    return "has control characters";
  if (!is_utf8(name) || name.find(replacement_character) != std::string_view::npos)
    return "is not UTF-8";
  if (name.find('\\') != std::string_view::npos)
    return "has a backslash";
  if (name.front() == '/')
    return "is an absolute path";
  if (name.size() > 1 && is_letter(name[0]) && name[1] == ':')
    return "begins with a drive letter";
  if (climbs(name))
    return "leads out of its folder";
  return {};
}

std::string printable_name(std::string_view name, std::size_t bytes_max) {
  const utf8_scope scope;
  std::string printable;
  while (!name.empty()) {
    // A NUL has the length 0 here, as has what is not UTF-8.
    const auto length = is_control(name.front()) ? 0 : sequence_length(name);
    if (printable.size() + std::max<std::size_t>(length, 1) > bytes_max)
      return printable;
    if (length == 0)
      printable += '?';
    else
      printable += name.substr(0, length);
    name.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return printable;
}

} // namespace polar_flow::zip
