#pragma once

#include "simulator/faults.hpp"

namespace polar_flow::simulator {

/// Spoils a right answer. Faults that replace the answer or change the question are not made from
/// one and only bring their latency.
response spoil(response answer, const fault& by);

} // namespace polar_flow::simulator
