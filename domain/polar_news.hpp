#pragma once

#include "domain/ids.hpp"
#include "domain/streams.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace polar_flow {

/// What a webhook event announces: exactly one piece of news.
struct polar_news {
  stream kind{};
  /// Oldest day first; absent where the event names none.
  std::optional<date_range> days;
  std::optional<std::string> polar_exercise_id;

  bool operator==(const polar_news&) const = default;
};

/// News that is kept until a sync has fetched it. Announced again, it has a new number, so that
/// whoever fetched it before does not take it for done.
struct pending_news {
  std::int64_t number = 0;
  polar_news what;

  bool operator==(const pending_news&) const = default;
};

/// News, and whom it is about.
struct news_of_user {
  user_id user;
  pending_news news;

  bool operator==(const news_of_user&) const = default;
};

} // namespace polar_flow
