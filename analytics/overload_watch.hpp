#pragma once

#include "analytics/fading_spread.hpp"
#include "domain/alarms.hpp"
#include "domain/metrics.hpp"

#include <optional>
#include <span>
#include <vector>

/// Names a week of training that is far more than a person is used to and that the heart does not
/// recover from overnight, while it lasts. The week is
/// compared with the four weeks before it, which it is no part of (uncoupled acute:chronic ratio:
/// Windt and Gabbett 2019, British J. Sports Medicine 53), and the ratio with how the person's
/// ratios usually vary. That such a ratio predicts injuries is disputed (Impellizzeri et al. 2020,
/// Int. J. Sports Physiology and Performance 15); here it says only that the load is unusual. The
/// nights tell a hard week that is borne from one that is not: heart rate up and HRV down over
/// days (Buchheit 2014, Frontiers in Physiology 5; Bellenger et al. 2016, Sports Medicine 46).
/// Measured error rates are in docs/analytics.md.
namespace polar_flow::analytics {

inline constexpr std::chrono::days overload_week{7};
inline constexpr std::chrono::days overload_usual{28};

/// Known days needed of each: a week may lack one, four weeks may lack one in four.
inline constexpr std::size_t overload_week_needed = 6;
inline constexpr std::size_t overload_usual_needed = 21;

/// Who trained on fewer of the 28 days has no usual week, and any first run after a pause would be
/// many times it.
inline constexpr std::size_t overload_sessions_needed = 4;

/// Time constant of what is usual for the ratio: two training cycles of four weeks.
inline constexpr double overload_memory_days = 56.0;

/// Ratios are judged about three weeks after the first one.
inline constexpr fading_spread::needs overload_needs{.count = 20, .weight = 10.0};

/// A week without training has no logarithm; a tenth of the usual stands for it.
inline constexpr double least_ratio = 0.1;

/// Training is never so even that a tenth more would be news.
inline constexpr double least_ratio_spread_ln = 0.1;

struct overload_settings {
  /// An overload begins when all three are reached …
  double ratio_from = 1.3;
  double deviation_from = 1.5;
  double strain_from = 0.8;
  /// … or, while the nights are not known, the ratio and this.
  double deviation_alone_from = 2.0;
  /// It ends below this ratio.
  double ends_below = 1.15;
};

/// The nights that tell the strain of a day: the last three mornings, up to the one after it.
inline constexpr std::chrono::days strain_nights{3};
inline constexpr std::size_t strain_nights_needed = 2;

/// Days older than this, counted from the newest, are left out; they would weigh less than 10⁻⁴.
inline constexpr std::chrono::days overload_reach{540};

/// A finished day whose load is known.
struct training_day {
  date day;
  /// Mean daily load of the 7 days that end with `day` and of the 28 before, if enough is known.
  std::optional<double> week;
  std::optional<double> usual;
  /// Mean of the heart's strain over the nights that tell of it.
  std::optional<double> strain;
};

/// The state machine. Feed it known days in order; it knows nothing of later ones.
class overload_watch {
public:
  /// What was learned of a day, for explanations: ln(ratio), clipped.
  struct lesson {
    date day;
    fading_spread::learned ratio_ln;
  };

  explicit overload_watch(const overload_settings& settings = {}) : settings_{settings} {
    // nop
  }

  void see(const training_day& day);

  overload_state state() const {
    return state_;
  }
  std::optional<date> since() const {
    return since_;
  }
  std::optional<double> ratio() const {
    return ratio_;
  }
  std::optional<double> deviation() const {
    return deviation_;
  }
  /// Level and spread of ln(ratio) that the last day was judged by.
  const std::optional<fading_spread::usual>& usual_ratio_ln() const {
    return judged_by_;
  }
  /// What the usual ratio is made of: ln(ratio) by day, as learned.
  const std::vector<lesson>& lessons() const {
    return lessons_;
  }

private:
  bool begins() const;
  void enter(overload_state next, date day);

  overload_settings settings_;
  fading_spread usual_ratio_ln_{least_ratio_spread_ln};
  overload_state state_ = overload_state::learning;
  std::optional<date> since_;
  std::optional<date> last_day_;
  std::optional<double> ratio_;
  std::optional<fading_spread::usual> judged_by_;
  std::optional<double> deviation_;
  std::optional<double> strain_;
  std::vector<lesson> lessons_;
};

/// Those of `daily` that are over on `today` and not too old to change anything; empty if the
/// newest of them is more than three days old.
std::span<const dated_value> finished_days(std::span<const dated_value> daily, date today);

/// One per day of `daily`, which is as from `daily_loads` (analytics/training_load.hpp); `strains`
/// as from `heart_strains` (analytics/illness_sentinel.hpp).
std::vector<training_day> training_days(std::span<const dated_value> daily,
                                        std::span<const dated_value> strains);

/// `daily` may hold `today`, which does not count yet.
overload_standing watch_overload(std::span<const dated_value> daily,
                                 std::span<const dated_value> strains, date today);

} // namespace polar_flow::analytics
