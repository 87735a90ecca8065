#include "simulator/polar_text.hpp"

#include <array>
#include <cstdio>

namespace polar_flow::simulator {

namespace {

template <class... Arguments>
std::string print(const char* format, Arguments... arguments) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), format, arguments...);
  return std::string(text.data(), static_cast<std::size_t>(length));
}

struct clock_parts {
  int hours;
  int minutes;
  int seconds;
};

clock_parts split(wall_time reading) {
  const auto of_day = reading - std::chrono::floor<std::chrono::days>(reading);
  const std::chrono::hh_mm_ss parts{of_day};
  return {static_cast<int>(parts.hours().count()), static_cast<int>(parts.minutes().count()),
          static_cast<int>(parts.seconds().count())};
}

} // namespace

std::string minute_key(wall_time reading) {
  const auto parts = split(reading);
  return print("%02d:%02d", parts.hours, parts.minutes);
}

std::string short_stamp(wall_time reading) {
  auto text = full_stamp(reading);
  if (text.ends_with(":00"))
    text.resize(text.size() - 3);
  return text;
}

std::string full_stamp(wall_time reading) {
  const auto parts = split(reading);
  return format_date(day_of(reading))
         + print("T%02d:%02d:%02d", parts.hours, parts.minutes, parts.seconds);
}

std::string offset_stamp(wall_time reading, std::chrono::minutes utc_offset) {
  const int minutes = static_cast<int>(std::chrono::abs(utc_offset).count());
  const char sign = utc_offset.count() < 0 ? '-' : '+';
  return full_stamp(reading) + print("%c%02d:%02d", sign, minutes / 60, minutes % 60);
}

std::string utc_stamp(std::chrono::sys_seconds moment) {
  return bare_utc_stamp(moment) + "Z";
}

std::string bare_utc_stamp(std::chrono::sys_seconds moment) {
  return full_stamp(wall_time{moment.time_since_epoch()});
}

std::string split_duration(std::chrono::seconds length) {
  const std::chrono::hh_mm_ss parts{length};
  std::string text = "PT";
  if (parts.hours().count() != 0)
    text += std::to_string(parts.hours().count()) + "H";
  if (parts.minutes().count() != 0)
    text += std::to_string(parts.minutes().count()) + "M";
  if (parts.seconds().count() != 0 || text.size() == 2)
    text += std::to_string(parts.seconds().count()) + "S";
  return text;
}

std::string plain_duration(std::chrono::milliseconds length) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(length);
  const auto fraction = static_cast<int>((length - whole).count());
  auto text = "PT" + std::to_string(whole.count());
  if (fraction != 0)
    text += print(".%03d", fraction);
  return text + "S";
}

std::string user_link(std::int64_t athlete_id) {
  return "https://www.polaraccesslink.com/v3/users/" + std::to_string(athlete_id);
}

} // namespace polar_flow::simulator
