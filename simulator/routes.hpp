#pragma once

#include "simulator/data_request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::simulator {

/// A data endpoint found in the route table.
struct matched_route {
  data_handler handle = nullptr;
  std::vector<std::string> captures;
};

/// The data endpoint for a path; all of them are GET.
std::optional<matched_route> find_data_route(const std::vector<std::string>& segments);

/// Whether `segments` fit `pattern`, whose `{…}` parts fit anything; fills `captures`.
bool matches(std::string_view pattern, const std::vector<std::string>& segments,
             std::vector<std::string>& captures);

} // namespace polar_flow::simulator
