#pragma once

#include "http/backend.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>

namespace polar_flow::actors {
class directory;
}

namespace polar_flow::http {

/// How long the gateway waits for each class of question.
struct gateway_timeouts {
  /// Questions that only read.
  std::chrono::milliseconds read{};
  /// How long a trigger waits for the end of its sync before it answers "running".
  std::chrono::milliseconds sync{};
  /// OAuth, where Polar is asked several things while a browser waits.
  std::chrono::milliseconds oauth{};
  /// The later pages of a takeout, and the queueing of an upload. Giving up would cost all that
  /// was transferred so far, so the database may take the time that it has at worst.
  std::chrono::milliseconds page{};
};

/// The bridge between one io_context and the actors. One per io_context, which must be run by a
/// single thread; all functions but `stop` are called on that thread.
class gateway : public backend {
public:
  /// Answers every open question, and every later one, with shutting_down. Called before the
  /// actors stop and before the io_context is destroyed; on the io_context's thread, or when no
  /// thread runs it any more.
  virtual void stop() = 0;
};

std::shared_ptr<gateway> make_gateway(boost::asio::io_context& io,
                                      std::shared_ptr<const actors::directory> node,
                                      const gateway_timeouts& timeouts);

} // namespace polar_flow::http
