#pragma once

#include "crypto/random.hpp"
#include "domain/errc.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// A body that is too large for memory: it goes into a file while it arrives. The file is removed
/// with this object, unless somebody else has taken it over.
class upload {
public:
  /// Opens a new file in `folder`, which is made if need be; nobody else may read it. Error:
  /// storage_unavailable.
  static result<upload> begin(const std::filesystem::path& folder, crypto::random_source& random);

  ~upload();

  upload(upload&& other) noexcept;
  upload& operator=(upload&&) = delete;

  /// False when the disk is full or broken.
  bool append(std::string_view bytes);

  /// The name of the file in the folder.
  std::string name() const {
    return file_.filename().string();
  }

  std::int64_t bytes() const {
    return bytes_;
  }

  /// From here on the file is somebody else's.
  void release();

private:
  upload(std::filesystem::path file, int descriptor)
      : file_{std::move(file)}, descriptor_{descriptor} {
    // nop
  }

  void close();

  std::filesystem::path file_;
  int descriptor_ = -1;
  std::int64_t bytes_ = 0;
};

/// Removes what an earlier run of the server has left unfinished.
void remove_unfinished_uploads(const std::filesystem::path& folder);

} // namespace polar_flow::http
