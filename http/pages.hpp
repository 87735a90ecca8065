#pragma once

#include <string_view>

/// Files of http/pages/ as they are in the program.
namespace polar_flow::http::pages {

std::string_view swagger_html();
std::string_view swagger_start_js();
std::string_view swagger_bundle_js();
std::string_view swagger_css();

} // namespace polar_flow::http::pages
