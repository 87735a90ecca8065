#pragma once

#include "domain/alarms.hpp"
#include "http/json_writer.hpp"

/// The alarms as part of GET /insights.
namespace polar_flow::http {

void write(json_writer& out, const alarms& raised);

} // namespace polar_flow::http
