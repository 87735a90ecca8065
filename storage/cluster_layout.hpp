#pragma once

#include "config/settings.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

/// Where the embedded cluster lies in the data directory, and how it is reached.
namespace polar_flow::storage {

inline std::filesystem::path absolute_data_dir(const storage_settings& settings) {
  std::error_code ignored;
  return std::filesystem::absolute(settings.data_dir, ignored).lexically_normal();
}

inline std::filesystem::path cluster_dir_in(const std::filesystem::path& data_dir) {
  return data_dir / "postgresql";
}

/// Held by the server for as long as it runs.
inline std::filesystem::path lock_file_in(const std::filesystem::path& data_dir) {
  return data_dir / "postgresql.lock";
}

inline std::string connection_string(const std::filesystem::path& socket_dir,
                                     std::string_view database) {
  return "host=" + socket_dir.string()
         + " port=5432 user=polar_flow dbname=" + std::string{database};
}

} // namespace polar_flow::storage
