#include "simulator/day_list.hpp"
#include "simulator/movement.hpp"
#include "simulator/resources.hpp"
#include "simulator/visibility.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

json::array make_changes(const movement& moved, int end_slot) {
  json::array changes;
  std::optional<bool> current;
  for (int slot = 0; slot < end_slot; ++slot) {
    const bool is_worn = moved.slots[static_cast<std::size_t>(slot)] != activity_zone::non_wear;
    if (current == is_worn)
      continue;
    current = is_worn;
    changes.push_back(
        {{"skin_contact", is_worn},
         {"recording_time_delta_milliseconds", milliseconds{seconds{slot * slot_s}}.count()}});
  }
  return changes;
}

/// One period per day; that of the running day ends now.
json::object make_period(const data_request& ask, date day) {
  const auto start = midnight(day);
  const wall_time end =
      std::min<wall_time>(start + days{1}, std::chrono::floor<minutes>(ask.wall_now()));
  const auto end_slot = static_cast<int>((end - start).count() / slot_s);
  const auto utc = [&](wall_time when) {
    return bare_utc_stamp(to_utc(when, ask.who.utc_offset));
  };
  return {{"source_device_id", ask.who.device_id},
          {"start_time", utc(start)},
          {"end_time", utc(end)},
          {"modified_time", utc(end)},
          {"skin_contact_changes", make_changes(make_movement(ask.who, day), end_slot)}};
}

} // namespace

response list_skin_contacts(const data_request& ask) {
  const auto range = requested_range(ask, optional_four_weeks);
  return range ? list_visible_days(ask, *range, is_day_visible, make_period) : range.error();
}

} // namespace polar_flow::simulator
