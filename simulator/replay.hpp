#pragma once

#include "simulator/messages.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::simulator {

/// Answers recorded earlier, served from a folder instead of generated ones. `README.md` of this
/// folder describes the mapping file and the file names that are used without one.
class replay {
public:
  /// `map` names the mapping file; without it `FOLDER/replay.json` is taken if it exists, else the
  /// conventional names. Throws std::runtime_error for a mapping that cannot be read.
  replay(std::filesystem::path folder, std::optional<std::filesystem::path> map);

  /// The recorded answer, or 404 for a single item and 204 for a list that was not recorded.
  response answer(const parsed_target& target) const;

private:
  struct rule {
    std::vector<std::string> segments;
    query_parameters query;
    std::string file;
    int status = 200;
  };

  void read_map(const std::filesystem::path& map);
  std::optional<response> answer_by(const rule& each, const parsed_target& target) const;
  response answer_by_name(const parsed_target& target) const;
  std::optional<response> answer_with(const std::string& file, int status) const;

  std::filesystem::path folder_;
  std::optional<std::vector<rule>> rules_;
};

} // namespace polar_flow::simulator
