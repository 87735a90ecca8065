#pragma once

#include "domain/errc.hpp"
#include "domain/time.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace polar_flow::zip {

/// Makes a zip piece by piece, for an answer that is sent while it is made:
///
///     begin_file → append … → end_file      for every file, then      finish
///
/// and `take` whenever something may be ready. Only bytes that were not taken yet are kept, and a
/// line of the directory per file (name and some 100 bytes), which a zip has at its end. Files
/// are deflated, may have any size, and the zip any number of them (zip64).
///
/// Errors are `invalid_argument` with a sentence. After one the zip is of no use.
class writer {
public:
  writer();
  ~writer();

  writer(writer&&) noexcept;
  writer& operator=(writer&&) noexcept;

  /// `name` must be one that `reader` accepts.
  result<void> begin_file(std::string_view name, instant modified);

  result<void> append(std::string_view bytes);

  result<void> end_file();

  /// Writes the directory. Nothing can follow but the last `take`.
  result<void> finish();

  /// The bytes that are ready to be sent since the last `take`, possibly none.
  std::string take();

private:
  struct state;

  std::unique_ptr<state> state_;
};

} // namespace polar_flow::zip
