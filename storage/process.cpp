#include "storage/process.hpp"

#include <cerrno>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace polar_flow::storage {

namespace {

/// How often the end of a child is looked for: soon enough for a person, rarely enough for a CPU.
constexpr std::chrono::milliseconds poll_interval{10};

/// All that a child needs, made before the fork: between fork and exec only functions that are
/// safe in a signal handler may be called.
struct child_plan {
  std::vector<char*> arguments;
  std::vector<char*> environment;
  const char* executable = nullptr;
  const char* working_directory = nullptr;
  std::optional<process_owner> owner;
  int log = -1;
  pid_t parent = 0;
  bool ends_with_parent = false;
};

void reset_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number)
    sigaction(number, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool become(const process_owner& owner) {
  return setgroups(0, nullptr) == 0 && setgid(owner.group) == 0 && setuid(owner.user) == 0;
}

[[noreturn]] void run_child(const child_plan& plan) {
  setsid();
  reset_signals();
  umask(077);
  const int input = open("/dev/null", O_RDONLY);
  dup2(input, STDIN_FILENO);
  dup2(plan.log, STDOUT_FILENO);
  dup2(plan.log, STDERR_FILENO);
  close_range(3, ~0U, 0);
  if (plan.owner && !become(*plan.owner))
    _exit(exit_code_no_user);
  // After the change of user, which would undo it.
  if (plan.ends_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != plan.parent)
      _exit(exit_code_no_program);
  }
  if (chdir(plan.working_directory) != 0)
    _exit(exit_code_no_directory);
  execve(plan.executable, plan.arguments.data(), plan.environment.data());
  _exit(exit_code_no_program);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

} // namespace

result<pid_t> start_program(const program& what) {
  std::vector<std::string> arguments{what.executable.string()};
  arguments.insert(arguments.end(), what.arguments.begin(), what.arguments.end());
  // The language of messages is fixed; nothing else of our environment is PostgreSQL's business.
  std::vector<std::string> environment{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"};
  const auto executable = what.executable.string();
  const auto directory = what.working_directory.string();
  const int log = open(what.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0)
    return fail(errc::storage_failed, "cannot write " + what.log_file.string());
  child_plan plan{.arguments = pointers_to(arguments),
                  .environment = pointers_to(environment),
                  .executable = executable.c_str(),
                  .working_directory = directory.c_str(),
                  .owner = what.owner,
                  .log = log,
                  .parent = getpid(),
                  .ends_with_parent = what.ends == lifetime::ends_with_parent};
  const auto child = fork();
  if (child == 0)
    run_child(plan);
  close(log);
  if (child < 0)
    return fail(errc::storage_failed, "cannot start another process");
  return child;
}

std::optional<int> reap(pid_t pid) {
  int status = 0;
  const auto ended = waitpid(pid, &status, WNOHANG);
  if (ended == pid)
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  if (ended < 0 && errno == ECHILD)
    return 0;
  return std::nullopt;
}

result<int> wait_for_exit(pid_t pid, std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    if (const auto code = reap(pid))
      return *code;
    std::this_thread::sleep_for(poll_interval);
  }
  kill(-pid, SIGKILL);
  waitpid(pid, nullptr, 0);
  return fail(errc::deadline_exceeded, "a program did not end in time");
}

bool is_alive(pid_t pid) {
  return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

} // namespace polar_flow::storage
