#pragma once

#include "domain/errc.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace polar_flow::zip {

/// What a zip from a stranger may cost at most.
struct limits {
  /// Files and folders. A long history with Polar has some ten thousand files.
  std::size_t entries_max = 200'000;
  /// Bytes that are read to find the next file, in effect the size of the zip's directory, all of
  /// which libarchive keeps in memory. As many files as above take some 40 MB.
  std::uint64_t directory_bytes_max = std::uint64_t{64} << 20;
  /// Unpacked bytes of one file. Beat-to-beat intervals, the largest there are, stay below.
  std::uint64_t entry_bytes_max = std::uint64_t{1} << 30;
  /// Unpacked bytes of all files that are read. A long history has some gigabytes.
  std::uint64_t total_bytes_max = std::uint64_t{64} << 30;
  /// Unpacked bytes per byte in the zip. Health data as JSON reaches 100, and deflate ends at
  /// 1032, which only a bomb comes near.
  std::uint64_t ratio_max = 400;
  /// As long as a name may be in most file systems.
  std::size_t name_bytes_max = 255;
};

/// One file of a zip.
struct entry {
  /// As in the zip. Of a refused name what is printable, to be reported and for nothing else.
  std::string name;
  /// Why the file is refused, such as "its name is too long". Empty when the file may be read.
  std::string objection;

  bool is_acceptable() const {
    return objection.empty();
  }

  bool operator==(const entry&) const = default;
};

/// Reads a zip that nobody vouches for. Nothing but zip is understood, a zip within is a file
/// like any other, and no name ever becomes a path. The directory at the end decides which files
/// there are, so a zip whose end is missing is refused as a whole, and so is one without any file.
///
/// Errors are `invalid_argument` with a sentence. An error of `read` or `read_some` is about that
/// file: `next` goes on behind it. An error of `next` is about the zip and comes again each time.
class reader {
public:
  static result<reader> open(const std::filesystem::path& file, limits bounds = {});

  ~reader();

  reader(reader&&) noexcept;
  reader& operator=(reader&&) noexcept;

  /// The next file in the order of the zip, nullopt at the end. Folders are left out. A name
  /// ends at its first NUL.
  result<std::optional<entry>> next();

  /// The whole content of the file that `next` named; one with more than `bytes_max` is an error.
  result<std::string> read(std::size_t bytes_max);

  /// The following bytes of it, at most `bytes_max`; none at its end. Only the end proves that the
  /// content is what was packed, for the checksum is compared there.
  result<std::string> read_some(std::size_t bytes_max);

private:
  struct state;

  explicit reader(std::unique_ptr<state> opened);

  std::unique_ptr<state> state_;
};

} // namespace polar_flow::zip
