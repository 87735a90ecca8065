#include "simulator/announcer.hpp"

#include "simulator/physical_info.hpp"
#include "simulator/visibility.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::simulator {

namespace {

using std::chrono::days;
using std::chrono::minutes;

/// How far news are planned ahead.
constexpr std::chrono::hours ahead{6};

/// After a longer absence older news are not told any more; Polar would have tried for a week.
constexpr days past_days_max{8};

/// Sessions are uploaded at most so long after they began.
constexpr days upload_delay_max{3};

/// When the watch meets the phone, besides after a night and after a session; the last one is
/// after midnight and completes the day before.
constexpr std::array<minutes, 4> daily_uploads{minutes{12 * 60 + 30}, minutes{18 * 60},
                                               minutes{21 * 60 + 30}, minutes{24 * 60 + 20}};

/// Collects what lies within a stretch of time.
class collector {
public:
  collector(const athlete& who, instant after, instant until)
      : who_(who), after_(after), until_(until) {
    // nop
  }

  void add(std::chrono::sys_seconds when, announcement news) {
    news.athlete_id = who_.id;
    if (when > after_ && when <= until_)
      found_.push_back({when, std::move(news)});
  }
  void add(wall_time when, announcement news) {
    add(to_utc(when, who_.utc_offset), std::move(news));
  }

  std::vector<dated_announcement> take() {
    std::ranges::stable_sort(found_, {}, &dated_announcement::visible);
    return std::move(found_);
  }

private:
  const athlete& who_;
  instant after_;
  instant until_;
  std::vector<dated_announcement> found_;
};

announcement about_days(std::string event, date first, date last) {
  return {std::move(event), 0, {first, last}, {}};
}

void add_night(const athlete& who, date first_day, date day, collector& found) {
  if (!is_night_recorded(who, day))
    return;
  const auto when = night_before(who, day).end() + night_delay;
  found.add(when, about_days("SLEEP", day, day));
  found.add(when, about_days("CONTINUOUS_HEART_RATE", day, day));
  if (has_sleepwise(who, first_day, day)) {
    found.add(when, about_days("SLEEP_WISE_ALERTNESS", day, day));
    found.add(when, about_days("SLEEP_WISE_CIRCADIAN_BEDTIME", day, day));
  }
}

void add_wearing(const athlete& who, date day, collector& found) {
  if (!is_watch_worn(who, day))
    return;
  for (const auto time : daily_uploads) {
    found.add(midnight(day) + time, about_days("ACTIVITY_SUMMARY", day, day));
    found.add(midnight(day) + time, about_days("CONTINUOUS_HEART_RATE", day, day));
  }
}

} // namespace

std::vector<dated_announcement> announcements_within(const athlete& who, date first_day,
                                                     instant after, instant until) {
  collector found{who, after, until};
  const date last = day_of(to_wall(until, who.utc_offset)) + days{1};
  const date earliest = day_of(to_wall(after, who.utc_offset)) - upload_delay_max;
  for (date day = std::max(earliest, first_day); day <= last; day += days{1}) {
    add_night(who, first_day, day, found);
    add_wearing(who, day, found);
    for (const auto& done : sessions_on(who, day))
      found.add(done.uploaded, {"EXERCISE", 0, {day, day}, exercise_id(who, done)});
    if (const auto weighed = weighing_on(who, day))
      found.add(*weighed, {"PHYSICAL_INFORMATION", 0, {day, day}, {}});
  }
  return found.take();
}

std::vector<announcement> announcer::look(const std::map<std::int64_t, registration>& registered,
                                          const person_finder& person, date first_day,
                                          instant now) {
  for (const auto& [id, since] : registered) {
    auto [place, is_new] = planned_until_.emplace(id, now);
    auto& until = place->second;
    if (!is_new && now < until)
      continue;
    const auto after = std::max<instant>(until, now - past_days_max);
    until = now + ahead;
    for (auto& each : announcements_within(person(id), first_day, after, until))
      planned_.emplace(std::pair{each.visible, id}, std::move(each.news));
  }
  // Whoever left is forgotten, so that nothing is told twice when he comes back.
  const auto has_left = [&](const auto& entry) {
    return !registered.contains(entry.first);
  };
  if (std::erase_if(planned_until_, has_left) > 0)
    std::erase_if(planned_,
                  [&](const auto& entry) { return !registered.contains(entry.first.second); });
  std::vector<announcement> due;
  while (!planned_.empty() && planned_.begin()->first.first <= now) {
    auto first = planned_.extract(planned_.begin());
    due.push_back(std::move(first.mapped()));
  }
  return due;
}

} // namespace polar_flow::simulator
