#include "http/router.hpp"

#include <algorithm>
#include <optional>

namespace polar_flow::http {

namespace {

/// More segments than any route of ours has; longer paths are not looked at.
constexpr std::size_t segments_max = 12;

/// Segments of a path; `count` is nullopt when it has no form that a route could have.
struct path_segments {
  std::array<std::string_view, segments_max> items;
  std::optional<std::size_t> count;
};

path_segments split_path(std::string_view path) {
  path_segments result;
  if (!path.starts_with('/'))
    return result;
  path.remove_prefix(1);
  if (path.ends_with('/'))
    path.remove_suffix(1);
  std::size_t count = 0;
  while (!path.empty()) {
    const auto segment = path.substr(0, path.find('/'));
    if (segment.empty() || segment.size() + 1 == path.size() || count == segments_max)
      return result;
    result.items[count++] = segment;
    path.remove_prefix(std::min(segment.size() + 1, path.size()));
  }
  result.count = count;
  return result;
}

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{');
}

/// Looks from the end, because most of our paths differ there only.
bool fits(std::span<const std::string_view> pattern, std::span<const std::string_view> path) {
  return std::equal(pattern.rbegin(), pattern.rend(), path.rbegin(), path.rend(),
                    [](std::string_view expected, std::string_view given) {
                      return is_placeholder(expected) || expected == given;
                    });
}

/// Whether `left` says more than `right`, of two patterns that fit the same path: it has the
/// earlier literal segment.
bool is_more_specific(std::span<const std::string_view> left,
                      std::span<const std::string_view> right) {
  return std::ranges::lexicographical_compare(left, right, {}, is_placeholder, is_placeholder);
}

bool serves(const route& candidate, http_method method) {
  if (candidate.method == method)
    return true;
  return method == http_method::head && candidate.method == http_method::get
         && candidate.has == effect::reads;
}

/// Whether each value in `path` has the form that the route declares for it.
bool has_right_values(const route& candidate, std::span<const std::string_view> pattern,
                      std::span<const std::string_view> path) {
  return std::ranges::all_of(candidate.parameters, [&](const parameter& declared) {
    if (declared.source != parameter_source::path)
      return true;
    const auto place = std::ranges::find(pattern, '{' + std::string{declared.name} + '}');
    return place == pattern.end()
           || has_form_of(path[static_cast<std::size_t>(place - pattern.begin())], declared.type);
  });
}

void add_methods(std::string& allow, const route& candidate) {
  allow += to_string(candidate.method);
  if (serves(candidate, http_method::head) && candidate.method != http_method::head)
    allow += ", HEAD";
  allow += ", ";
}

} // namespace

std::string path_value(std::string_view pattern, std::string_view path, std::string_view name) {
  const auto decoded = percent_decoded(path, plus_sign::is_plus, bad_percent::keep);
  const auto given = split_path(*decoded);
  const auto declared = split_path(pattern);
  const std::string placeholder = '{' + std::string{name} + '}';
  const auto found = std::ranges::find(declared.items, placeholder);
  if (found == declared.items.end())
    return {};
  return std::string{given.items[static_cast<std::size_t>(found - declared.items.begin())]};
}

router::router(std::span<const route> routes) {
  for (const auto& item : routes) {
    const auto split = split_path(item.pattern);
    const auto count = split.count.value_or(0);
    patterns_.push_back(
        {&item, {split.items.begin(), split.items.begin() + static_cast<std::ptrdiff_t>(count)}});
  }
}

route_match router::find(http_method method, std::string_view path) const {
  route_match match;
  std::optional<std::string> decoded;
  if (path.find('%') != std::string_view::npos) {
    decoded = percent_decoded(path, plus_sign::is_plus, bad_percent::refuse);
    if (!decoded) {
      match.kind = match_kind::malformed;
      return match;
    }
    path = *decoded;
  }
  const auto split = split_path(path);
  if (!split.count)
    return match;
  const std::span given{split.items.data(), *split.count};

  const pattern_segments* best = nullptr;
  for (const auto& candidate : patterns_)
    if (fits(candidate.segments, given)
        && (best == nullptr || is_more_specific(candidate.segments, best->segments)))
      best = &candidate;
  if (best == nullptr)
    return match;

  for (const auto& candidate : patterns_) {
    if (candidate.segments != best->segments)
      continue;
    if (serves(*candidate.owner, method))
      match.matched = candidate.owner;
    else if (match.matched == nullptr)
      add_methods(match.allow, *candidate.owner);
  }
  if (match.matched == nullptr) {
    match.allow += "OPTIONS";
    match.kind =
        method == http_method::options ? match_kind::options : match_kind::method_not_allowed;
    return match;
  }
  if (!has_right_values(*match.matched, best->segments, given))
    return {};
  match.kind = match_kind::found;
  std::size_t used = 0;
  for (std::size_t i = 0; i < given.size(); ++i)
    if (is_placeholder(best->segments[i]) && used < path_values_max)
      match.values[used++] = given[i];
  return match;
}

} // namespace polar_flow::http
