#pragma once

#include "simulator/messages.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::simulator {

/// Ways in which Polar can be wrong.
enum class fault_kind : std::uint8_t {
  /// Another status, with Polar's error body and, for 429, with used-up rate-limit headers. The
  /// request has no effect.
  status,
  /// 401, and the token that was used is void from then on.
  revoke_token,
  /// Polar's clock is off for this request: another "today", another reset of the rate limits.
  clock_skew,
  /// The right status and no body at all.
  empty,
  /// The first half of the JSON, in a well-formed HTTP answer.
  truncated,
  /// A whole body with one character that is not JSON in its middle.
  malformed,
  /// Numbers as words, words as numbers, lists as objects.
  wrong_types,
  /// Every record of a list twice.
  duplicated,
  /// The records of a list, last one first.
  reordered,
  /// A body of ten megabytes.
  huge,
  /// No answer until the client gives up.
  hang,
  /// A TCP reset instead of an answer.
  reset,
  /// The connection ends in the middle of the body.
  cut,
  /// The right answer, late.
  latency,
};

std::string_view to_string(fault_kind kind);

struct fault {
  fault_kind kind{};
  /// Absent for all athletes.
  std::optional<std::int64_t> athlete_id;
  /// Applies to every path that begins so.
  std::string path;
  int status = 500;
  std::chrono::milliseconds latency{0};
  /// How far the clock is ahead.
  std::chrono::minutes clock_skew{0};
  /// How often it still happens; absent for ever.
  std::optional<std::uint64_t> times_left;
};

/// Reads the body of `POST /simulator/faults`; the error is a sentence.
struct parsed_fault {
  std::optional<fault> value;
  std::string error;
};
parsed_fault parse_fault(std::string_view body);

/// The faults that are set. When several match, the one set first strikes.
class fault_table {
public:
  void add(fault added);
  void clear();
  std::size_t size() const {
    return faults_.size();
  }

  /// The fault that strikes this request, counted down.
  std::optional<fault> strike(const std::string& path, std::optional<std::int64_t> athlete_id);

private:
  std::vector<fault> faults_;
};

} // namespace polar_flow::simulator
