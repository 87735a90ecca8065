#pragma once

#include "polar/flow_export.hpp"
#include "polar/readers/record_list.hpp"

#include <map>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// The readers of the families, for `flow_export.cpp`, and what they share.
namespace polar_flow::polar {

/// `document` is the parsed file; `file_name` matters only where it holds the id of a session.
result<export_records> read_training_session(const boost::json::value& document,
                                             std::string_view file_name);
result<export_records> read_activity_file(const boost::json::value& document);
result<export_records> read_heart_rate_file(const boost::json::value& document);
result<export_records> read_sleep_results(const boost::json::value& document);
result<export_records> read_sleep_scores(const boost::json::value& document);
result<export_records> read_nightly_recoveries(const boost::json::value& document);
result<export_records> read_calendar_items(const boost::json::value& document);

/// Whether the file holds measurements in envelopes.
bool is_generic_period(const boost::json::value& document);
result<export_records> read_generic_periods(const boost::json::value& document);

/// Reads every record of `document` with `read_one` and adds them to `file` as a part, unless
/// there are none. A record that lacks its key is counted and left out; when none at all could be
/// read, that is an error. Records with the same `key` are put together by `complete`.
template <class Projection, class Read, class Complete>
result<void> add_part(export_records& file, stream kind, const boost::json::value& document,
                      const list_shape& shape, Projection key, Read read_one, Complete complete) {
  using record_type = record_read_by<Read>;
  using key_type = std::decay_t<std::invoke_result_t<Projection&, const record_type&>>;
  const auto items = find_records(document, shape);
  if (!items)
    return std::unexpected{items.error()};

  std::vector<record_type> records;
  std::map<key_type, std::size_t> places;
  skipped_records skipped{shape};
  for (std::size_t index = 0; index < items->size(); ++index) {
    readable<record_type> record = read_one((*items)[index]);
    if (!record) {
      skipped.add(index, record.error());
      continue;
    }
    const auto [known, is_new] = places.try_emplace(std::invoke(key, *record), records.size());
    if (is_new)
      records.push_back(std::move(*record));
    else
      complete(records[known->second], *record);
  }
  file.skipped += skipped.count();
  if (records.empty() && skipped.count() > 0)
    return fail(errc::polar_unreadable, "no record could be read; the first problem: "
                                            + skipped.first_place() + " is missing or unreadable");
  if (!records.empty())
    file.parts.push_back({kind, stream_records{std::move(records)}});
  return {};
}

/// The same for a family of one stream, whose `complete` is that of `flow_export.hpp`.
template <class Projection, class Read>
result<export_records> read_part(export_family family, stream kind,
                                 const boost::json::value& document, const list_shape& shape,
                                 Projection key, Read read_one) {
  export_records file;
  file.family = family;
  const auto added = add_part(file, kind, document, shape, key, read_one,
                              [](auto& kept, const auto& other) { complete(kept, other); });
  if (!added)
    return std::unexpected{added.error()};
  return file;
}

} // namespace polar_flow::polar
