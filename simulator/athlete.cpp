#include "simulator/athlete.hpp"

#include "simulator/draw.hpp"
#include "simulator/training.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace polar_flow::simulator {

namespace {

using std::chrono::minutes;

/// Offsets in use somewhere; Nepal, Chatham, Newfoundland and Kiribati are there because they
/// break code that counts in whole hours or in ±12.
constexpr std::array<int, 14> offsets_min{60,  0,   120,  180, -300, -480, 330,
                                          345, 765, -210, 840, -600, 570,  -180};

constexpr std::array<const char*, 4> watches{"Polar Pacer Pro", "Polar Vantage V3",
                                             "Polar Ignite 3", "Polar Grit X2 Pro"};

std::string make_device_id(draw& numbers) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%08X", static_cast<unsigned>(numbers.bits() >> 32));
  return text.data();
}

void draw_body(athlete& who, draw& numbers) {
  who.is_female = numbers.chance(0.45);
  const int age_years = numbers.integer(22, 58);
  who.birthday =
      date{std::chrono::year{2025 - age_years} / numbers.integer(1, 12) / numbers.integer(1, 28)};
  who.height_cm = std::round((who.is_female ? 167.0 : 180.0) + 6.0 * numbers.normal());
  const double body_mass_index = 23.0 + 1.8 * numbers.normal();
  who.weight_kg = std::round(body_mass_index * who.height_cm * who.height_cm / 1000.0) / 10.0;
  // Tanaka, Monahan and Seals 2001: 208 - 0.7 × age.
  who.heart_rate_max_bpm = std::round(208.0 - 0.7 * age_years + 5.0 * numbers.normal());
  who.heart_rate_night_bpm = 51.0 + 4.5 * numbers.normal();
  who.heart_rate_rest_bpm = std::round(who.heart_rate_night_bpm + 6.0);
  // Nightly RMSSD of active adults: about 25 to 110 ms, falling with age.
  who.ln_rmssd = 3.85 - 0.008 * (age_years - 38) + 0.25 * numbers.normal();
  who.breaths_per_minute = 14.3 + 0.9 * numbers.normal();
}

void draw_habits(athlete& who, draw& numbers) {
  who.sleep_need = minutes{numbers.integer(435, 495)};
  who.sleep_goal = minutes{numbers.integer(14, 16) * 30};
  who.bedtime = minutes{numbers.integer(-75, 20)};
  who.trains_as = static_cast<discipline>(numbers.integer(0, 2));
  who.training_volume = numbers.uniform(0.75, 1.3);
  who.running_speed_mps = numbers.uniform(2.4, 3.4);
}

} // namespace

athlete make_athlete(std::uint64_t seed, std::int64_t id) {
  athlete who;
  who.id = id;
  who.seed = mix(seed, static_cast<std::uint64_t>(id));
  draw numbers{who.seed, 0, topic::profile};
  const int zone = numbers.integer(0, static_cast<int>(offsets_min.size()) - 1);
  const int watch = numbers.integer(0, static_cast<int>(watches.size()) - 1);
  draw_body(who, numbers);
  draw_habits(who, numbers);
  who.device_id = make_device_id(numbers);
  // The first athlete is the one of the demo: a runner in Central Europe.
  const bool is_demo = id == first_athlete_id;
  who.utc_offset = minutes{is_demo ? 60 : offsets_min[static_cast<std::size_t>(zone)]};
  who.device = watches[static_cast<std::size_t>(is_demo ? 0 : watch)];
  if (is_demo)
    who.trains_as = discipline::runner;
  who.usual_load = mean_planned_load(who);
  return who;
}

} // namespace polar_flow::simulator
