#pragma once

#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace polar_flow::commands {

/// Why a process shall end.
struct stop_reason {
  /// SIGTERM or SIGINT; absent when it was not asked from outside.
  std::optional<int> signal;

  bool is_failure() const {
    return !signal.has_value();
  }

  bool operator==(const stop_reason&) const = default;
};

/// SIGTERM and SIGINT, taken out of the hands of every thread so that only one of this object sees
/// them. Make it before the first thread, because threads inherit what is blocked; one at a time.
///
///   first signal, or `fail` ─▶ requested ─▶ `wait` returns
///   second signal           ─▶ `insist`, on the thread of this object
class stop_signals {
public:
  explicit stop_signals(std::function<void()> insist);
  ~stop_signals();

  stop_signals(const stop_signals&) = delete;
  stop_signals& operator=(const stop_signals&) = delete;

  /// Whether somebody has asked for the end.
  bool is_requested() const;

  /// Blocks until somebody asks for the end. The first reason counts.
  stop_reason wait() const;

  /// Asks for the end from inside the process, because something needed is broken.
  void fail();

private:
  void watch();
  void request(stop_reason reason);

  std::function<void()> insist_;
  mutable std::mutex mutex_;
  mutable std::condition_variable requested_;
  std::optional<stop_reason> reason_;
  /// Readable when a signal has come.
  int signals_ = -1;
  /// Readable when this object ends.
  int end_ = -1;
  sigset_t blocked_before_{};
  std::thread thread_;
};

} // namespace polar_flow::commands
