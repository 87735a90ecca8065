#include "polar/flow_export/export_file.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"weights", "date"};

constexpr value_range weight_kg_range{1, 1000};

/// A weight of a day, or of a moment whose zone is not told. Midnight UTC stands for the day.
readable<physical_info> read_weight(const object_view& item) {
  physical_info record;
  record.recorded_at = item.utc_time("date");
  if (const auto day = item.day("date"); day && !record.recorded_at)
    record.recorded_at = instant{*day};
  if (!record.recorded_at)
    return std::unexpected{"date"};
  record.weight_kg = item.number("weight", weight_kg_range);
  if (!record.weight_kg)
    return std::unexpected{"weight"};
  return record;
}

/// Of two weights of one moment the later one in the file is the corrected one.
void replace(physical_info& kept, const physical_info& other) {
  kept = other;
}

} // namespace

result<export_records> read_calendar_items(const boost::json::value& document) {
  export_records file;
  file.family = export_family::calendar_items;
  // Notes, feelings and whatever else was filled in are not read.
  if (const object_view items{document}; items.exists() && !items.has("weights"))
    return file;
  const auto added = add_part(file, stream::physical_info, document, shape,
                              &physical_info::recorded_at, read_weight, replace);
  if (!added)
    return std::unexpected{added.error()};
  return file;
}

} // namespace polar_flow::polar
