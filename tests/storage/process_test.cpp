#define BOOST_TEST_DYN_LINK
#include "storage/process.hpp"
#include "tests/storage/store_fixture.hpp"

#include <fstream>
#include <signal.h>

namespace polar_flow::storage {

namespace fs = std::filesystem;

namespace {

struct process_fixture {
  testing::temporary_dir folder;

  program shell(std::string script) const {
    return {.executable = "/bin/sh",
            .arguments = {"-c", std::move(script)},
            .owner = std::nullopt,
            .working_directory = folder.path(),
            .log_file = folder.path() / "log"};
  }

  int run(const program& what) const {
    return require_value(wait_for_exit(require_value(start_program(what)), 60s));
  }

  std::string log() const {
    std::ifstream in{folder.path() / "log"};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(processes, process_fixture)

BOOST_AUTO_TEST_CASE(exit_codes_and_output_arrive) {
  BOOST_TEST(run(shell("echo out; echo err >&2; exit 7")) == 7);
  BOOST_TEST(run(shell("kill -TERM $$")) == 128 + SIGTERM);
  BOOST_TEST(log() == "out\nerr\n");
}

BOOST_AUTO_TEST_CASE(arguments_are_not_read_by_a_shell) {
  program echo = shell("");
  echo.executable = "/bin/echo";
  echo.arguments = {"$HOME `id` \"x\"", "; exit 3"};
  BOOST_TEST(run(echo) == 0);
  BOOST_TEST(log() == "$HOME `id` \"x\" ; exit 3\n");
}

BOOST_AUTO_TEST_CASE(a_child_has_its_own_session_and_nothing_of_ours) {
  setenv("PGDATA", "/nowhere", 1);
  BOOST_TEST(run(shell("echo \"$PGDATA.$LC_ALL.$PWD\"; "
                       "test $(cut -d' ' -f6 /proc/$$/stat) = $$ && echo own; "
                       "ls /proc/$$/fd | tr '\\n' ' '"))
             == 0);
  unsetenv("PGDATA");
  BOOST_TEST(log().starts_with(".C." + folder.path().string() + "\nown\n0 1 2 "));
}

BOOST_AUTO_TEST_CASE(what_cannot_begin_says_why) {
  auto nowhere = shell("true");
  nowhere.working_directory = folder.path() / "absent";
  BOOST_TEST(run(nowhere) == exit_code_no_directory);
  auto nothing = shell("true");
  nothing.executable = folder.path() / "absent";
  BOOST_TEST(run(nothing) == exit_code_no_program);
  auto silent = shell("true");
  silent.log_file = folder.path() / "absent" / "log";
  BOOST_TEST(code_of(start_program(silent)) == errc::storage_failed);
}

BOOST_AUTO_TEST_CASE(a_program_that_does_not_end_is_killed_with_its_children) {
  const auto pid = require_value(start_program(shell("sleep 1000 & echo $! > child; wait")));
  BOOST_TEST(code_of(wait_for_exit(pid, 1s)) == errc::deadline_exceeded);
  pid_t child = 0;
  std::ifstream{folder.path() / "child"} >> child;
  BOOST_REQUIRE(child > 0);
  // The kernel ends it, and somebody else has to notice.
  while (is_alive(child)) {
    std::ifstream in{"/proc/" + std::to_string(child) + "/stat"};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (text.find(") Z") != std::string::npos || text.empty())
      break;
  }
  BOOST_TEST(!is_alive(pid));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
