#pragma once

#include "crypto/random.hpp"
#include "domain/errc.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// What an upload leaves to the others on its disk, the database among them: enough to write for
/// hours until somebody makes room.
inline constexpr std::uint64_t disk_reserve_bytes = std::uint64_t{512} << 20;

/// A body that is too large for memory: it goes into a file while it arrives. The file is removed
/// with this object, unless somebody else has taken it over.
class upload {
public:
  /// Opens a new file in `folder`, which is made if need be; nobody else may read it. `reserve`
  /// bytes of the disk stay free. Error: storage_unavailable.
  static result<upload> begin(const std::filesystem::path& folder, crypto::random_source& random,
                              std::uint64_t reserve = disk_reserve_bytes);

  ~upload();

  upload(upload&& other) noexcept;
  upload& operator=(upload&&) = delete;

  /// False when the disk is full, but for the reserve, or broken.
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
  upload(std::filesystem::path file, int descriptor, std::uint64_t reserve)
      : file_{std::move(file)}, descriptor_{descriptor}, reserve_{reserve} {
    // nop
  }

  bool has_room() const;
  void close();

  std::filesystem::path file_;
  int descriptor_ = -1;
  std::uint64_t reserve_ = 0;
  std::int64_t bytes_ = 0;
};

/// Removes what an earlier run of the server has left unfinished.
void remove_unfinished_uploads(const std::filesystem::path& folder);

} // namespace polar_flow::http
