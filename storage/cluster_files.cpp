#include "storage/cluster_files.hpp"

#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace polar_flow::storage {

namespace fs = std::filesystem;

namespace {

/// The oldest PostgreSQL that our statements are written for.
constexpr int major_min = 13;

constexpr auto package_dir = "/usr/lib/postgresql";

/// Where else PostgreSQL's programs may be: the usual PATH. The environment is config's business.
constexpr std::array<const char*, 3> path_dirs{"/usr/local/bin", "/usr/bin", "/bin"};

/// A socket's address has room for 107 characters; PostgreSQL adds "/.s.PGSQL.5432".
constexpr std::size_t socket_dir_length_max = 107 - 14;

/// Larger than any process id that Linux gives (2^22), so that it is never anybody's.
constexpr auto nobodys_pid = "2147483646";

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc{} ? std::optional{value} : std::nullopt;
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

bool has_programs(const fs::path& bin_dir) {
  return access((bin_dir / "initdb").c_str(), X_OK) == 0
         && access((bin_dir / "postgres").c_str(), X_OK) == 0;
}

std::string reason() {
  return std::strerror(errno);
}

/// Newest first, those that are complete and new enough.
std::vector<int> packaged_majors() {
  std::vector<int> majors;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{package_dir, ignored}) {
    const auto major = number_in(entry.path().filename().string());
    if (major && *major >= major_min && has_programs(entry.path() / "bin"))
      majors.push_back(*major);
  }
  std::ranges::sort(majors, std::greater{});
  return majors;
}

/// PostgreSQL reads the directory from a comma-separated list, libpq from a quoted text.
bool is_plain(const std::string& path) {
  return path.find_first_of(",'\"\\ \t\n@$`") == std::string::npos;
}

uid_t id_of(const std::optional<process_owner>& owner) {
  return owner ? owner->user : geteuid();
}

} // namespace

// -- lock ------------------------------------------------------------------------------------

result<std::optional<file_lock>> file_lock::try_lock(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(errc::storage_failed, "cannot open " + file.string() + ": " + reason());
  file_lock lock{descriptor};
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    return std::optional{std::move(lock)};
  if (errno == EWOULDBLOCK)
    return std::nullopt;
  return fail(errc::storage_failed, "cannot lock " + file.string() + ": " + reason());
}

