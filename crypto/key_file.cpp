#include "crypto/key_file.hpp"

#include "crypto/secret_box.hpp"

#include <openssl/crypto.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace polar_flow::crypto {

namespace {

constexpr mode_t file_mode = 0600;
constexpr mode_t folder_mode = 0700;
constexpr mode_t others_mask = 0077;

/// A key has 44 characters; what is longer by far is some other file.
constexpr std::size_t key_text_max = 256;

class file_descriptor {
public:
  explicit file_descriptor(int number) : number_{number} {
    // nop
  }

  file_descriptor(const file_descriptor&) = delete;
  file_descriptor& operator=(const file_descriptor&) = delete;

  ~file_descriptor() {
    if (is_open())
      ::close(number_);
  }

  bool is_open() const {
    return number_ >= 0;
  }

  int number() const {
    return number_;
  }

private:
  int number_;
};

std::unexpected<error> fail_with_errno(std::string_view doing, const std::filesystem::path& file) {
  const auto reason = std::generic_category().message(errno);
  std::string message{"cannot "};
  message += doing;
  message += ' ';
  message += file.string();
  message += ": ";
  message += reason;
  return fail(errc::invalid_argument, std::move(message));
}

std::unexpected<error> fail_about(const std::filesystem::path& file, std::string_view what) {
  return fail(errc::invalid_argument, "the key file " + file.string() + ' ' + std::string{what});
}

std::string without_line_end(std::string text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  text.erase(last == std::string::npos ? 0 : last + 1);
  return text;
}

/// The file's first bytes, or errno.
std::optional<std::string> read_start(const file_descriptor& file) {
  std::array<char, key_text_max> buffer{};
  std::size_t size = 0;
  while (size < buffer.size()) {
    const auto count = ::read(file.number(), buffer.data() + size, buffer.size() - size);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return std::nullopt;
    if (count == 0)
      break;
    size += static_cast<std::size_t>(count);
  }
  std::string text{buffer.data(), size};
  OPENSSL_cleanse(buffer.data(), buffer.size());
  return text;
}

/// The key in an existing file; an empty text when there is no file.
result<std::string> load_key(const std::filesystem::path& path) {
  const file_descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file.is_open() && errno == ENOENT)
    return std::string{};
  struct stat status {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0)
    return fail_with_errno("read the key file", path);
  if (!S_ISREG(status.st_mode))
    return fail_about(path, "is not a regular file");
  if ((status.st_mode & others_mask) != 0) {
    return fail_about(path, "can be read or changed by other users: make it private with chmod 600 "
                            "and consider the key known");
  }
  auto read = read_start(file);
  if (!read)
    return fail_with_errno("read the key file", path);
  auto text = without_line_end(*std::move(read));
  if (!secret_box::from_fernet_key(text, nullptr)) {
    OPENSSL_cleanse(text.data(), text.size());
    return fail_about(path, "holds no encryption key: it must be URL-safe base64 of 32 bytes. "
                            "Restore it from a backup; with a new key, stored Polar "
                            "tokens cannot be read any more");
  }
  return text;
}

result<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code problem;
  if (folder.empty() || std::filesystem::is_directory(folder, problem))
    return {};
  if (const auto parent = folder.parent_path(); !parent.empty())
    std::filesystem::create_directories(parent, problem);
  // Another process may have been faster.
  if (::mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST)
    return fail_with_errno("create the folder", folder);
  return {};
}

bool write_durably(const std::filesystem::path& path, std::string_view text) {
  const file_descriptor file{
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode)};
  if (!file.is_open())
    return false;
  while (!text.empty()) {
    const auto count = ::write(file.number(), text.data(), text.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file.number()) == 0;
}

void sync_folder(const std::filesystem::path& folder) {
  const file_descriptor opened{
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  // Not every file system can; the file itself is safe already.
  if (opened.is_open())
    (void)::fsync(opened.number());
}

/// Puts a complete file with a new key at `path` unless there is one by now.
result<void> create_key(const std::filesystem::path& path, random_source& random) {
  const auto folder = path.parent_path();
  if (auto made = make_private_folder(folder); !made)
    return made;
  auto temporary = path;
  temporary += "." + random_hex(random, 8) + ".new";
  auto text = generate_fernet_key(random) + '\n';
  const bool written = write_durably(temporary, text);
  OPENSSL_cleanse(text.data(), text.size());
  // A hard link appears at once and whole, and unlike a rename it never replaces a file.
  const bool linked = written && ::link(temporary.c_str(), path.c_str()) == 0;
  const int reason = errno;
  ::unlink(temporary.c_str());
  if (!linked && !(written && reason == EEXIST)) {
    errno = reason;
    return fail_with_errno("create the key file", path);
  }
  sync_folder(folder);
  return {};
}

} // namespace

result<std::string> load_or_create_key_file(const std::filesystem::path& file,
                                            random_source& random) {
  auto key = load_key(file);
  if (!key || !key->empty())
    return key;
  if (auto created = create_key(file, random); !created)
    return std::unexpected{created.error()};
  key = load_key(file);
  if (key && key->empty())
    return fail_about(file, "vanished while it was being created");
  return key;
}

} // namespace polar_flow::crypto
