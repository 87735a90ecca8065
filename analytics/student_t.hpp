#pragma once

#include <cstdint>

namespace polar_flow::analytics {

/// How likely a value of Student's t distribution with `degrees` (at least 1) of freedom is to lie
/// as far from zero as `t`, or further, on either side. Small probabilities are as precise as large
/// ones: the relative error is below 1e-9.
double two_sided_p(double t, std::int32_t degrees);

} // namespace polar_flow::analytics
