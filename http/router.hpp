#pragma once

#include "http/message.hpp"
#include "http/parameters.hpp"

#include <boost/asio/awaitable.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::http {

struct services;
struct call;

using handler = boost::asio::awaitable<response> (*)(services& available, const call& asked);

enum class access_kind : std::uint8_t { open, api_key };

/// Whether a request changes something; HEAD is offered only where GET merely reads.
enum class effect : std::uint8_t { reads, changes };

/// What a request may carry: a few bytes, or a zip that goes into a file.
enum class body_kind : std::uint8_t { small, zip };

/// One endpoint, declared with its verb and path. `{name}` stands for any one segment.
struct route {
  http_method method = http_method::get;
  std::string_view pattern;
  handler answer = nullptr;
  access_kind access = access_kind::open;
  effect has = effect::reads;
  std::span<const parameter> parameters = {};
  std::string_view summary = {};
  /// What a success is: a type as in http/shapes.hpp, or one of the words `csv`, `takeout`,
  /// `events` and `redirect`. Empty for pages, which are no part of the API.
  std::string_view answers = {};
  body_kind takes = body_kind::small;
};

/// Most `{name}` segments that a pattern has.
inline constexpr std::size_t path_values_max = 3;

enum class match_kind : std::uint8_t {
  found,
  /// OPTIONS on a path that exists.
  options,
  not_found,
  method_not_allowed,
  /// The path's percent-encoding is broken.
  malformed,
};

struct route_match {
  match_kind kind = match_kind::not_found;
  const route* matched = nullptr;
  /// Decoded segments that stand for `{name}`, in order.
  std::array<std::string, path_values_max> values;
  /// Value of the Allow header, for `options` and `method_not_allowed`.
  std::string allow;
};

/// The decoded segment of `path` that stands for `{name}` in a pattern which it fits.
std::string path_value(std::string_view pattern, std::string_view path, std::string_view name);

/// Finds the route of a request. A value that is not of the type that the route declares for it
/// fits no route. The path is decoded first, so `%2F` separates segments; one
/// trailing slash is accepted; a literal segment beats `{name}`, also when the method is wrong
/// then.
class router {
public:
  /// `routes` must outlive the router.
  explicit router(std::span<const route> routes);

  route_match find(http_method method, std::string_view path) const;

private:
  struct pattern_segments {
    const route* owner;
    std::vector<std::string_view> segments;
  };

  std::vector<pattern_segments> patterns_;
};

} // namespace polar_flow::http
