#pragma once

#include "polar/transport.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// Sends requests and keeps what comes back, in the order in which it came. Lives longer than the
/// transport, whose callbacks hold it.
class answer_collector {
public:
  polar::transport::completion slot(std::string name) {
    return [state = state_, name = std::move(name)](result<polar::http_response> answer) {
      const std::lock_guard lock{state->mutex};
      ++state->calls[name];
      state->order.push_back(name);
      state->answers.insert_or_assign(name, std::move(answer));
      state->changed.notify_all();
    };
  }

  /// Waits until the callback called `name` has been called.
  result<polar::http_response> wait_for(const std::string& name) const {
    std::unique_lock lock{state_->mutex};
    state_->changed.wait(lock, [&] { return state_->answers.contains(name); });
    return state_->answers.at(name);
  }

  void wait_for_count(std::size_t count) const {
    std::unique_lock lock{state_->mutex};
    state_->changed.wait(lock, [&] { return state_->order.size() >= count; });
  }

  std::vector<std::string> order() const {
    const std::lock_guard lock{state_->mutex};
    return state_->order;
  }

  int calls(const std::string& name) const {
    const std::lock_guard lock{state_->mutex};
    const auto found = state_->calls.find(name);
    return found == state_->calls.end() ? 0 : found->second;
  }

private:
  struct shared_state {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, result<polar::http_response>> answers;
    std::map<std::string, int> calls;
    std::vector<std::string> order;
  };

  std::shared_ptr<shared_state> state_ = std::make_shared<shared_state>();
};

inline polar_settings transport_settings() {
  polar_settings settings;
  settings.request_timeout = std::chrono::seconds{20};
  settings.connect_timeout = std::chrono::seconds{10};
  settings.answer_bytes_max = 1 << 20;
  settings.connections_max = 4;
  return settings;
}

/// Sends one request and waits for its answer.
inline result<polar::http_response> ask(polar::transport& transport, polar::http_request request) {
  answer_collector collector;
  transport.send(std::move(request), collector.slot("answer"));
  return collector.wait_for("answer");
}

inline result<polar::http_response> get(polar::transport& transport, const std::string& url) {
  return ask(transport, {.method = "GET", .url = url, .headers = {}, .body = {}});
}

inline errc error_of(const result<polar::http_response>& answer) {
  return answer ? errc::none : answer.error().code;
}

} // namespace polar_flow::testing
