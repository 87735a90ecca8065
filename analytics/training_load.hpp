#pragma once

#include "domain/standings.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What training has built up and what it costs: fitness (CTL), fatigue (ATL), form (TSB), and
/// monotony and strain of the week, from the daily cardio load. Sources:
/// * fading sums of the load over 42 and 7 days: Banister, Calvert, Savage and Bach 1975; Morton,
///   Fitz-Clarke and Banister 1990; as means, by these names: Allen and Coggan, Training and Racing
///   with a Power Meter, 2006;
/// * monotony and strain: Foster 1998 (Medicine & Science in Sports & Exercise 30).
namespace polar_flow::analytics {

/// Time constants of the fading means, in days: after so many days a load counts 1/e.
inline constexpr double ctl_days = 42.0;
inline constexpr double atl_days = 7.0;

/// The part of a fading mean's weight that must lie on known days: 1 − 1/e², that is, 84 days
/// without a gap for CTL and 14 for ATL. What is measured of that is in docs/analytics.md.
inline constexpr double fading_coverage_needed = 0.86;

inline constexpr std::chrono::days foster_week{7};

/// Newest known day that something is concluded from, counted back from today.
inline constexpr std::chrono::days newest_load_age{3};

/// The load of every known day, 0 on a rest day. `loads` holds days with their load, zeros being
/// rest days if there are any; a day of `ratios` without a load is a rest day too, because Polar
/// gives a ratio for a day only if it knows what was done on it. Any other day is unknown: the
/// watch may have been left at home, and an unknown day is not a rest day. Values that are
/// negative or not finite are unknown.
std::vector<dated_value> daily_loads(std::span<const dated_value> loads,
                                     std::span<const dated_value> ratios);

/// The fading mean of `days` (ascending, not empty) at the end of the last of them:
///
///     Σ load_i · e^(−a_i/τ) / Σ e^(−a_i/τ)        a_i: age in days, over the known days
///     coverage = (1 − e^(−1/τ)) · Σ e^(−a_i/τ)
///
/// Computed by the recurrence S ← S·e^(−Δ/τ) + load and the same for the weights, which is the
/// usual exponentially weighted mean with α = 1 − e^(−1/τ), but without a start value to choose: an
/// unknown day has no weight, and neither has the time before the first day.
fading_mean fade(std::span<const dated_value> days, double time_constant_days);

/// `daily` as from `daily_loads`, ascending; `ratios` as in the window.
load_standing assess_load(std::span<const dated_value> daily, std::span<const dated_value> ratios,
                          date today);

} // namespace polar_flow::analytics
