#include "http/upload.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace polar_flow::http {

namespace {

namespace fs = std::filesystem;

/// So often the disk is asked how much room it has.
constexpr std::int64_t bytes_between_looks = std::int64_t{16} << 20;

constexpr std::string_view unfinished_extension = ".part";

} // namespace

result<upload> upload::begin(const fs::path& folder, crypto::random_source& random,
                             std::uint64_t reserve) {
  std::error_code problem;
  if (fs::create_directories(folder, problem))
    fs::permissions(folder, fs::perms::owner_all, problem);
  std::string name = crypto::random_uuid(random);
  name += unfinished_extension;
  auto file = folder / name;
  const int descriptor
      = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0)
    return fail(errc::storage_unavailable, "no file can be written for an upload");
  return upload{std::move(file), descriptor, reserve};
}

upload::upload(upload&& other) noexcept
    : file_{std::move(other.file_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      reserve_{other.reserve_},
      bytes_{other.bytes_} {
  other.file_.clear();
}

upload::~upload() {
  close();
  std::error_code ignored;
  if (!file_.empty())
    fs::remove(file_, ignored);
}

bool upload::append(std::string_view bytes) {
  const auto looks = bytes_ / bytes_between_looks;
  const bool is_first = bytes_ == 0;
  bytes_ += static_cast<std::int64_t>(bytes.size());
  if ((is_first || bytes_ / bytes_between_looks != looks) && !has_room())
    return false;
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A disk that does not tell has room until it says no.
bool upload::has_room() const {
  std::error_code problem;
  const auto room = fs::space(file_.parent_path(), problem);
  return problem || room.available >= reserve_;
}

void upload::release() {
  close();
  file_.clear();
}

void upload::close() {
  if (descriptor_ >= 0)
    ::close(std::exchange(descriptor_, -1));
}

void remove_unfinished_uploads(const fs::path& folder) {
  std::error_code problem;
  for (const auto& found : fs::directory_iterator{folder, problem})
    if (found.path().extension() == unfinished_extension) {
      std::error_code ignored;
      fs::remove(found.path(), ignored);
    }
}

} // namespace polar_flow::http
