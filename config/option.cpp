#include "config/option.hpp"

#include "config/print.hpp"
#include "config/text_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <type_traits>
#include <utility>

namespace polar_flow {

namespace {

using complaint = std::optional<std::string>;

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return lower;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// -- names of enumerators ---------------------------------------------------------------------

template <class T>
struct named {
  T value;
  std::string_view name;
};

constexpr std::array<named<log_level>, 4> names_of(log_level) {
  return {{{log_level::debug, "debug"},
           {log_level::info, "info"},
           {log_level::warning, "warning"},
           {log_level::error, "error"}}};
}

constexpr std::array<named<deployment_mode>, 2> names_of(deployment_mode) {
  return {{{deployment_mode::self_hosted, "self_hosted"}, {deployment_mode::saas, "saas"}}};
}

// -- what a raw value gives -------------------------------------------------------------------

const std::string* text_in(const raw_value& value) {
  if (const auto* untyped = std::get_if<untyped_text>(&value))
    return &untyped->text;
  return std::get_if<std::string>(&value);
}

std::optional<std::int64_t> number_in(const raw_value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return *number;
  const auto* untyped = std::get_if<untyped_text>(&value);
  if (untyped == nullptr)
    return std::nullopt;
  const auto text = trimmed(untyped->text);
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::optional<bool> boolean_in(const raw_value& value) {
  if (const auto* boolean = std::get_if<bool>(&value))
    return *boolean;
  const auto* untyped = std::get_if<untyped_text>(&value);
  if (untyped == nullptr)
    return std::nullopt;
  const auto word = lower_case(trimmed(untyped->text));
  if (word == "true" || word == "1" || word == "yes" || word == "on")
    return true;
  if (word == "false" || word == "0" || word == "no" || word == "off")
    return false;
  return std::nullopt;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = text.find(',');
    if (const auto part = trimmed(text.substr(0, comma)); !part.empty())
      parts.emplace_back(part);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return parts;
}

std::optional<std::vector<std::string>> list_in(const raw_value& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return *list;
  if (const auto* untyped = std::get_if<untyped_text>(&value))
    return split_at_commas(untyped->text);
  return std::nullopt;
}

// -- assigning by type ------------------------------------------------------------------------

template <class T>
struct is_duration : std::false_type {};

template <class Count, class Period>
struct is_duration<std::chrono::duration<Count, Period>> : std::true_type {};

complaint check_text(const option& target, std::string& text) {
  if (!text_rules::is_printable(text))
    return "must be UTF-8 without control characters";
  return target.rule == nullptr ? std::nullopt : target.rule(text);
}

complaint put(const option&, const raw_value& value, bool& stored) {
  const auto boolean = boolean_in(value);
  if (!boolean)
    return "must be true or false";
  stored = *boolean;
  return std::nullopt;
}

/// Whole numbers, and durations counted in their own unit.
template <class T>
requires(std::is_integral_v<T> || is_duration<T>::value)
complaint put(const option& target, const raw_value& value, T& stored) {
  const auto number = number_in(value);
  if (!number)
    return "must be a whole number";
  const auto& range = target.range;
  if (*number < range.least || *number > range.most) {
    return "must be from " + std::to_string(range.least) + " to " + std::to_string(range.most)
           + ": " + std::string{range.reason};
  }
  if constexpr (is_duration<T>::value)
    stored = T{*number};
  else
    stored = static_cast<T>(*number);
  return std::nullopt;
}

template <class T>
requires std::is_enum_v<T>
complaint put(const option&, const raw_value& value, T& stored) {
  std::string all;
  for (const auto& [enumerator, name] : names_of(T{})) {
    const auto* text = text_in(value);
    if (text != nullptr && lower_case(trimmed(*text)) == name) {
      stored = enumerator;
      return std::nullopt;
    }
    all += (all.empty() ? "" : ", ") + std::string{name};
  }
  return "must be one of " + all;
}

complaint put(const option& target, const raw_value& value, std::string& stored) {
  const auto* given = text_in(value);
  if (given == nullptr)
    return "must be a text";
  std::string text{trimmed(*given)};
  if (text.empty())
    return "must not be empty";
  if (auto wrong = check_text(target, text))
    return wrong;
  stored = std::move(text);
  return std::nullopt;
}

complaint put(const option& target, const raw_value& value, std::filesystem::path& stored) {
  std::string text;
  auto wrong = put(target, value, text);
  if (!wrong)
    stored = text;
  return wrong;
}

/// An empty text takes the value away again, which is how compose files say "not set".
template <class T>
complaint put(const option& target, const raw_value& value, std::optional<T>& stored) {
  if (const auto* given = text_in(value); given != nullptr && trimmed(*given).empty()) {
    stored.reset();
    return std::nullopt;
  }
  T inner;
  auto wrong = put(target, value, inner);
  if (!wrong)
    stored = std::move(inner);
  return wrong;
}

template <class T>
std::vector<std::string> put_all(const option& target, const raw_value& value, T& stored) {
  auto wrong = put(target, value, stored);
  if (!wrong)
    return {};
  return {*std::move(wrong)};
}

/// Items have numbers, because texts of a configuration are never quoted.
std::vector<std::string> put_all(const option& target, const raw_value& value,
                                 std::vector<std::string>& stored) {
  auto list = list_in(value);
  if (!list)
    return {"must be a list of texts"};
  std::vector<std::string> all_wrong;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto& text = (*list)[i];
    text = std::string{trimmed(text)};
    const auto wrong = text.empty() ? "must not be empty" : check_text(target, text);
    if (wrong)
      all_wrong.push_back("item " + std::to_string(i + 1) + ' ' + *wrong);
  }
  if (all_wrong.empty())
    stored = *std::move(list);
  return all_wrong;
}

// -- printing by type -------------------------------------------------------------------------

std::string toml_string(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out{'"'};
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20 || code == 0x7F) {
      out += "\\u00";
      out += digits[code >> 4];
      out += digits[code & 0xf];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::optional<std::string> print(bool value) {
  return value ? "true" : "false";
}

template <class T>
requires std::is_integral_v<T>
std::optional<std::string> print(T value) {
  return std::to_string(value);
}

template <class Count, class Period>
std::optional<std::string> print(std::chrono::duration<Count, Period> value) {
  return std::to_string(value.count());
}

template <class T>
requires std::is_enum_v<T>
std::optional<std::string> print(T value) {
  for (const auto& [enumerator, name] : names_of(T{}))
    if (enumerator == value)
      return toml_string(name);
  return std::nullopt;
}

std::optional<std::string> print(const std::string& value) {
  return toml_string(value);
}

std::optional<std::string> print(const std::filesystem::path& value) {
  if (value.empty())
    return std::nullopt;
  return toml_string(value.string());
}

template <class T>
std::optional<std::string> print(const std::optional<T>& value) {
  return value ? print(*value) : std::nullopt;
}

std::optional<std::string> print(const std::vector<std::string>& value) {
  std::string out;
  for (const auto& text : value)
    out += (out.empty() ? "" : ", ") + toml_string(text);
  return '[' + out + ']';
}

} // namespace

std::string option::name() const {
  return std::string{table} + '.' + std::string{key};
}

std::string option::variable_name() const {
  if (!variable.empty())
    return std::string{variable};
  auto text = std::string{table} + '_' + std::string{key};
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  return text;
}

std::string option::flag() const {
  return "--" + std::string{table} + '-' + std::string{key};
}

std::vector<std::string> assign(const option& target, const raw_value& value, settings& values) {
  return std::visit([&](auto place) { return put_all(target, value, place(values)); },
                    target.value);
}

std::optional<std::string> to_toml(const option& source, const settings& values) {
  // Places give write access; a copy keeps the promise of the signature.
  auto copy = values;
  if (source.shown == exposure::open)
    return std::visit([&](auto place) { return print(place(copy)); }, source.value);
  const auto* secret = std::get_if<place<std::optional<std::string>>>(&source.value);
  if (secret == nullptr)
    return toml_string(secret_mask);
  const auto& text = (*secret)(copy);
  if (!text)
    return std::nullopt;
  // Of a connection only the password is secret, the rest helps to find mistakes.
  if (source.key == "database-url")
    return toml_string(mask_password(*text));
  return toml_string(secret_mask);
}

} // namespace polar_flow
