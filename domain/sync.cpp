#include "domain/sync.hpp"

namespace polar_flow {

std::string_view to_string(sync_trigger trigger) {
  switch (trigger) {
  case sync_trigger::manual:
    return "manual";
  case sync_trigger::scheduler:
    return "scheduler";
  case sync_trigger::webhook:
    return "webhook";
  case sync_trigger::first_connection:
    return "first_connection";
  }
  return "manual";
}

std::string_view to_string(sync_priority priority) {
  switch (priority) {
  case sync_priority::critical:
    return "critical";
  case sync_priority::high:
    return "high";
  case sync_priority::normal:
    return "normal";
  case sync_priority::low:
    return "low";
  }
  return "low";
}

std::string_view to_string(sync_status status) {
  switch (status) {
  case sync_status::started:
    return "started";
  case sync_status::success:
    return "success";
  case sync_status::partial:
    return "partial";
  case sync_status::failed:
    return "failed";
  case sync_status::skipped:
    return "skipped";
  }
  return "failed";
}

std::string_view to_string(connection_state state) {
  switch (state) {
  case connection_state::connected:
    return "connected";
  case connection_state::needs_reauthorization:
    return "needs_reauthorization";
  case connection_state::disconnected:
    return "disconnected";
  }
  return "disconnected";
}

std::string_view to_string(sync_event::kind what) {
  switch (what) {
  case sync_event::kind::sync_started:
    return "sync_started";
  case sync_event::kind::stream_started:
    return "stream_started";
  case sync_event::kind::stream_progressed:
    return "stream_progressed";
  case sync_event::kind::stream_ended:
    return "stream_ended";
  case sync_event::kind::sync_ended:
    return "sync_ended";
  }
  return "sync_ended";
}

std::int32_t shard_of(const user_id& user) {
  // FNV-1a, 64 bit: offset basis and prime as its authors published them.
  std::uint64_t hash = 14695981039346656037u;
  for (const unsigned char byte : user.value) {
    hash ^= byte;
    hash *= 1099511628211u;
  }
  return static_cast<std::int32_t>(hash % shard_count);
}

std::size_t record_count(const stream_records& records) {
  return std::visit(
      [](const auto& list) -> std::size_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::monostate>)
          return 0;
        else
          return list.size();
      },
      records);
}

bool is_valid_user_id(std::string_view text) {
  constexpr std::size_t length_max = 100;
  if (text.empty() || text.size() > length_max)
    return false;
  for (const char c : text) {
    const bool is_allowed = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    if (!is_allowed)
      return false;
  }
  return true;
}

} // namespace polar_flow
