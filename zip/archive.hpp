#pragma once

#include "domain/errc.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <string>

/// Helpers for the sources of this folder that call libarchive.
namespace polar_flow::zip {

/// A `std::unique_ptr` for libarchive's objects: `owned<archive, archive_read_free>`.
template <auto Free>
struct archive_deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

template <class T, auto Free>
using owned = std::unique_ptr<T, archive_deleter<Free>>;

/// `what` went wrong, in libarchive's words; they tell of structure, never of content.
inline std::unexpected<error> archive_failure(std::string what, ::archive* handle) {
  const char* reason = ::archive_error_string(handle);
  what.append(": ").append(reason == nullptr ? "no reason is known" : reason);
  return fail(errc::invalid_argument, std::move(what));
}

} // namespace polar_flow::zip
