#pragma once

#include "domain/polar_budget.hpp"

#include <cstdint>
#include <functional>

namespace polar_flow::simulation {

/// One window as Polar runs it: it begins with the first call in it and ends a fixed time later.
struct model_window {
  std::chrono::seconds length{};
  std::int64_t limit = 0;
  instant began{};
  std::int64_t used = 0;

  bool is_over(instant now) const {
    return used > 0 && now >= began + length;
  }

  rate_window told(instant now) const {
    return {used, limit, std::chrono::ceil<std::chrono::seconds>(began + length - now)};
  }
};

/// Whether and how Polar answers.
enum class weather { fine, server_errors, no_answer };

enum class call_end { answered, server_error, refused, nothing };

/// Polar's side of the budget, written from its documentation and not from our own code.
class polar_model {
public:
  /// Called with a window that is over, before the next one begins.
  std::function<void(const model_window&)> on_window_end;

  weather sky = weather::fine;

  void set_users(std::int64_t users);

  /// One call by us or by others.
  call_end call(instant now);

  rate_headers headers(instant now) const {
    return {quarter_hour_.told(now), day_.told(now)};
  }

  /// Ends windows whose time is over.
  void roll(instant now);

  const model_window& quarter_hour() const {
    return quarter_hour_;
  }

  const model_window& day() const {
    return day_;
  }

private:
  void roll(model_window& window, instant now);

  model_window quarter_hour_{std::chrono::minutes{15}};
  model_window day_{std::chrono::hours{24}};
};

} // namespace polar_flow::simulation
