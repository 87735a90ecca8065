#include "storage/compress.hpp"

#include <zstd.h>

namespace polar_flow::storage {

namespace {

/// zstd's own default: JSON shrinks to about a tenth, at hundreds of megabytes per second.
constexpr int compression_level = 3;

} // namespace

result<std::string> compress(std::string_view bytes) {
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const auto size =
      ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), compression_level);
  if (ZSTD_isError(size) != 0)
    return fail(errc::storage_failed, "an answer could not be compressed");
  frame.resize(size);
  return frame;
}

result<std::string> decompress(std::string_view frame, std::size_t bytes_max) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR)
    return fail(errc::storage_failed, "an archived body is damaged");
  if (size > bytes_max)
    return fail(errc::storage_failed, "an archived body is larger than allowed");
  std::string bytes(size, '\0');
  const auto written = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(written) != 0 || written != size)
    return fail(errc::storage_failed, "an archived body is damaged");
  return bytes;
}

} // namespace polar_flow::storage
