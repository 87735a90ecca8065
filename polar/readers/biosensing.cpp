#include "polar/readers/biosensing.hpp"

namespace polar_flow::polar {

namespace {

/// A recording goes on for hours; a month after its start is not in it.
constexpr std::int64_t offset_ms_max = std::int64_t{31} * 24 * 3600 * 1000;

} // namespace

std::string read_device_id(const object_view& item) {
  return item.text("source_device_id").value_or(std::string{});
}

std::optional<std::int64_t> read_offset_ms(const object_view& sample) {
  auto offset = sample.large_integer("recording_time_delta_ms");
  if (!offset)
    offset = sample.large_integer("recording_time_delta_milliseconds");
  return offset && 0 <= *offset && *offset <= offset_ms_max ? offset : std::nullopt;
}

} // namespace polar_flow::polar
