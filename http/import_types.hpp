#pragma once

#include "domain/imports.hpp"

#include <string>

/// How the imports of zips are shown.
namespace polar_flow::http {

std::string to_json(const import_report& report);

} // namespace polar_flow::http
