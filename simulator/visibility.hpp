#pragma once

#include "simulator/data_request.hpp"
#include "simulator/episodes.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

/// What Polar knows at the moment of asking: the past, as far as the watch was worn.
namespace polar_flow::simulator {

/// The watch needs a moment after waking up to compute the night and to send it.
inline constexpr std::chrono::minutes night_delay{20};

inline bool is_night_visible(const data_request& ask, date wake_day) {
  return wake_day >= ask.first_day && is_night_recorded(ask.who, wake_day)
         && night_before(ask.who, wake_day).end() + night_delay <= ask.wall_now();
}

/// Whether there is a daily activity at all.
inline bool is_day_visible(const data_request& ask, date day) {
  return day >= ask.first_day && is_watch_worn(ask.who, day) && midnight(day) < ask.wall_now();
}

/// Sessions of `day` that have ended; they count for the load of that day at once.
inline std::vector<session> finished_sessions(const data_request& ask, date day) {
  if (day < ask.first_day)
    return {};
  auto done = sessions_on(ask.who, day);
  std::erase_if(done, [&](const session& each) { return each.end() > ask.wall_now(); });
  return done;
}

} // namespace polar_flow::simulator
