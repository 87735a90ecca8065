#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace polar_flow::testing {

/// Folder of recorded Polar answers beside the checkout, `../shared/data/polar-export`; nullopt
/// when it is absent. Tests that need it then say so and skip.
inline std::optional<std::filesystem::path> recorded_data() {
  const char* source_dir = std::getenv("POLAR_FLOW_SOURCE_DIR");
  if (source_dir == nullptr)
    return std::nullopt;
  auto folder = std::filesystem::path{source_dir} / ".." / "shared" / "data" / "polar-export";
  return std::filesystem::exists(folder) ? std::optional{folder} : std::nullopt;
}

} // namespace polar_flow::testing
