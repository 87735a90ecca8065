#pragma once

#include "domain/records.hpp"

#include <boost/json/array.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace polar_flow::polar {

/// A value with the time at which it was recorded; `nullopt` while the sensor was off.
struct timed_value {
  local_time time;
  std::optional<double> value;
};

/// Puts the samples of a session's exercises behind each other on one axis that begins with the
/// session, as AccessLink has them: evenly spaced, whole seconds apart, nothing where nothing was
/// recorded. What does not fit is left out: a series with another spacing than the first of its
/// kind, a spacing that is not whole seconds, and a series without any value.
class session_axis {
public:
  explicit session_axis(local_time start) : start_{start} {
    // nop
  }

  /// A series of numbers from `first` on. The numbers of an exercise that begins before the one
  /// before it has ended follow directly.
  void add_even(std::int32_t sample_type, local_time first, std::chrono::milliseconds interval,
                const boost::json::array& numbers);

  /// A series whose values have times of their own. Its spacing is the shortest step in it; of two
  /// values in one place the later one stays.
  void add_timed(std::int32_t sample_type, const std::vector<timed_value>& samples);

  /// Seconds from the start of the session.
  double offset_s(local_time time) const;

  /// In order of the sample type.
  std::vector<sample_series> take();

private:
  /// The series of this type; nullptr if there is one with another spacing.
  sample_series* series_of(std::int32_t sample_type, std::chrono::seconds interval);

  local_time start_;
  std::map<std::int32_t, sample_series> all_;
};

} // namespace polar_flow::polar
