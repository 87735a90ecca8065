#pragma once

#include "domain/time.hpp"
#include "simulator/journal.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::simulator {

/// Without any success for so long Polar deactivates the webhook.
inline constexpr std::chrono::days webhook_patience{7};

/// Where the client wants to be told of news.
struct webhook {
  std::string id;
  std::vector<std::string> events;
  std::string url;
  /// Signs the notifications; shown once.
  std::string secret;
  bool is_active = true;
  /// Since when no notification was taken; absent after a success.
  std::optional<instant> failing_since;

  bool operator==(const webhook&) const = default;
};

/// The one webhook that a client may have.
class webhook_book {
public:
  webhook_book() = default;

  /// Repeats the `earlier` changes and appends every later one to `lines`.
  webhook_book(std::shared_ptr<journal> lines, const std::vector<journal_entry>& earlier);

  const std::optional<webhook>& current() const {
    return current_;
  }

  void store(webhook changed, instant now);
  void remove(instant now);

  /// A notification was taken, or was not; in the end the webhook gives up.
  void note_delivery(bool is_taken, instant now);

private:
  std::optional<webhook> current_;
  std::shared_ptr<journal> journal_;
};

} // namespace polar_flow::simulator
