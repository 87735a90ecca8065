#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"cardio_loads", "date"};

/// −1 means "not available".
constexpr value_range load_range{0, 1'000'000};

constexpr std::string_view status_not_available = "LOAD_STATUS_NOT_AVAILABLE";

readable<cardio_load_day> read_day(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  cardio_load_day record;
  record.day = *day;
  record.status = item.text("cardio_load_status");
  record.cardio_load = item.number("cardio_load", load_range);
  record.strain = item.number("strain", load_range);
  // Without a status there is no strain either, but Polar writes 0 instead of −1.
  if (record.strain == 0.0 && record.status == status_not_available)
    record.strain.reset();
  record.tolerance = item.number("tolerance", load_range);
  record.ratio = item.number("cardio_load_ratio", load_range);
  const auto levels = item.object("cardio_load_level");
  record.levels = {.very_low = levels.number("very_low", load_range),
                   .low = levels.number("low", load_range),
                   .medium = levels.number("medium", load_range),
                   .high = levels.number("high", load_range),
                   .very_high = levels.number("very_high", load_range)};
  return record;
}

} // namespace

result<std::vector<cardio_load_day>> read_cardio_load(std::string_view body) {
  return read_records(body, shape, &cardio_load_day::day, read_day);
}

} // namespace polar_flow::polar
