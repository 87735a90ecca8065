#include "polar/flow_export/export_file.hpp"
#include "polar/readers.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace polar_flow::polar {

namespace {

namespace json = boost::json;

/// The readers of AccessLink's answers read the measurements within the envelopes too, once the
/// members are called as there.
struct other_name {
  std::string_view exported;
  std::string_view known;
};

constexpr std::array renamed{
    other_name{"recordingDevice", "source_device_id"},
    other_name{"pulseArrivalTimeAtContractionMs", "pulse_transit_time_systolic_ms"},
    other_name{"pulseArrivalTimeAtRelaxationMs", "pulse_transit_time_diastolic_ms"},
    other_name{"temperatureMeasurementSamples", "samples"}};

/// `recordingTimeDeltaMs` is called `recording_time_delta_ms` there.
std::string known_name(std::string_view exported) {
  const auto found = std::ranges::find(renamed, exported, &other_name::exported);
  if (found != renamed.end())
    return std::string{found->known};
  std::string name;
  for (const char character : exported) {
    const bool is_capital = 'A' <= character && character <= 'Z';
    if (is_capital)
      name += '_';
    name += is_capital ? static_cast<char>(character - 'A' + 'a') : character;
  }
  return name;
}

json::value with_known_names(const json::value& value) {
  if (const auto* list = value.if_array()) {
    json::array items;
    items.reserve(list->size());
    for (const auto& item : *list)
      items.push_back(with_known_names(item));
    return items;
  }
  if (const auto* object = value.if_object()) {
    json::object members;
    members.reserve(object->size());
    for (const auto& member : *object)
      members.insert_or_assign(known_name({member.key().data(), member.key().size()}),
                               with_known_names(member.value()));
    return members;
  }
  return value;
}

/// What is measured, by the members that only it has; nullopt for skin contacts and the like.
std::optional<stream> kind_of(const object_view& data) {
  if (data.has("temperatureMeasurementSamples"))
    return stream::body_temperature;
  if (data.has("bloodOxygenPercent") || data.has("spo2Class"))
    return stream::spo2;
  if (data.has("rriMs") || data.has("qualityMeasurements"))
    return stream::ecg;
  return std::nullopt;
}

/// The measurement as AccessLink would send it. A temperature has its times in the envelope.
json::object as_answer(stream kind, const object_view& envelope) {
  json::object answer = with_known_names(*envelope.find("data")).as_object();
  if (kind != stream::body_temperature)
    return answer;
  const auto meta = envelope.object("meta");
  if (const auto start = meta.object("id").unix_time("startTimeSeconds"))
    answer.insert_or_assign("start_time", format_instant(*start));
  auto end = meta.unix_time("endTime");
  if (!end)
    end = meta.utc_time("endTime");
  if (end)
    answer.insert_or_assign("end_time", format_instant(*end));
  return answer;
}

/// The measurements of one stream, and how many envelopes were of none.
struct measurements {
  std::array<json::array, all_streams.size()> answers;
  std::size_t skipped = 0;
};

void sort_in(const json::value& item, measurements& found) {
  const object_view envelope{item};
  const auto data = envelope.object("data");
  if (!data.exists())
    ++found.skipped;
  else if (const auto kind = kind_of(data))
    found.answers[static_cast<std::size_t>(*kind)].push_back(as_answer(*kind, envelope));
}

result<void> add_stream(export_records& file, stream kind, const json::array& answers) {
  auto records = read_answer(kind, json::serialize(answers));
  if (!records)
    return std::unexpected{records.error()};
  const auto count = record_count(*records);
  file.skipped += answers.size() - count;
  if (count > 0)
    file.parts.push_back({kind, std::move(*records)});
  return {};
}

} // namespace

bool is_generic_period(const json::value& document) {
  const auto* list = document.if_array();
  const auto* first = list == nullptr ? &document : list->empty() ? nullptr : &list->front();
  return first != nullptr && object_view{*first}.object("meta").exists()
         && object_view{*first}.object("data").exists();
}

result<export_records> read_generic_periods(const json::value& document) {
  measurements found;
  if (const auto* list = document.if_array())
    for (const auto& item : *list)
      sort_in(item, found);
  else
    sort_in(document, found);

  export_records file;
  file.family = export_family::generic_period;
  file.skipped = found.skipped;
  std::optional<error> failure;
  for (const auto kind : all_streams) {
    const auto& answers = found.answers[static_cast<std::size_t>(kind)];
    const auto added = answers.empty() ? result<void>{} : add_stream(file, kind, answers);
    if (added)
      continue;
    failure = added.error();
    file.skipped += answers.size();
  }
  // One stream that cannot be read does not spoil the others.
  if (failure && file.parts.empty())
    return std::unexpected{*failure};
  return file;
}

} // namespace polar_flow::polar
