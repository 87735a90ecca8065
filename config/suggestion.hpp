#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polar_flow {

/// ` (did you mean X?)` with the candidate that `typed` is closest to, or nothing when none is
/// close enough to be what was meant.
std::string suggest(std::string_view typed, const std::vector<std::string>& candidates);

} // namespace polar_flow
