#include "simulator/json_text.hpp"
#include "simulator/physical_info.hpp"
#include "simulator/resources.hpp"

#include <boost/json.hpp>

#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

/// Bought, unpacked, account made.
constexpr std::chrono::minutes account_time{12 * 60 + 30};

/// Usual places of the thresholds as parts of the maximum heart rate.
constexpr double aerobic_part = 0.75;
constexpr double anaerobic_part = 0.9;

int part_of_max(const athlete& who, double part) {
  return static_cast<int>(std::lround(part * who.heart_rate_max_bpm));
}

/// Uth, Sørensen, Overgaard and Pedersen 2004: 15.3 × maximum / resting heart rate.
int vo2_max(const athlete& who) {
  return static_cast<int>(std::lround(15.3 * who.heart_rate_max_bpm / who.heart_rate_rest_bpm));
}

std::string_view background(const athlete& who) {
  constexpr std::array<std::string_view, 3> by_volume{"REGULAR", "FREQUENT", "HEAVY"};
  const auto step = static_cast<std::size_t>((who.training_volume - 0.75) / 0.2);
  return by_volume[std::min(step, by_volume.size() - 1)];
}

} // namespace

response show_physical_info(const data_request& ask) {
  const auto& who = ask.who;
  const auto created = to_utc(midnight(ask.first_day) + account_time, who.utc_offset);
  const auto weighed = last_weighing(who, ask.first_day, ask.now);
  const auto modified = weighed ? std::max(weighed->moment, created) : created;
  return json_response({{"weight", weighed ? weighed->weight_kg : who.weight_kg},
                        {"height", who.height_cm},
                        {"created", utc_stamp(created)},
                        {"modified", utc_stamp(modified)},
                        {"birthday", format_date(who.birthday)},
                        {"gender", who.is_female ? "FEMALE" : "MALE"},
                        {"maximum_heart_rate", part_of_max(who, 1.0)},
                        {"resting_heart_rate", static_cast<int>(who.heart_rate_rest_bpm)},
                        {"aerobic_threshold", part_of_max(who, aerobic_part)},
                        {"anaerobic_threshold", part_of_max(who, anaerobic_part)},
                        {"vo2_max", vo2_max(who)},
                        {"weight_source", weighed ? "SOURCE_MEASURED" : "SOURCE_USER"},
                        {"training_background", background(who)},
                        {"typical_day", "MOSTLY_SITTING"},
                        {"sleep_goal", split_duration(who.sleep_goal)}});
}

} // namespace polar_flow::simulator
