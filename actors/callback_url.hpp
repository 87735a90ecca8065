#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::actors {

/// `url` with more query parameters, percent-encoded as needed; they join a query that is there
/// already. What is not a URL comes back as it is: http/ has checked callback addresses before
/// they get here.
std::string with_query(std::string_view url,
                       const std::vector<std::pair<std::string, std::string>>& parameters);

} // namespace polar_flow::actors