file_lock::file_lock(file_lock&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {
  // nop
}

file_lock& file_lock::operator=(file_lock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

file_lock::~file_lock() {
  if (descriptor_ >= 0)
    close(descriptor_);
}

// -- programs and owner ------------------------------------------------------------------------

result<fs::path> find_bin_dir(const std::optional<fs::path>& wanted, std::optional<int> major) {
  if (wanted) {
    if (has_programs(*wanted))
      return *wanted;
    return fail(errc::storage_failed, "initdb and postgres are not in " + wanted->string());
  }
  const auto majors = packaged_majors();
  for (const int candidate : majors)
    if (!major || candidate == *major)
      return fs::path{package_dir} / std::to_string(candidate) / "bin";
  if (major && !majors.empty())
    return fail(errc::storage_failed,
                "the data directory was made by PostgreSQL " + std::to_string(*major)
                    + ", but only " + std::to_string(majors.front())
                    + " is installed: install postgresql-" + std::to_string(*major));
  for (const auto* const directory : path_dirs)
    if (has_programs(directory))
      return fs::path{directory};
  return fail(errc::storage_failed, "PostgreSQL is not installed (apt-get install postgresql), "
                                    "and DATABASE_URL is not set");
}

std::optional<int> read_cluster_version(const fs::path& cluster_dir) {
  const auto lines = lines_of(cluster_dir / "PG_VERSION");
  return lines.empty() ? std::nullopt : number_in(lines.front());
}

result<std::optional<process_owner>> choose_owner(const fs::path& cluster_dir) {
  if (geteuid() != 0)
    return std::nullopt;
  struct stat info {};
  if (stat(cluster_dir.c_str(), &info) == 0 && info.st_uid != 0)
    return process_owner{info.st_uid, info.st_gid};
  const auto* const entry = getpwnam("postgres");
  if (entry == nullptr || entry->pw_uid == 0)
    return fail(errc::storage_failed,
                "PostgreSQL does not run as root, and there is no user `postgres` to run it as: "
                "start this server as an ordinary user, or set DATABASE_URL");
  return process_owner{entry->pw_uid, entry->pw_gid};
}

// -- postmaster.pid -----------------------------------------------------------------------------

std::optional<postmaster_file> read_postmaster_file(const fs::path& cluster_dir) {
  // Lines: process, data directory, start time, port, socket directory, address, memory, state.
  const auto lines = lines_of(cluster_dir / "postmaster.pid");
  if (lines.empty())
    return std::nullopt;
  const auto pid = number_in(lines.front());
  if (!pid || *pid <= 0)
    return std::nullopt;
  return postmaster_file{.pid = *pid,
                         .socket_dir = lines.size() > 4 ? lines[4] : std::string{},
                         .is_ready = lines.size() > 7 && lines[7].starts_with("ready")};
}

bool is_postmaster_of(pid_t pid, const fs::path& cluster_dir) {
  // Any user may read these two, also where root is kept from more than that.
  const auto process = fs::path{"/proc"} / std::to_string(pid);
  const auto names = lines_of(process / "comm");
  if (names.empty() || names.front() != "postgres")
    return false;
  std::ifstream in{process / "cmdline", std::ios::binary};
  bool is_directory_next = false;
  for (std::string argument; std::getline(in, argument, '\0');) {
    std::error_code ignored;
    if (is_directory_next && fs::equivalent(argument, cluster_dir, ignored))
      return true;
    is_directory_next = argument == "-D";
  }
  return false;
}

void disown_postmaster_file(const fs::path& cluster_dir) {
  const auto file = cluster_dir / "postmaster.pid";
  auto lines = lines_of(file);
  if (lines.empty()) {
    // PostgreSQL refuses to start beside an empty file, the trace of a crash in its first moment.
    std::error_code ignored;
    fs::remove(file, ignored);
    return;
  }
  lines.front() = nobodys_pid;
  std::ofstream out{file, std::ios::trunc};
  for (const auto& line : lines)
    out << line << '\n';
}

// -- directories ----------------------------------------------------------------------------------

result<void> make_private_dir(const fs::path& directory,
                              const std::optional<process_owner>& owner) {
  if (mkdir(directory.c_str(), 0700) == 0) {
    if (owner && chown(directory.c_str(), owner->user, owner->group) != 0)
      return fail(errc::storage_failed, "cannot give away " + directory.string() + ": " + reason());
    return {};
  }
  if (errno != EEXIST)
    return fail(errc::storage_failed, "cannot create " + directory.string() + ": " + reason());
  struct stat info {};
  // Not `stat`: in a directory that is open to all, a stranger may have put a link there.
  if (lstat(directory.c_str(), &info) != 0 || !S_ISDIR(info.st_mode))
    return fail(errc::storage_failed, directory.string() + " is not a directory");
  if (info.st_uid != id_of(owner) || (info.st_mode & 0777) != 0700)
    return fail(errc::storage_failed, directory.string() + " belongs to somebody else");
  return {};
}

result<fs::path> make_socket_dir(const fs::path& data_dir,
                                 const std::optional<process_owner>& owner) {
  const auto beside = data_dir / "postgresql-socket";
  if (beside.string().size() <= socket_dir_length_max && is_plain(beside.string())) {
    if (auto made = make_private_dir(beside, owner); !made)
      return std::unexpected{std::move(made.error())};
    return beside;
  }
  // The same name at every start, so that a killed server does not leave one more each time.
  constexpr std::size_t name_length = 16;
  const auto name = "polar-flow-" + crypto::sha256_hex(data_dir.string()).substr(0, name_length);
  for (const fs::path parent : {"/run", "/tmp"})
    if (make_private_dir(parent / name, owner))
      return parent / name;
  return fail(errc::storage_failed, "the path of the data directory is too long for a socket, and "
                                    "neither /run nor /tmp can hold one");
}

} // namespace polar_flow::storage
