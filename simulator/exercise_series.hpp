#pragma once

#include "simulator/training.hpp"

#include <string>
#include <vector>

namespace polar_flow::simulator {

/// Beats per minute, one per whole second of the session. The mean and the maximum are those of
/// the session's summary.
std::vector<int> heart_rate_series(const athlete& who, const session& done);

/// Values every second of Polar's sample types, joined by commas as Polar sends them.
struct sample_series {
  int type = 0;
  std::string data;
};
std::vector<sample_series> sample_series_of(const athlete& who, const session& done,
                                            const std::vector<int>& heart_rate_bpm);

/// Where the session went: a lap around a made-up place, one point every few seconds.
struct route_point {
  double latitude = 0;
  double longitude = 0;
  std::chrono::seconds passed{0};
};
std::vector<route_point> route_of(const athlete& who, const session& done);

} // namespace polar_flow::simulator
