#include "config/text_rules.hpp"

#include "config/print.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>

#include <arpa/inet.h>

namespace polar_flow::text_rules {

namespace {

struct url_parts {
  std::string_view scheme;
  std::string_view host;
  /// With the colon before the port.
  std::string_view port;
  /// Path, query and fragment.
  std::string_view rest;
};

bool is_visible_ascii(char c) {
  return c > ' ' && c < '\x7f';
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

void to_lower_case(std::string& text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
}

std::optional<std::uint32_t> to_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

bool is_address(int family, std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> binary{};
  return ::inet_pton(family, std::string{text}.c_str(), binary.data()) == 1;
}

/// A DNS name or an IPv4 address.
bool is_host_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
  });
}

/// A host as URLs have it: IPv6 addresses stand in brackets.
bool is_url_host(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']'))
    return is_address(AF_INET6, text.substr(1, text.size() - 2));
  return is_host_name(text);
}

std::optional<url_parts> split_url(std::string_view text) {
  const auto colon = text.find("://");
  if (colon == std::string_view::npos)
    return std::nullopt;
  url_parts parts;
  parts.scheme = text.substr(0, colon);
  const auto after = text.substr(colon + 3);
  const auto authority = after.substr(0, after.find_first_of("/?#"));
  parts.rest = after.substr(authority.size());
  const auto host_end = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  parts.host = authority.substr(0, host_end);
  parts.port = authority.substr(parts.host.size());
  return parts;
}

bool is_port(std::string_view text) {
  if (text.empty())
    return true;
  constexpr std::uint32_t port_max = 65535;
  const auto number = to_number(text.substr(1));
  return number && *number >= 1 && *number <= port_max;
}

/// Scheme, host and port; the parts, or what is wrong with them.
complaint check_web_address(const url_parts& parts) {
  std::string scheme{parts.scheme};
  to_lower_case(scheme);
  if (scheme != "http" && scheme != "https")
    return "must begin with https:// or http://";
  if (parts.host.find('@') != std::string_view::npos
      || parts.port.find('@') != std::string_view::npos)
    return "must not contain a user name or password";
  if (!is_url_host(parts.host))
    return "must have a host name or address after the scheme (IPv6 in brackets)";
  if (!is_port(parts.port))
    return "must have a port from 1 to 65535 after the colon";
  return std::nullopt;
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool is_base64(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '/';
}

} // namespace

bool is_printable(std::string_view text) {
  std::size_t continuations_left = 0;
  // What the next continuation byte may be: Unicode's table 3-7 narrows some second bytes.
  unsigned char least = 0x80;
  unsigned char most = 0xBF;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (continuations_left > 0) {
      if (byte < least || byte > most)
        return false;
      --continuations_left;
      least = 0x80;
      most = 0xBF;
    } else if (byte >= 0x80) {
      if (byte < 0xC2 || byte > 0xF4)
        return false;
      continuations_left = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      // After C2 the first 32 are control characters too, which terminals obey.
      least = byte == 0xC2 || byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
      most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    } else if (byte < 0x20 || byte == 0x7F) {
      return false;
    }
  }
  return continuations_left == 0;
}

complaint host(std::string& text) {
  if (is_host_name(text) || is_address(AF_INET6, text))
    return std::nullopt;
  return "must be an address or a host name, without scheme and port";
}

complaint url(std::string& text) {
  if (!std::ranges::all_of(text, is_visible_ascii))
    return "must be a URL without blanks";
  const auto parts = split_url(text);
  if (!parts)
    return "must begin with https:// or http://";
  if (auto wrong = check_web_address(*parts))
    return wrong;
  if (parts->rest.find_first_of("?#") != std::string_view::npos)
    return "must have no query and no fragment";
  while (text.ends_with('/'))
    text.pop_back();
  return std::nullopt;
}

complaint origin(std::string& text) {
  if (!std::ranges::all_of(text, is_visible_ascii))
    return "must be an origin such as https://app.example.org, without blanks";
  to_lower_case(text);
  const auto parts = split_url(text);
  if (!parts)
    return "must be an origin that begins with https:// or http://";
  if (auto wrong = check_web_address(*parts))
    return wrong;
  if (!parts->rest.empty())
    return "must be an origin: scheme, host and port only, without a path or a slash at the end";
  if (parts->scheme == "http" && !is_this_machine(parts->host))
    return "must use https; http is for localhost only";
  return std::nullopt;
}

complaint proxy(std::string& text) {
  const std::string_view view{text};
  const auto slash = view.find('/');
  if (slash == std::string_view::npos) {
    if (is_host_name(text) || is_address(AF_INET6, text))
      return std::nullopt;
    return "must be an address, a network such as 10.0.0.0/8, or a host name";
  }
  const auto address = view.substr(0, slash);
  const auto prefix_bits = to_number(view.substr(slash + 1));
  constexpr std::uint32_t ipv4_bits = 32;
  constexpr std::uint32_t ipv6_bits = 128;
  const bool fits = prefix_bits
                    && ((is_address(AF_INET, address) && *prefix_bits <= ipv4_bits)
                        || (is_address(AF_INET6, address) && *prefix_bits <= ipv6_bits));
  if (!fits)
    return "must be a network in the form 10.0.0.0/8 or fd00::/8";
  return std::nullopt;
}

complaint connection(std::string& text) {
  // Left as it is: storage/ translates SQLAlchemy's notation, options and all.
  const bool is_url = text.starts_with("postgresql://") || text.starts_with("postgres://")
                      || text.starts_with("postgresql+asyncpg://");
  const bool has_keywords
      = text.find("://") == std::string::npos && text.find('=') != std::string::npos;
  if (!is_url && !has_keywords)
    return "must be a URL that begins with postgresql:// or keywords such as host=… dbname=…";
  return std::nullopt;
}

complaint fernet_key(std::string& text) {
  constexpr std::size_t content_size = 43;
  // What --print-config shows may be printed again; `validate` lets nothing else use it.
  if (text == secret_mask)
    return std::nullopt;
  const auto size = text.size() - (text.ends_with('=') ? 1 : 0);
  const std::string_view content{text.data(), size};
  if (size != content_size || !std::ranges::all_of(content, is_base64))
    return "must be a Fernet key: URL-safe base64 of 32 bytes (44 characters)";
  return std::nullopt;
}

complaint header_token(std::string& text) {
  if (!std::ranges::all_of(text, is_visible_ascii))
    return "must consist of visible ASCII characters without blanks, since it travels in an HTTP "
           "header";
  return std::nullopt;
}

} // namespace polar_flow::text_rules
