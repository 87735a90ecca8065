#pragma once

#include "http/router.hpp"

#include <boost/json/value.hpp>

#include <span>
#include <string>

namespace polar_flow::http {

/// The OpenAPI 3.1 document of a route table: every route that is part of the API, with its
/// parameters, its answers as schemas of http/shapes.hpp, and its errors.
boost::json::value describe_api(std::span<const route> routes);

/// A JSON value as YAML: indented, and every text in quotes, so that no text is taken for anything
/// else.
std::string to_yaml(const boost::json::value& document);

} // namespace polar_flow::http
