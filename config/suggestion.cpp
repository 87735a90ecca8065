#include "config/suggestion.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace polar_flow {

namespace {

/// Longer texts are no typing errors of an option's name, and comparing costs their product.
constexpr std::size_t typed_size_max = 100;

/// Upper case and underscores are no mistakes worth counting.
std::string plain(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return c == '_' ? '-' : static_cast<char>(std::tolower(c));
  });
  return out;
}

/// Levenshtein's: how many characters must be put in, left out or changed.
std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const auto changed = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

} // namespace

std::string suggest(std::string_view typed, const std::vector<std::string>& candidates) {
  if (typed.size() > typed_size_max)
    return {};
  const auto wanted = plain(typed);
  // A third of the name may be wrong, and two characters always.
  auto best_distance = std::max<std::size_t>(2, wanted.size() / 3) + 1;
  const std::string* best = nullptr;
  for (const auto& candidate : candidates) {
    // Nobody is helped by what he has typed himself.
    if (candidate == typed)
      return {};
    const auto distance = edit_distance(wanted, plain(candidate));
    if (distance < best_distance && distance < candidate.size()) {
      best_distance = distance;
      best = &candidate;
    }
  }
  return best == nullptr ? std::string{} : " (did you mean " + *best + "?)";
}

} // namespace polar_flow
