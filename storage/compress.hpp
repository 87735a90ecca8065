#pragma once

#include "domain/errc.hpp"

#include <string>
#include <string_view>

namespace polar_flow::storage {

/// One zstd frame that knows its content's size.
result<std::string> compress(std::string_view bytes);

/// The content of a frame of `compress`. Error: storage_failed, when it is none, or larger than
/// `bytes_max` says it may be.
result<std::string> decompress(std::string_view frame, std::size_t bytes_max);

} // namespace polar_flow::storage
