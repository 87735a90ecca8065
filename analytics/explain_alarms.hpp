#pragma once

#include "analytics/explanation_writer.hpp"
#include "domain/insights.hpp"

/// The alarms' part of `explain`. `known` as from `known_on`.
namespace polar_flow::analytics {

void explain_illness(explanation_writer& out, const analytics_window& known, date today);
void explain_overload(explanation_writer& out, const analytics_window& known, date today);

} // namespace polar_flow::analytics
