#pragma once

#include "analytics/hrv_range.hpp"
#include "config/settings.hpp"
#include "domain/errc.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "storage/store.hpp"

namespace polar_flow::actors {

/// How wide the personal range of heart rate variability is.
analytics::hrv_range_settings hrv_range_of(const analytics_settings& config);

/// What was learnt from a user's rows follows them, after they were changed beside the user's
/// actor. Errors are those of the store.
result<void> analyse_again(storage::store& store, const user_id& user, instant now,
                           const analytics_settings& config);

} // namespace polar_flow::actors
