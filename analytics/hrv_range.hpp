#pragma once

#include "domain/standings.hpp"

#include <cstdint>
#include <optional>
#include <span>

/// HRV as those who work with it read it: the natural logarithm of rMSSD, the week against a
/// personal range, and the single night apart from it. Sources:
/// * logarithm, 7-day mean and coefficient of variation: Plews, Laursen, Kilding and Buchheit 2012
///   (Eur. J. Applied Physiology 112) and 2013 (Sports Medicine 43); Buchheit 2014 (Frontiers in
///   Physiology 5);
/// * a range of the last 60 days, acute and chronic changes apart: Altini, "The importance of
///   normal values", hrv4training.com 2022;
/// * three nights a week at least: Plews et al. 2014 (Int. J. Sports Physiology and Performance 9).
namespace polar_flow::analytics {

inline constexpr std::chrono::days hrv_week{7};

/// The nights that the judged week is compared with; they end where it begins.
inline constexpr std::chrono::days hrv_range_window{60};

/// With fewer nights a weekly mean strays from the mean of the whole week (Plews et al. 2014).
inline constexpr std::int32_t hrv_week_nights_needed = 3;

/// Half of the 60 days. The standard deviation of 30 values is known to about 13 %.
inline constexpr std::int32_t hrv_range_nights_needed = 30;

/// The least standard deviation of ln rMSSD that is believed: 2 % of rMSSD, about what whole
/// milliseconds can show.
inline constexpr double least_ln_deviation = 0.02;

/// Half the width of the personal range, in standard deviations of its single nights.
struct hrv_range_settings {
  /// For the week: the smallest change worth acting upon, as in the trials of training by HRV
  /// (Vesterinen et al. 2016, Medicine & Science in Sports & Exercise 48; Javaloyes et al. 2019,
  /// Int. J. Sports Physiology and Performance 14).
  double chronic_k = 0.5;
  /// For the newest night, which varies more than a mean: Kiviniemi et al. 2007 (Eur. J. Applied
  /// Physiology 101).
  double acute_k = 1.0;
};

/// `rmssd_ms`: as in `known_on` (analytics/windows.hpp), that is, above zero and not after `today`.
hrv_standing assess_hrv(std::span<const dated_value> rmssd_ms, date today,
                        const hrv_range_settings& settings = {});

} // namespace polar_flow::analytics
