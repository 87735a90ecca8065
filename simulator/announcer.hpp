#pragma once

#include "simulator/accounts.hpp"
#include "simulator/athlete.hpp"
#include "simulator/webhook_events.hpp"

#include <functional>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polar_flow::simulator {

/// News, and the moment from which Polar can show what it is about.
struct dated_announcement {
  instant visible;
  announcement news;
};

/// What becomes visible after `after` up to and including `until`, in order of time.
std::vector<dated_announcement> announcements_within(const athlete& who, date first_day,
                                                     instant after, instant until);

/// Tells what became visible since the last look, of all athletes that are registered. Data are a
/// function of the date, so the news of the next hours are known ahead and a look costs little.
class announcer {
public:
  /// Finds the athlete of an id.
  using person_finder = std::function<const athlete&(std::int64_t)>;

  /// Nothing that was visible before the first look, or before the registration of an athlete.
  std::vector<announcement> look(const std::map<std::int64_t, registration>& registered,
                                 const person_finder& person, date first_day, instant now);

private:
  std::unordered_map<std::int64_t, instant> planned_until_;
  std::multimap<std::pair<instant, std::int64_t>, announcement> planned_;
};

} // namespace polar_flow::simulator
