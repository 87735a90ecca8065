#pragma once

#include "analytics/fading_spread.hpp"
#include "domain/alarms.hpp"
#include "domain/insights.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Names an illness by what it does to the nights: the heart beats faster and less variably, one
/// breathes faster, and the skin is warmer. Each signal is judged by the person's own level and
/// spread, all together by their own usual agreement. Sources:
/// * overnight heart rate and its variability before symptoms: Radin et al. 2020 (Lancet Digital
///   Health 2), Mishra et al. 2020 (Nature Biomedical Engineering 4);
/// * breathing rate: Miller et al. 2020 (PLOS ONE 15); skin temperature: Smarr et al. 2020
///   (Scientific Reports 10);
/// * the single night against a fading level and spread: the EWMA chart of Roberts 1959
///   (Technometrics 1); a person's own states from well to alarm: Alavi et al. 2022 (Nature
///   Medicine 28).
/// Measured error rates are in docs/analytics.md.
namespace polar_flow::analytics {

inline constexpr std::size_t signal_count = 4;

/// Index into a night's signals.
enum class overnight_signal : std::size_t {
  heart_rate,
  hrv,
  breathing_rate,
  skin_temperature,
};

/// What one signal is like.
struct signal_traits {
  const char* name;
  const char* unit;
  /// +1 where an infection raises the signal, −1 where it lowers it.
  double sign;
  /// What the sensor or rounding alone makes of a night; a smaller spread is not believed.
  double least_spread;
};
const signal_traits& traits_of(overnight_signal signal);

/// One night; a signal that was not measured is absent. HRV is ln(rMSSD/ms).
struct overnight {
  date day;
  std::array<std::optional<double>, signal_count> signals;
};

// -- how it decides --------------------------------------------------------------------------

/// Time constant of levels and spreads: four weeks, so that a season's fitness is followed and a
/// week of illness is not.
inline constexpr double sentinel_memory_days = 28.0;

/// A signal is judged after three weeks of nights. Somebody who wears the watch every third night
/// reaches the weight, too; after a pause of months it has to be reached again.
inline constexpr fading_spread::needs signal_needs{.count = 20, .weight = 8.0};

/// All signals together are judged a week after that.
inline constexpr fading_spread::needs composite_needs{.count = 7, .weight = 5.0};

/// In an episode nothing is learned and weights fade; so much of them is enough to see its end.
inline constexpr double part_needed_in_episode = 0.4;

/// One signal alone cannot make an alarm, however far it strays: it counts up to a limit, and
/// another one has to agree.
inline constexpr double deviation_limit = 4.0;
inline constexpr std::size_t signals_needed = 2;

/// All signals together vary by no less than this; four independent ones would by 0.5.
inline constexpr double least_evidence_spread = 0.4;

/// Limits of the evidence, in the person's own spreads of it.
struct sentinel_settings {
  /// From here on a night is suspected.
  double suspected_from = 2.0;
  /// From here on one night is an alarm by itself.
  double alarm_from = 4.5;
  /// So much must a suspected night and the next one have together.
  double pair_alarm_from = 5.5;
  /// Below this a night is ordinary again.
  double ordinary_below = 1.5;
  /// Two signals at least must stray so much for an alarm.
  double agreeing_from = 1.0;
  /// Breathing rate or skin temperature must stray so much for an alarm, if the person's usual is
  /// known of either: a hard week and a late drink move the heart alone.
  double corroborated_from = 1.5;
  /// After so many alarms within 365 days `alarm_from` and `pair_alarm_from` are multiplied by the
  /// factor: adults catch two to four colds a year, so more alarms than this are mostly false. A
  /// strong illness still gets through.
  std::int32_t alarm_budget_per_year = 6;
  double factor_beyond_budget = 1.3;
};

/// Any state but `learning` waits so long for the next night that can be judged.
inline constexpr std::chrono::days longest_wait{2};

/// What lasts longer is not an infection but a new normal, and is learned anew.
inline constexpr std::chrono::days longest_episode{21};

/// Nights older than this, counted from the newest, are left out: the year of the alarm budget, and
/// half a year before it, in which levels and states settle.
inline constexpr std::chrono::days sentinel_reach{540};

/// The deviations of a night and what they add up to.
struct night_evidence {
  /// Turned by the sign of each signal, not limited.
  std::array<std::optional<double>, signal_count> deviations;
  /// Mean of the deviations, each limited; absent with fewer than two.
  std::optional<double> composite;
  /// The level and spread of the composite that it is judged by; absent while they are learned.
  std::optional<fading_spread::usual> composite_usual;
  /// The composite in those spreads.
  std::optional<double> evidence;
};

/// Explanations need what was learned of each night; verdicts do not.
enum class lesson_keeping : std::uint8_t { none, all };

/// The state machine. Feed it nights in order; it knows nothing of later ones.
class illness_sentinel {
public:
  explicit illness_sentinel(const sentinel_settings& settings = {},
                            lesson_keeping keeping = lesson_keeping::none);

  /// What was learned of a night, for explanations.
  struct lesson {
    date day;
    std::array<std::optional<fading_spread::learned>, signal_count> signals;
    std::optional<fading_spread::learned> composite;
  };

  /// `night` must be later than all before.
  void see(const overnight& night);

  illness_state state() const {
    return state_;
  }
  std::optional<date> since() const {
    return since_;
  }
  const night_evidence& last_evidence() const {
    return evidence_;
  }
  /// Levels and spreads that the last night was judged by.
  const std::array<std::optional<signal_standing>, signal_count>& last_signals() const {
    return signals_;
  }
  /// What the levels and spreads are made of, since learning began; empty unless they are kept.
  const std::vector<lesson>& lessons() const {
    return lessons_;
  }
  std::int32_t alarms_since(date day) const;

private:
  void forget();
  void judge(const overnight& night);
  void learn(const overnight& night);
  void move(date day);
  bool is_in_episode() const;
  bool is_alarm(date day) const;
  bool is_agreed_upon() const;
  bool is_corroborated() const;
  bool is_judging() const;
  fading_spread::needs needed(fading_spread::needs least) const;
  void enter(illness_state next, date day);

  sentinel_settings settings_;
  lesson_keeping keeping_;
  std::vector<fading_spread> usual_;
  fading_spread usual_composite_{least_evidence_spread};
  illness_state state_ = illness_state::learning;
  std::optional<date> since_;
  std::optional<date> last_night_;
  /// The last night that had evidence, and how much.
  std::optional<date> judged_;
  double evidence_before_ = 0;
  night_evidence evidence_;
  std::array<std::optional<signal_standing>, signal_count> signals_;
  std::vector<date> alarms_;
  std::vector<lesson> lessons_;
};

// -- for one user ----------------------------------------------------------------------------

/// The nights of the last `reach` that any signal is known of. `window` as from `known_on`.
std::vector<overnight> overnights_of(const analytics_window& window, date today,
                                     std::chrono::days reach = sentinel_reach);

struct sentinel_report {
  /// Empty if the newest night is too old to conclude anything on the day asked about.
  illness_standing standing;
  /// Mean deviation of heart rate and HRV, each limited, of every night that has both; positive
  /// under strain.
  std::vector<dated_value> heart_strains;
};
sentinel_report watch_nights(std::span<const overnight> nights, date today);

} // namespace polar_flow::analytics
