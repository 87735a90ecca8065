#include "actors/messages.hpp"

#include <caf/all.hpp>

#define POLAR_FLOW_DEFINE_INSPECT(type) POLAR_FLOW_INSPECT(, type)
POLAR_FLOW_MESSAGES(POLAR_FLOW_DEFINE_INSPECT)
