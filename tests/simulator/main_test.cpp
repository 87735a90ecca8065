// Goal: the program as its users start it. Method: the real executable, its output read through
// a pipe, ended by signals.
#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

/// A started simulator with its standard output; killed if the test forgets to end it.
class process {
public:
  explicit process(std::vector<std::string> arguments) {
    const char* folder = std::getenv("POLAR_FLOW_BUILD_DIR");
    arguments.insert(arguments.begin(),
                     std::string{folder == nullptr ? "." : folder} + "/polar-accesslink-simulator");
    std::vector<char*> raw;
    for (auto& argument : arguments)
      raw.push_back(argument.data());
    raw.push_back(nullptr);
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe(ends.data()) == 0);
    id_ = ::fork();
    if (id_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      ::execv(raw.front(), raw.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ::fdopen(ends[0], "r");
  }
  ~process() {
    if (id_ > 0) {
      ::kill(id_, SIGKILL);
      ::waitpid(id_, nullptr, 0);
    }
    std::fclose(output_);
  }
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  /// The next line, without its end; empty when there is none.
  std::string read_line() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_))
      line += static_cast<char>(c);
    return line;
  }

  void send(int signal) const {
    ::kill(id_, signal);
  }

  /// Exit code, or minus the signal.
  int wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

private:
  pid_t id_ = -1;
  std::FILE* output_ = nullptr;
};

} // namespace

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(tells_its_port_and_ends_cleanly_on_signals) {
  for (const int signal : {SIGTERM, SIGINT}) {
    scratch_folder folder;
    const auto port_file = folder.path / "port";
    process polar{{"--port", "0", "--port-file", port_file.string()}};
    const auto line = boost::json::parse(polar.read_line());
    BOOST_TEST(line.at("event").as_string() == "listening");
    std::int64_t port = 0;
    std::ifstream{port_file} >> port;
    BOOST_TEST(line.at("port").as_int64() == port);
    BOOST_TEST(port > 0);
    polar.send(signal);
    BOOST_TEST(polar.wait() == 0);
  }
}

BOOST_AUTO_TEST_CASE(says_its_version) {
  process polar{{"--version"}};
  BOOST_TEST(polar.read_line().starts_with("polar-accesslink-simulator "));
  BOOST_TEST(polar.wait() == 0);
}

BOOST_AUTO_TEST_CASE(mistakes_have_their_exit_codes) {
  process wrong_option{{"--port", "many"}};
  BOOST_TEST(wrong_option.wait() == 2);
  process wrong_folder{{"--port", "0", "--state-file", "/no/such/folder/state"}};
  BOOST_TEST(wrong_folder.wait() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
