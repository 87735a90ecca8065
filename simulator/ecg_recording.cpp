#include "simulator/ecg_recording.hpp"

#include "simulator/draw.hpp"
#include "simulator/episodes.hpp"
#include "simulator/json_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

/// Once or twice a week.
constexpr double test_chance = 0.2;

/// The five waves of a beat as bells around their place in it, seconds from the R wave (the form
/// of McSharry, Clifford, Tarassenko and Smith 2003; heights of a lead between the hands).
struct wave {
  double place_s;
  double height_mv;
  double width_s;
};
constexpr std::array<wave, 5> waves{{{-0.17, 0.11, 0.025},
                                     {-0.03, -0.09, 0.010},
                                     {0.0, 0.85, 0.012},
                                     {0.03, -0.18, 0.011},
                                     {0.24, 0.22, 0.045}}};

draw test_draw(const athlete& who, date day) {
  return draw{who.seed, day.time_since_epoch().count(), topic::ecg};
}

/// Places of the R waves, some before and after the test so that its ends have waves too.
std::vector<double> beats_at(double interval_s, double rmssd_s, draw& numbers) {
  std::vector<double> places;
  // Successive differences of independent intervals are √2 times as wide as the intervals.
  const double deviation_s = rmssd_s / std::sqrt(2.0);
  for (double at_s = -numbers.uniform() * interval_s; at_s < ecg_length_s + 1.0;) {
    places.push_back(at_s);
    at_s += std::max(0.35, interval_s + deviation_s * numbers.normal());
  }
  return places;
}

void add_beat(double at_s, std::vector<double>& amplitudes_mv) {
  for (const auto& each : waves) {
    const double center_s = at_s + each.place_s;
    // Beyond four widths nothing of a bell is left.
    const double reach_s = 4.0 * each.width_s;
    const auto first = std::max(0, static_cast<int>((center_s - reach_s) * ecg_rate_hz));
    const auto last = std::min(static_cast<int>(amplitudes_mv.size()) - 1,
                               static_cast<int>((center_s + reach_s) * ecg_rate_hz));
    for (int i = first; i <= last; ++i) {
      const double away = (static_cast<double>(i) / ecg_rate_hz - center_s) / each.width_s;
      amplitudes_mv[static_cast<std::size_t>(i)] += each.height_mv * std::exp(-0.5 * away * away);
    }
  }
}

std::vector<ecg_contact> make_contacts(draw& numbers) {
  std::vector<ecg_contact> contacts;
  const int settling_s = numbers.integer(0, 4);
  for (int second = 0; second < ecg_length_s; ++second) {
    const double luck = numbers.uniform();
    contacts.push_back(luck < 0.005                         ? ecg_contact::none
                       : second < settling_s || luck < 0.03 ? ecg_contact::poor
                                                            : ecg_contact::good);
  }
  return contacts;
}

} // namespace

std::optional<std::chrono::sys_seconds> ecg_moment_on(const athlete& who, date day) {
  auto numbers = test_draw(who, day);
  if (!numbers.chance(test_chance) || !is_watch_worn(who, day))
    return std::nullopt;
  return to_utc(midnight(day) + std::chrono::seconds{numbers.integer(9 * 3600, 22 * 3600)},
                who.utc_offset);
}

ecg_recording record_ecg(const athlete& who, const condition& state) {
  auto numbers = test_draw(who, state.day);
  // The numbers that `ecg_moment_on` has used.
  numbers.bits();
  numbers.bits();
  ecg_recording made;
  made.moment = ecg_moment_on(who, state.day).value_or(std::chrono::sys_seconds{});
  const double bpm = who.heart_rate_rest_bpm + state.heart_rate_bpm - who.heart_rate_night_bpm
                     + 3.0 * numbers.normal();
  made.heart_rate_bpm = static_cast<int>(std::lround(std::clamp(bpm, 35.0, 120.0)));
  made.rmssd_ms = rounded(std::exp(state.ln_rmssd + 0.2 * numbers.normal()), 1);
  made.contacts = make_contacts(numbers);
  made.amplitudes_mv.resize(static_cast<std::size_t>(ecg_rate_hz) * ecg_length_s);
  for (const double at_s : beats_at(60.0 / made.heart_rate_bpm, made.rmssd_ms / 1000.0, numbers))
    add_beat(at_s, made.amplitudes_mv);
  double drift_mv = 0.0;
  for (auto& value : made.amplitudes_mv) {
    // Muscles and breathing.
    drift_mv = 0.995 * drift_mv + 0.004 * (numbers.uniform() - 0.5);
    value = rounded(value + drift_mv + 0.02 * (numbers.uniform() - 0.5), 3);
  }
  return made;
}

} // namespace polar_flow::simulator
