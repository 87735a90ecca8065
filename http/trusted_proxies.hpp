#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// Who may tell us, by X-Forwarded-*, how the client reached it: addresses, networks
/// (`10.0.0.0/8`, `fd00::/8`) or literal peer names.
class trusted_proxies {
public:
  explicit trusted_proxies(std::span<const std::string> entries);
  ~trusted_proxies();

  trusted_proxies(trusted_proxies&&) noexcept;
  trusted_proxies& operator=(trusted_proxies&&) noexcept;

  /// `peer` is the address of the other end as text. An IPv4 address in IPv6 clothes
  /// (`::ffff:127.0.0.1`) is taken for what it is.
  bool contains(std::string_view peer) const;

  /// The client behind `peer`: the last address in `forwarded_for` (X-Forwarded-For, nearest last)
  /// that is no proxy of ours, or `peer` itself when it is none either. A view into one of both.
  std::string_view client_behind(std::string_view peer, std::string_view forwarded_for) const;

private:
  struct rules;
  std::unique_ptr<rules> rules_;
};

} // namespace polar_flow::http
