#include "config/print.hpp"

#include "config/option.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>

namespace polar_flow {

namespace {

/// The sentence as comment lines of at most 100 columns.
void append_comment(std::string& out, std::string_view sentence) {
  constexpr std::size_t columns_max = 98;
  while (sentence.size() > columns_max) {
    const auto blank = sentence.rfind(' ', columns_max);
    out += "# " + std::string{sentence.substr(0, blank)} + '\n';
    sentence.remove_prefix(blank + 1);
  }
  out += "# " + std::string{sentence} + '\n';
}

/// User and password of a URL: from after the scheme to the last @ that can end them.
std::string mask_user_info(std::string text) {
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string::npos)
    return text;
  const auto begin = scheme_end + 3;
  const auto authority_end = std::min(text.find_first_of("/?#", begin), text.size());
  auto at_sign = text.substr(0, authority_end).rfind('@');
  // A password with a slash that is not escaped: wrong, but still a secret.
  if (at_sign == std::string::npos || at_sign < begin)
    at_sign = text.rfind('@');
  const auto colon = text.find(':', begin);
  if (at_sign == std::string::npos || colon == std::string::npos || colon >= at_sign)
    return text;
  return text.replace(colon + 1, at_sign - colon - 1, secret_mask);
}

/// End of the value that begins at `begin`. In a URL a value goes up to the next parameter; among
/// keywords libpq ends it at a blank, or where it is quoted at the quote, and a backslash takes the
/// meaning from both.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
  if (text.find("://") != std::string_view::npos)
    return std::min(text.find_first_of("& \t\n", begin), text.size());
  const bool is_quoted = begin < text.size() && text[begin] == '\'';
  const std::string_view ends = is_quoted ? "'" : " \t\n\r\f\v";
  auto end = begin + (is_quoted ? 1 : 0);
  while (end < text.size() && ends.find(text[end]) == std::string_view::npos)
    end += text[end] == '\\' ? 2 : 1;
  return std::min(end + (is_quoted ? 1 : 0), text.size());
}

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return lower;
}

/// Undoes percent-encoding; what is no code stays.
std::string percent_decoded(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    unsigned char byte = 0;
    constexpr std::size_t code_size = 3;
    const auto* const code_end = text.data() + std::min(text.size(), code_size);
    const bool is_code = text.front() == '%' && text.size() >= code_size
                         && std::from_chars(text.data() + 1, code_end, byte, 16).ptr == code_end;
    decoded += is_code ? static_cast<char>(byte) : text.front();
    text.remove_prefix(is_code ? code_size : 1);
  }
  return decoded;
}

constexpr std::string_view password_keyword = "password";

/// Parameters of a URL whose names say password only when they are decoded, as libpq does.
std::string mask_password_parameters(std::string text) {
  auto begin = text.find("://") == std::string::npos ? std::string::npos : text.find('?');
  while (begin < text.size()) {
    ++begin;
    const auto equals_sign = text.find_first_of("=&", begin);
    if (equals_sign == std::string::npos)
      break;
    const auto name = lower_case(percent_decoded(text.substr(begin, equals_sign - begin)));
    const auto value = std::min(equals_sign + 1, text.size());
    if (text[equals_sign] == '=' && name.find(password_keyword) != std::string::npos)
      text.replace(value, text.find('&', value) - value, secret_mask);
    begin = text.find('&', equals_sign);
  }
  return text;
}

/// `password=…` and `sslpassword=…` among keywords and in the query of a URL.
std::string mask_password_keywords(std::string text) {
  auto lower = lower_case(text);
  std::size_t from = 0;
  while ((from = lower.find(password_keyword, from)) != std::string::npos) {
    from += password_keyword.size();
    const auto equals_sign = lower.find_first_not_of(" \t", from);
    if (equals_sign == std::string::npos || lower[equals_sign] != '=')
      continue;
    const auto begin = std::min(lower.find_first_not_of(" \t", equals_sign + 1), lower.size());
    const auto size = end_of_value(text, begin) - begin;
    text.replace(begin, size, secret_mask);
    lower.replace(begin, size, secret_mask);
    from = begin + secret_mask.size();
  }
  return text;
}

} // namespace

std::string mask_password(std::string_view connection) {
  return mask_password_keywords(
      mask_password_parameters(mask_user_info(std::string{connection})));
}

std::string print_config(const settings& values) {
  std::string out;
  std::string_view table;
  for (const auto& option : all_options()) {
    if (option.table != table) {
      table = option.table;
      out += (out.empty() ? "[" : "\n[") + std::string{table} + "]\n";
    }
    out += '\n';
    append_comment(out, option.sentence);
    const auto value = to_toml(option, values);
    if (!value)
      out += "# ";
    out += std::string{option.key} + " = " + value.value_or(std::string{option.sample}) + '\n';
  }
  return out;
}

} // namespace polar_flow
