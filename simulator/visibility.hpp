#pragma once

#include "simulator/data_request.hpp"
#include "simulator/episodes.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

#include <algorithm>

/// What Polar knows at the moment of asking: the past, as far as the watch was worn.
namespace polar_flow::simulator {

/// The watch needs a moment after waking up to compute the night and to send it.
inline constexpr std::chrono::minutes night_delay{20};

/// What is measured on request is sent soon afterwards.
inline constexpr std::chrono::minutes upload_delay{5};

inline bool is_night_visible(const data_request& ask, date wake_day) {
  return wake_day >= ask.first_day && is_night_recorded(ask.who, wake_day)
         && night_before(ask.who, wake_day).end() + night_delay <= ask.wall_now();
}

/// SleepWise knows nobody before so many nights within four weeks.
inline constexpr int sleepwise_nights_min = 5;

inline bool has_sleepwise(const athlete& who, date first_day, date wake_day) {
  int nights = 0;
  const date earliest = std::max(first_day, wake_day - list_days + std::chrono::days{1});
  for (date day = wake_day; day >= earliest && nights < sleepwise_nights_min;
       day -= std::chrono::days{1})
    nights += is_night_recorded(who, day) ? 1 : 0;
  return nights >= sleepwise_nights_min;
}

/// Whether SleepWise speaks about the day that began with this waking up, and its evening.
inline bool is_sleepwise_visible(const data_request& ask, date wake_day) {
  return is_night_visible(ask, wake_day) && has_sleepwise(ask.who, ask.first_day, wake_day);
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
