#pragma once

#include <optional>
#include <string>
#include <vector>

namespace polar_flow {

/// A part of one file of a takeout. The parts of a file follow each other.
struct takeout_piece {
  /// Name in the zip, such as `tables/sleep.jsonl` or `replies/17.json`.
  std::string file;
  std::string content;

  bool operator==(const takeout_piece&) const = default;
};

/// Some of all that is stored about a user.
struct takeout_page {
  std::vector<takeout_piece> pieces;
  /// Where the next page begins, which means something to the store only; absent after the last.
  std::optional<std::string> next;

  bool operator==(const takeout_page&) const = default;
};

} // namespace polar_flow
