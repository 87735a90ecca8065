#include "commands/stop_signals.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace polar_flow::commands {

namespace {

sigset_t stopping_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

} // namespace

stop_signals::stop_signals(std::function<void()> insist) : insist_{std::move(insist)} {
  const auto set = stopping_signals();
  pthread_sigmask(SIG_BLOCK, &set, &blocked_before_);
  // A peer that goes away is an error value, not the end of the process.
  signal(SIGPIPE, SIG_IGN);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  end_ = eventfd(0, EFD_CLOEXEC);
  if (signals_ < 0 || end_ < 0)
    throw std::system_error{errno, std::generic_category(), "cannot watch for signals"};
  thread_ = std::thread{[this] {
    watch();
  }};
}

stop_signals::~stop_signals() {
  const std::uint64_t one = 1;
  // Cannot fail: the counter of the event is 0.
  static_cast<void>(!write(end_, &one, sizeof one));
  thread_.join();
  close(signals_);
  close(end_);
  pthread_sigmask(SIG_SETMASK, &blocked_before_, nullptr);
}

bool stop_signals::is_requested() const {
  const std::lock_guard guard{mutex_};
  return reason_.has_value();
}

stop_reason stop_signals::wait() const {
  std::unique_lock guard{mutex_};
  requested_.wait(guard, [this] { return reason_.has_value(); });
  return *reason_;
}

void stop_signals::fail() {
  request({});
}

void stop_signals::request(stop_reason reason) {
  const std::lock_guard guard{mutex_};
  if (!reason_)
    reason_ = reason;
  requested_.notify_all();
}

void stop_signals::watch() {
  bool is_second = false;
  std::array<pollfd, 2> events{{{signals_, POLLIN, 0}, {end_, POLLIN, 0}}};
  for (;;) {
    if (poll(events.data(), events.size(), -1) < 0)
      continue;
    if (events[1].revents != 0)
      return;
    signalfd_siginfo received{};
    if (read(signals_, &received, sizeof received) != sizeof received)
      continue;
    if (std::exchange(is_second, true))
      insist_();
    else
      request({static_cast<int>(received.ssi_signo)});
  }
}

} // namespace polar_flow::commands
