#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// Uploads at one time. Each may have gigabytes, and the disk that they go to may be the
/// database's.
inline constexpr std::size_t uploads_max = 8;

/// Who is uploading; the same for all threads. One upload per user, because one import per user
/// would refuse the second one only after it has arrived.
class upload_slots : public std::enable_shared_from_this<upload_slots> {
public:
  /// Holds the place of one upload, and frees it.
  class slot {
  public:
    slot() = default;
    ~slot();
    slot(slot&&) noexcept = default;
    slot& operator=(slot&& other) noexcept;

  private:
    friend class upload_slots;
    slot(std::shared_ptr<upload_slots> owner, std::string user);
    void free();

    std::shared_ptr<upload_slots> owner_;
    std::string user_;
  };

  enum class verdict { taken, user_is_uploading, all_taken };

  /// Only from an object that a shared_ptr owns. `place` is filled when it was taken.
  verdict take(std::string_view user, slot& place);

private:
  std::mutex guard_;
  std::set<std::string, std::less<>> users_;
};

} // namespace polar_flow::http
