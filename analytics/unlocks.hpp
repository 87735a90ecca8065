#pragma once

#include "domain/insights.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// What a user gets after how many days with data. `data_days` counts distinct days that have a
/// night or a recharge; the calendar span would call everything ready after one record from last
/// year.
namespace polar_flow::analytics {

/// Below 7 days `unavailable`, below 21 `partial`, else `ready`.
insights_status status_for(std::int32_t data_days);

/// All features, in the order of the answer. Predictions are available when one is given.
std::vector<feature_availability> feature_list(std::int32_t data_days, bool has_prediction);

/// Whether the feature of this name is available.
bool is_available(std::string_view feature_name, std::int32_t data_days);

/// The way to the next feature, measured from the previous unlock; nullopt when all that this
/// version can do is unlocked.
std::optional<unlock_progress> progress_to_next(std::int32_t data_days);

} // namespace polar_flow::analytics
