#pragma once

#include "config/settings.hpp"

#include <filesystem>

namespace polar_flow {

/// Where uploaded zips lie until they are imported: `.part` files while they arrive, `.zip` files
/// once they are queued.
inline std::filesystem::path import_folder(const storage_settings& storage) {
  return storage.data_dir / "imports";
}

} // namespace polar_flow
