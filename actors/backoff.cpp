#include "actors/backoff.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::actors {
namespace {

/// A number in [0, 1).
double random_share(crypto::random_source& random) {
  std::array<std::uint8_t, 4> bytes{};
  random.fill(bytes);
  std::uint32_t number = 0;
  for (const auto byte : bytes)
    number = (number << 8) | byte;
  return number / 4294967296.0;
}

} // namespace

std::chrono::milliseconds backoff_delay(std::int32_t failures, std::chrono::milliseconds first,
                                        std::chrono::milliseconds longest,
                                        crypto::random_source& random) {
  auto delay = std::min(first, longest);
  for (std::int32_t i = 1; i < failures && delay < longest; ++i)
    delay = std::min(delay * 2, longest);
  const auto taken_off = static_cast<double>(delay.count()) / 2 * random_share(random);
  return delay - std::chrono::milliseconds{static_cast<std::int64_t>(taken_off)};
}

} // namespace polar_flow::actors
