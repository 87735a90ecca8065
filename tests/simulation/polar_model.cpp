#include "tests/simulation/polar_model.hpp"

namespace polar_flow::simulation {

void polar_model::set_users(std::int64_t users) {
  quarter_hour_.limit = 500 + 20 * users;
  day_.limit = 5000 + 100 * users;
}

void polar_model::roll(model_window& window, instant now) {
  if (!window.is_over(now))
    return;
  if (on_window_end)
    on_window_end(window);
  window.used = 0;
}

void polar_model::roll(instant now) {
  roll(quarter_hour_, now);
  roll(day_, now);
}

call_end polar_model::call(instant now) {
  if (sky == weather::no_answer)
    return call_end::nothing;
  roll(now);
  if (quarter_hour_.used >= quarter_hour_.limit || day_.used >= day_.limit)
    return call_end::refused;
  for (auto* window : {&quarter_hour_, &day_}) {
    if (window->used == 0)
      window->began = now;
    ++window->used;
  }
  return sky == weather::server_errors ? call_end::server_error : call_end::answered;
}

} // namespace polar_flow::simulation
