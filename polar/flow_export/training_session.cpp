#include "polar/flow_export/export_file.hpp"
#include "polar/flow_export/session.hpp"

#include <cmath>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"sessions", "startTime", "exercises"};

/// No id of AccessLink's begins so, and both generations of one session get the same id.
constexpr std::string_view id_prefix = "flow-export-";

/// A name without an id goes on with a UUID, whose first eight characters may all be digits. Real
/// ids have ten.
constexpr std::size_t id_digits_min = 9;

/// The old generation tells its id in the file name only, and only as a number:
/// `training-session-2020-05-01-7520219187-<uuid>`.
std::string_view id_in_name(std::string_view file_name) {
  constexpr std::string_view family = "training-session-";
  constexpr std::size_t date_characters = 10;
  const auto start = file_name.find(family);
  if (start == std::string_view::npos)
    return {};
  file_name.remove_prefix(start + family.size());
  if (file_name.size() <= date_characters + 1 || file_name[date_characters] != '-'
      || !parse_date(file_name.substr(0, date_characters)))
    return {};
  file_name.remove_prefix(date_characters + 1);
  const auto length = file_name.find_first_not_of("0123456789");
  const bool is_id =
      length != std::string_view::npos && length >= id_digits_min && file_name[length] == '-';
  return is_id ? file_name.substr(0, length) : std::string_view{};
}

/// Two sessions of one person do not begin at the same time and last equally long.
std::string id_from_times(const exercise& record) {
  std::string id = format_instant(record.start_time);
  id += '_';
  if (record.utc_offset_minutes)
    id += std::to_string(*record.utc_offset_minutes);
  id += '_';
  if (record.duration_s)
    id += std::to_string(std::llround(*record.duration_s * 1000));
  return id;
}

void complete_id(exercise& record, std::string_view file_name) {
  if (record.polar_exercise_id.empty()) {
    const auto number = id_in_name(file_name);
    record.polar_exercise_id = number.empty() ? id_from_times(record) : std::string{number};
  }
  record.polar_exercise_id.insert(0, id_prefix);
}

/// By what only one generation has: `durationMillis` or an identifier, not the version.
bool is_new_generation(const object_view& session) {
  return session.has("identifier") || session.has("durationMillis")
         || session.has("timezoneOffsetMinutes");
}

/// Values of all series of a file: two hundred hours of ten sensors at one per second. A few bytes
/// can stand for hours of a silent sensor, so the size of the file does not bound them.
constexpr std::size_t file_values_max = 8'000'000;

std::size_t values_of(const exercise& record) {
  std::size_t count = 0;
  for (const auto& series : record.samples)
    count += series.values.size();
  return count;
}

void replace(exercise& kept, const exercise& other) {
  kept = other;
}

} // namespace

result<export_records> read_training_session(const boost::json::value& document,
                                             std::string_view file_name) {
  // A name stands for one session only.
  const auto name = document.is_object() ? file_name : std::string_view{};
  std::size_t values = 0;
  const auto read_one = [name, &values](const object_view& item) -> readable<exercise> {
    if (values > file_values_max)
      return std::unexpected{"samples"};
    auto record = is_new_generation(item) ? read_new_session(item) : read_old_session(item);
    if (!record)
      return std::unexpected{"startTime"};
    complete_id(*record, name);
    values += values_of(*record);
    return std::move(*record);
  };
  export_records file;
  file.family = export_family::training_session;
  const auto added = add_part(file, stream::exercises, document, shape,
                              &exercise::polar_exercise_id, read_one, replace);
  if (!added)
    return std::unexpected{added.error()};
  if (values > file_values_max)
    return fail(errc::polar_unreadable, "it holds more samples than anybody can have recorded");
  return file;
}

} // namespace polar_flow::polar
