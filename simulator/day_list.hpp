#pragma once

#include "simulator/data_request.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace polar_flow::simulator {

/// What `make` says of every day of `range` that `is_visible`, earliest first.
inline response list_visible_days(const data_request& ask, const date_range& range,
                                  bool (*is_visible)(const data_request&, date),
                                  boost::json::object (*make)(const data_request&, date)) {
  boost::json::array found;
  for (date day = range.first; day <= range.last; day += std::chrono::days{1}) {
    if (is_visible(ask, day))
      found.push_back(make(ask, day));
  }
  return list_response(std::move(found));
}

} // namespace polar_flow::simulator
