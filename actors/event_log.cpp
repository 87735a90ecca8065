#include "actors/event_log.hpp"

#include <algorithm>
#include <utility>

namespace polar_flow::actors {

void event_log::add(sync_event event) {
  event.number = ++last_number_;
  events_.push_back(std::move(event));
  if (events_.size() > events_kept_max)
    events_.pop_front();
}

std::vector<sync_event> event_log::after(std::uint64_t number) const {
  if (number > last_number_)
    number = 0;
  const auto first = std::ranges::upper_bound(events_, number, {}, &sync_event::number);
  return {first, events_.end()};
}

std::vector<sync_event> event_log::of_newest_sync() const {
  std::vector<sync_event> found;
  for (const auto& event : events_)
    if (event.job == events_.back().job)
      found.push_back(event);
  return found;
}

} // namespace polar_flow::actors
