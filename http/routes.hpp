#pragma once

#include "http/router.hpp"

#include <span>

namespace polar_flow::http {

/// Every endpoint of the server, in the order of the API's documentation.
std::span<const route> all_routes();

} // namespace polar_flow::http
