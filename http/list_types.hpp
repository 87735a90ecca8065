#pragma once

#include "domain/ids.hpp"
#include "domain/summaries.hpp"

#include <string>

/// Our JSON of the lists. Members come in the order of the API's contract, what we added comes
/// last.
namespace polar_flow::http {

class json_writer;

/// A list; of physical information the newest state with the older ones in it, or null.
std::string to_json(const list_rows& rows);

/// GET /export/summary, of the days that were counted.
std::string to_json(const record_counts& counts, const user_id& user, date_range days);

/// The members that a day of heart rates has wherever it is shown.
void write(json_writer& out, const heart_rate_summary& row);

} // namespace polar_flow::http
