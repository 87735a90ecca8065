#pragma once

#include "domain/time.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace polar_flow::simulator {

/// One change that survives a restart of the simulator, as it would at Polar.
struct journal_entry {
  std::string event;
  /// 0 where it is about the client and not about an athlete.
  std::int64_t athlete_id = 0;
  std::string text;
  instant when;
};

/// The changes in `file`, oldest first; none when it does not exist. A line that a crash left half
/// written is left out: it was never answered, so the change did not happen.
std::vector<journal_entry> read_journal(const std::filesystem::path& file);

/// A file of changes, one JSON object a line, only ever appended to.
class journal {
public:
  /// Throws std::runtime_error when the file cannot be written.
  explicit journal(const std::filesystem::path& file);

  void append(const journal_entry& entry);

private:
  std::ofstream stream_;
};

} // namespace polar_flow::simulator
