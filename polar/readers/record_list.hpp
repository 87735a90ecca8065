#pragma once

#include "domain/errc.hpp"
#include "polar/readers/json_document.hpp"
#include "polar/readers/json_view.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace polar_flow::polar {

/// How the records of one kind of answer are wrapped.
struct list_shape {
  /// The member that holds the list (`{"nights": […]}`), and what error messages call a record.
  std::string_view list_name;
  /// An object with one of these is itself a single record.
  std::string_view key_name;
  std::string_view other_key_name = key_name;
  /// Another name under which the list was seen.
  std::string_view other_list_name = list_name;
};

/// The records of `document`: a bare list, an object that holds the list, or a single record.
/// `null` and `{}` hold none. Error: polar_unreadable.
result<std::vector<object_view>> find_records(const boost::json::value& document,
                                              const list_shape& shape);

/// Counts the records that had to be left out of one answer.
class skipped_records {
public:
  explicit skipped_records(const list_shape& shape) : list_name_{shape.list_name} {
    // nop
  }

  /// `field` is what record number `index` lacks.
  void add(std::size_t index, std::string_view field);

  /// Writes one log line if there were any.
  void log() const;

  std::size_t count() const {
    return count_;
  }

  /// Of the first one, such as `nights[3].date`.
  const std::string& first_place() const {
    return first_place_;
  }

private:
  std::string_view list_name_;
  std::size_t count_ = 0;
  std::string first_place_;
};

/// A record, or the name of the member without which it cannot be kept.
template <class Record>
using readable = std::expected<Record, std::string_view>;

/// What a function that reads one record makes of it.
template <class Read>
using record_read_by = typename std::invoke_result_t<Read, const object_view&>::value_type;

/// Reads every record of `document` with `read_one`. A record that lacks its key is left out; when
/// none at all could be read, the answer is of a shape that we do not know, and that is an error.
/// Of two records with the same `key` the later one stays, so that a key names one row. `key` is
/// a member or a function of the record.
template <class Projection, class Read>
result<std::vector<record_read_by<Read>>> read_document(const boost::json::value& document,
                                                        const list_shape& shape, Projection key,
                                                        Read read_one) {
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
      records[known->second] = std::move(*record);
  }
  skipped.log();
  if (records.empty() && skipped.count() > 0)
    return fail(errc::polar_unreadable, "no record could be read; the first problem: "
                                            + skipped.first_place() + " is missing or unreadable");
  return records;
}

/// The same for the text of an answer.
template <class Projection, class Read>
result<std::vector<record_read_by<Read>>>
read_records(std::string_view body, const list_shape& shape, Projection key, Read read_one) {
  const auto document = parse_document(body);
  if (!document)
    return std::unexpected{document.error()};
  return read_document(*document, shape, key, read_one);
}

} // namespace polar_flow::polar
