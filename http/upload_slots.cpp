#include "http/upload_slots.hpp"

#include <utility>

namespace polar_flow::http {

upload_slots::slot::slot(std::shared_ptr<upload_slots> owner, std::string user)
    : owner_{std::move(owner)}, user_{std::move(user)} {
  // nop
}

upload_slots::slot::~slot() {
  free();
}

upload_slots::slot& upload_slots::slot::operator=(slot&& other) noexcept {
  if (this != &other) {
    free();
    owner_ = std::move(other.owner_);
    user_ = std::move(other.user_);
  }
  return *this;
}

void upload_slots::slot::free() {
  if (const auto owner = std::exchange(owner_, nullptr)) {
    const std::lock_guard lock{owner->guard_};
    owner->users_.erase(user_);
  }
}

upload_slots::verdict upload_slots::take(std::string_view user, slot& place) {
  {
    const std::lock_guard lock{guard_};
    if (users_.contains(user))
      return verdict::user_is_uploading;
    if (users_.size() >= uploads_max)
      return verdict::all_taken;
    users_.emplace(user);
  }
  place = slot{shared_from_this(), std::string{user}};
  return verdict::taken;
}

} // namespace polar_flow::http
