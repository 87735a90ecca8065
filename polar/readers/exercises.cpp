#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"exercises", "id"};

/// −1 means "not available".
constexpr value_range load_range{0, 10'000'000};
constexpr value_range distance_m_range{0, 100'000'000};
constexpr value_range percent_range{0, 100};
constexpr value_range limit_bpm_range{0, 300};
constexpr value_range sample_type_range{0, 1000};
constexpr value_range recording_rate_s_range{1, 86'400};
constexpr value_range latitude_range{-90, 90};
constexpr value_range longitude_range{-180, 180};
constexpr value_range route_time_s_range{0, 86'400'000};

/// Values of one series: four days at one per second. What follows is left out.
constexpr std::size_t series_values_max = 345'600;

/// Polar has twelve kinds of samples; more series than this in one exercise are not its own.
constexpr std::size_t series_max = 64;

constexpr std::string_view not_available = "NOT_AVAILABLE";

/// The items of a comma-separated list; `null`, empty and unreadable items are unknown.
std::vector<std::optional<double>> read_series(std::string_view data) {
  std::vector<std::optional<double>> values;
  while (!data.empty() && values.size() < series_values_max) {
    const auto comma = data.find(',');
    values.push_back(number_from_text(data.substr(0, comma)));
    if (comma == std::string_view::npos)
      return values;
    data.remove_prefix(comma + 1);
    // A comma at the very end is followed by one more item, an empty one.
    if (data.empty())
      values.emplace_back();
  }
  return values;
}

std::vector<std::optional<double>> read_series(const boost::json::value& data) {
  if (const auto* text = data.if_string())
    return read_series(std::string_view{text->data(), text->size()});
  std::vector<std::optional<double>> values;
  if (const auto* list = data.if_array())
    for (const auto& item : *list)
      if (values.size() < series_values_max)
        values.push_back(to_number(item));
  return values;
}

std::vector<sample_series> read_samples(const boost::json::array* list) {
  std::vector<sample_series> all_series;
  if (list == nullptr)
    return all_series;
  for (const auto& item : *list) {
    const object_view view{item};
    const auto type = view.integer("sample_type", sample_type_range);
    const auto* data = view.find("data");
    if (!type || data == nullptr || all_series.size() == series_max)
      continue;
    sample_series series;
    series.sample_type = *type;
    series.recording_rate_s = view.integer("recording_rate", recording_rate_s_range);
    series.values = read_series(*data);
    all_series.push_back(std::move(series));
  }
  return all_series;
}

std::vector<heart_rate_zone> read_zones(const boost::json::array* list) {
  std::vector<heart_rate_zone> zones;
  if (list == nullptr)
    return zones;
  std::int32_t position = 0;
  for (const auto& item : *list) {
    const object_view view{item};
    if (view.exists())
      zones.push_back({.index = position,
                       .lower_limit_bpm = view.integer("lower_limit", limit_bpm_range),
                       .upper_limit_bpm = view.integer("upper_limit", limit_bpm_range),
                       .in_zone_s = view.duration_s("in_zone")});
    ++position;
  }
  return zones;
}

std::vector<route_point> read_route(const boost::json::array* list) {
  std::vector<route_point> route;
  if (list == nullptr)
    return route;
  for (const auto& item : *list) {
    const object_view view{item};
    const auto latitude = view.number("latitude", latitude_range);
    const auto longitude = view.number("longitude", longitude_range);
    if (!latitude || !longitude)
      continue;
    auto time_s = view.duration_s("time");
    if (!time_s)
      time_s = view.number("time", route_time_s_range);
    route.push_back({.latitude = *latitude,
                     .longitude = *longitude,
                     .time_s = time_s,
                     .satellites = view.integer("satellites"),
                     .fix = view.integer("fix")});
  }
  return route;
}

/// A load of 0 is a real one unless its interpretation says that there is none.
std::optional<double> read_load(const object_view& loads, std::string_view name,
                                const std::optional<std::string>& interpretation) {
  const auto load = loads.number(name, load_range);
  return load == 0.0 && interpretation == not_available ? std::nullopt : load;
}

std::optional<training_load_pro> read_load_pro(const object_view& loads) {
  if (!loads.exists())
    return std::nullopt;
  training_load_pro record;
  record.cardio_load_interpretation = loads.text("cardio_load_interpretation");
  record.muscle_load_interpretation = loads.text("muscle_load_interpretation");
  record.perceived_load_interpretation = loads.text("perceived_load_interpretation");
  record.cardio_load = read_load(loads, "cardio_load", record.cardio_load_interpretation);
  record.muscle_load = read_load(loads, "muscle_load", record.muscle_load_interpretation);
  record.perceived_load = read_load(loads, "perceived_load", record.perceived_load_interpretation);
  record.user_rpe = loads.text("user_rpe");
  return record;
}

/// UTC is the local start minus the offset, which comes in a member of its own. Should the start
/// ever carry an offset itself, that one counts.
bool read_start(const object_view& item, exercise& record) {
  record.utc_offset_minutes = item.integer("start_time_utc_offset", utc_offset_minutes_range);
  if (const auto zoned = item.zoned_time("start_time")) {
    record.start_time = zoned->moment;
    if (!record.utc_offset_minutes)
      record.utc_offset_minutes = static_cast<std::int32_t>(zoned->utc_offset.count());
    return true;
  }
  const auto local = item.wall_time("start_time");
  if (!local)
    return false;
  const std::chrono::minutes offset{record.utc_offset_minutes.value_or(0)};
  record.start_time = instant{local->time_since_epoch() - offset};
  return true;
}

void read_summary(const object_view& item, exercise& record) {
  record.upload_time = item.utc_time("upload_time");
  record.duration_s = item.duration_s("duration");
  record.sport = item.text("sport");
  record.detailed_sport = item.text("detailed_sport_info");
  record.device = item.text("device");
  record.device_id = item.text("device_id");
  record.distance_m = item.number("distance", distance_m_range);
  record.calories_kcal = item.integer("calories");
  const auto heart_rate = item.object("heart_rate");
  record.average_heart_rate_bpm = heart_rate.integer("average", heart_rate_bpm_range);
  record.max_heart_rate_bpm = heart_rate.integer("maximum", heart_rate_bpm_range);
  record.running_index = item.integer("running_index");
  record.fat_percent = item.integer("fat_percentage", percent_range);
  record.carbohydrate_percent = item.integer("carbohydrate_percentage", percent_range);
  record.protein_percent = item.integer("protein_percentage", percent_range);
  record.has_route = item.flag("has_route");
  record.club_name = item.text("club_name");
  // −1 tells of an error in Flow for Club.
  if (const auto club = item.large_integer("club_id"); club && *club >= 0)
    record.club_id = club;
}

readable<exercise> read_exercise(const object_view& item) {
  exercise record;
  auto id = item.text("id");
  if (!id)
    return std::unexpected{"id"};
  record.polar_exercise_id = std::move(*id);
  if (!read_start(item, record))
    return std::unexpected{"start_time"};
  read_summary(item, record);
  record.load_pro = read_load_pro(item.object("training_load_pro"));
  record.training_load = item.number("training_load", load_range);
  if (!record.training_load && record.load_pro)
    record.training_load = record.load_pro->cardio_load;
  record.heart_rate_zones = read_zones(item.list("heart_rate_zones"));
  record.samples = read_samples(item.list("samples"));
  record.route = read_route(item.list("route"));
  return record;
}

} // namespace

result<std::vector<exercise>> read_exercises(std::string_view body) {
  const auto document = parse_document(body);
  if (!document)
    return std::unexpected{document.error()};
  auto records = read_document(*document, shape, &exercise::polar_exercise_id, read_exercise);
  // One object is the answer of the path that names the exercise.
  const bool is_detail = document->is_object() && !object_view{*document}.has(shape.list_name);
  if (records && is_detail)
    for (auto& record : *records)
      record.is_detailed = true;
  return records;
}

} // namespace polar_flow::polar
