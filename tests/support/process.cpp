#include "tests/support/process.hpp"

#include "tests/support/wait.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <signal.h>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

// The header of glibc 2.36 forgets to say that these are C functions.
extern "C" {
#include <sys/pidfd.h>
}

namespace polar_flow::testing {

namespace {

constexpr std::array inherited_variables{
    "PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"};

/// What exec and its preparation say when they fail, as shells do.
constexpr int exec_failed = 127;

[[noreturn]] void give_up(const std::string& what) {
  throw std::runtime_error{what + ": " + std::strerror(errno)};
}

std::vector<std::string> environment_of(const process_options& options) {
  auto variables = options.environment;
  for (const char* name : inherited_variables) {
    if (const char* value = std::getenv(name))
      variables.try_emplace(name, value);
  }
  std::vector<std::string> lines;
  for (const auto& [name, value] : variables)
    lines.push_back(name + "=" + value);
  return lines;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

bool redirect(int descriptor, const char* file) {
  const int opened = open(file, O_WRONLY | O_CREAT | O_APPEND, 0644);
  return opened >= 0 && dup2(opened, descriptor) >= 0;
}

/// What the child does between fork and exec; everything it needs was prepared before.
struct child_plan {
  const char* program = nullptr;
  char** arguments = nullptr;
  char** environment = nullptr;
  const char* working_dir = nullptr;
  const char* output_file = nullptr;
  const char* error_file = nullptr;
  pid_t parent = -1;
};

[[noreturn]] void become(const child_plan& plan) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // The parent may have died before the line above took effect.
  if (getppid() != plan.parent)
    _exit(exec_failed);
  const int nothing = open("/dev/null", O_RDONLY);
  const bool is_prepared =
      nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && chdir(plan.working_dir) == 0
      && redirect(STDOUT_FILENO, plan.output_file) && redirect(STDERR_FILENO, plan.error_file);
  if (!is_prepared)
    _exit(exec_failed);
  // Sockets and files of the test must not live on in what it starts.
  close_range(STDERR_FILENO + 1, ~0U, 0);
  execve(plan.program, plan.arguments, plan.environment);
  _exit(exec_failed);
}

process_end end_from(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED)
    return {.exit_code = info.si_status, .signal = std::nullopt};
  return {.exit_code = std::nullopt, .signal = info.si_status};
}

bool wait_readable(int descriptor, std::chrono::milliseconds time_limit) {
  pollfd entry{descriptor, POLLIN, 0};
  return poll(&entry, 1, static_cast<int>(time_limit.count())) == 1;
}

} // namespace

std::string to_string(const process_end& end) {
  if (end.exit_code)
    return "exit code " + std::to_string(*end.exit_code);
  return "signal " + std::to_string(end.signal.value_or(0));
}

// -- child_process ------------------------------------------------------------------------------

child_process::child_process(const process_options& options) {
  std::vector<std::string> argument_texts{options.program.string()};
  argument_texts.insert(argument_texts.end(), options.arguments.begin(), options.arguments.end());
  auto environment_texts = environment_of(options);
  auto arguments = pointers_to(argument_texts);
  auto environment = pointers_to(environment_texts);
  const child_plan plan{.program = options.program.c_str(),
                        .arguments = arguments.data(),
                        .environment = environment.data(),
                        .working_dir = options.working_dir.c_str(),
                        .output_file = options.output_file.c_str(),
                        .error_file = options.error_file.c_str(),
                        .parent = getpid()};
  if (access(plan.program, X_OK) != 0)
    give_up("cannot run " + options.program.string());
  pid_ = fork();
  if (pid_ < 0)
    give_up("fork");
  if (pid_ == 0)
    become(plan);
  pid_descriptor_ = pidfd_open(pid_, 0);
  if (pid_descriptor_ < 0)
    give_up("pidfd_open");
}

child_process::~child_process() {
  kill();
  close(pid_descriptor_);
}

pid_t child_process::pid() const {
  return pid_;
}

bool child_process::is_running() {
  return !wait_for_end(std::chrono::milliseconds{0}).has_value();
}

void child_process::send_signal(int signal_number) {
  if (is_running())
    pidfd_send_signal(pid_descriptor_, signal_number, nullptr, 0);
}

std::optional<process_end> child_process::wait_for_end(std::chrono::milliseconds time_limit) {
  if (end_)
    return end_;
  if (!wait_readable(pid_descriptor_, time_limit))
    return std::nullopt;
  siginfo_t info{};
  if (waitid(P_PIDFD, static_cast<id_t>(pid_descriptor_), &info, WEXITED) == 0)
    end_ = end_from(info);
  return end_;
}

void child_process::kill() {
  if (end_)
    return;
  pidfd_send_signal(pid_descriptor_, SIGKILL, nullptr, 0);
  wait_for_end(std::chrono::seconds{10});
}

// -- short commands and foreign processes -------------------------------------------------------

command_result run_command(process_options options, std::chrono::milliseconds time_limit) {
  const temporary_folder folder;
  options.output_file = folder.path() / "output";
  options.error_file = folder.path() / "errors";
  if (options.working_dir.empty())
    options.working_dir = folder.path();
  child_process process{options};
  const auto end = process.wait_for_end(time_limit);
  if (!end)
    throw std::runtime_error{options.program.string() + " did not end in time; it said: "
                             + read_text(options.output_file) + read_text(options.error_file)};
  return {*end, read_text(options.output_file), read_text(options.error_file)};
}

bool is_alive(pid_t pid) {
  const auto status = read_text("/proc/" + std::to_string(pid) + "/stat");
  // "pid (name) state …"; the name may hold anything, so the last bracket counts.
  const auto bracket = status.rfind(')');
  return bracket != std::string::npos && bracket + 2 < status.size() && status[bracket + 2] != 'Z';
}

bool wait_for_end_of(pid_t pid, std::chrono::milliseconds time_limit) {
  return wait_until([pid] { return !is_alive(pid); }, time_limit);
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
}

// -- folders ------------------------------------------------------------------------------------

temporary_folder::temporary_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "pf-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    give_up("mkdtemp");
  path_ = pattern;
  chmod(path_.c_str(), 0755);
}

temporary_folder::~temporary_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

const std::filesystem::path& temporary_folder::path() const {
  return path_;
}

std::filesystem::path build_dir() {
  const char* folder = std::getenv("POLAR_FLOW_BUILD_DIR");
  if (folder == nullptr)
    throw std::runtime_error{"POLAR_FLOW_BUILD_DIR is not set; run the tests through ctest"};
  return folder;
}

} // namespace polar_flow::testing
