#pragma once

#include "crypto/random.hpp"

#include <chrono>
#include <cstdint>

namespace polar_flow::actors {

/// How long to wait after `failures` failures in a row (at least 1): `first` doubled with every
/// further failure, at most `longest`, of which a random part up to half is taken off so that
/// what failed together does not come back together.
std::chrono::milliseconds backoff_delay(std::int32_t failures, std::chrono::milliseconds first,
                                        std::chrono::milliseconds longest,
                                        crypto::random_source& random);

} // namespace polar_flow::actors
