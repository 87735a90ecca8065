#pragma once

#include "domain/coverage.hpp"
#include "domain/ids.hpp"
#include "domain/sync.hpp"
#include "http/backend.hpp"

#include <string>
#include <vector>

/// Our JSON about syncs: what they did, how they stand, what they have covered.
namespace polar_flow::http {

/// GET …/sync/logs: newest first.
std::string to_json(const std::vector<sync_report>& logs);

/// GET …/sync/status
std::string to_json(const sync_state& state);

/// The answer of POST …/disconnect.
std::string to_json(const user_record& record);

/// GET …/coverage
std::string to_json(const coverage_report& report, const user_id& user);

/// The data of one event of GET …/sync/events, on one line.
std::string to_json(const sync_event& event);

} // namespace polar_flow::http
