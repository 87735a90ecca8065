#include "simulator/episodes.hpp"

#include "simulator/draw.hpp"

#include <array>

namespace polar_flow::simulator {

namespace {

using std::chrono::days;

/// Long enough for the 28- and 60-day baselines to settle between two episodes.
constexpr int block_days = 120;

/// Stretch in which the watch may be forgotten once.
constexpr int wearing_block_days = 28;

/// Severity by day of illness, the day before the first symptoms included.
constexpr std::array<double, 10> severity_by_day{0.35, 0.8,  1.0, 1.0,  0.85,
                                                 0.65, 0.45, 0.3, 0.15, 0.08};

struct planted {
  date_range illness;
  date_range overload;
};

std::int64_t block_of(date day, int length) {
  const auto count = day.time_since_epoch().count();
  return count >= 0 ? count / length : (count - length + 1) / length;
}

date start_of(std::int64_t block, int length) {
  return date{days{block * length}};
}

planted plant(const athlete& who, std::int64_t block) {
  draw numbers{who.seed, block, topic::episodes};
  const date start = start_of(block, block_days);
  const date illness = start + days{numbers.integer(6, 40)};
  const date overload = start + days{numbers.integer(62, 104)};
  return {{illness, illness + days{numbers.integer(5, 7)}},
          {overload, overload + days{numbers.integer(6, 8)}}};
}

bool touches(const date_range& left, const date_range& right) {
  return left.first <= right.last && right.first <= left.last;
}

bool holds(const date_range& range, date day) {
  return range.first <= day && day <= range.last;
}

} // namespace

std::string_view to_string(episode_kind kind) {
  switch (kind) {
  case episode_kind::illness:
    return "illness";
  case episode_kind::overload:
    return "overload";
  }
  return "";
}

std::vector<episode> episodes_within(const athlete& who, const date_range& range) {
  std::vector<episode> found;
  const auto last = block_of(range.last, block_days);
  for (auto block = block_of(range.first, block_days); block <= last; ++block) {
    const auto [illness, overload] = plant(who, block);
    if (touches(illness, range))
      found.push_back({episode_kind::illness, illness});
    if (touches(overload, range))
      found.push_back({episode_kind::overload, overload});
  }
  return found;
}

double illness_severity(const athlete& who, date day) {
  // The illness of a block and its herald lie within the block, so one look is enough.
  const auto illness = plant(who, block_of(day, block_days)).illness;
  const auto since = (day - illness.first).count() + 1;
  if (since < 0 || day > illness.last + days{2})
    return 0.0;
  const auto index = static_cast<std::size_t>(since);
  return index < severity_by_day.size() ? severity_by_day[index] : 0.0;
}

bool is_overload_day(const athlete& who, date day) {
  return holds(plant(who, block_of(day, block_days)).overload, day);
}

bool is_watch_worn(const athlete& who, date day) {
  const auto block = block_of(day, wearing_block_days);
  draw numbers{who.seed, block, topic::wearing};
  if (!numbers.chance(0.4))
    return true;
  const date off = start_of(block, wearing_block_days) + days{numbers.integer(0, 25)};
  const int length = numbers.integer(1, 3);
  const bool is_off = off <= day && day < off + days{length};
  // An illness must stay visible: tests look for it.
  return !is_off || illness_severity(who, day) > 0.0;
}

} // namespace polar_flow::simulator
