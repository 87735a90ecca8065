// Goal: a broken tool must not make a broken server look whole. Method: the tools of tests/support
// against small programs of the base system and hand-written bytes.
#define BOOST_TEST_DYN_LINK
#include "tests/support/http_client.hpp"
#include "tests/support/json.hpp"
#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

#include <boost/test/unit_test.hpp>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(harness)

using namespace polar_flow::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

process_options shell(const std::string& script) {
  return {.program = "/bin/sh",
          .arguments = {"-c", script},
          .environment = {{"COLOUR", "green"}},
          .working_dir = "/tmp"};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_command_tells_its_output_errors_and_end) {
  const auto result =
      run_command(shell("echo \"$COLOUR ${API_KEY:-none}\"; echo oh >&2; exit 3"), seconds{10});
  BOOST_TEST(result.output == "green none\n");
  BOOST_TEST(result.errors == "oh\n");
  BOOST_TEST(to_string(result.end) == "exit code 3");
  BOOST_CHECK_THROW(run_command(shell("read line </dev/zero"), milliseconds{50}),
                    std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_process_is_killed_and_reaped) {
  const temporary_folder folder;
  auto options = shell("while :; do :; done");
  options.output_file = options.error_file = folder.path() / "log";
  pid_t pid = -1;
  {
    child_process process{options};
    pid = process.pid();
    BOOST_TEST(process.is_running());
    BOOST_TEST(is_alive(pid));
    BOOST_TEST(!process.wait_for_end(milliseconds{20}).has_value());
    process.send_signal(SIGTERM);
    const auto end = process.wait_for_end(seconds{10});
    BOOST_REQUIRE(end.has_value());
    BOOST_TEST(to_string(*end) == "signal 15");
  }
  BOOST_TEST(!is_alive(pid));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_missing_is_said) {
  auto options = shell("");
  options.program = "/nowhere/program";
  BOOST_CHECK_THROW(run_command(options, seconds{1}), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(waiting_ends_with_the_condition_or_the_time) {
  int asked = 0;
  BOOST_TEST(wait_until([&] { return ++asked == 3; }, seconds{10}));
  BOOST_TEST(asked == 3);
  BOOST_TEST(!wait_until([] { return false; }, milliseconds{30}));
}

BOOST_AUTO_TEST_CASE(answers_are_cut_from_the_bytes) {
  std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Name:  a b \r\n\r\nhi"
                      "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\nrest";
  const auto first = take_answer(bytes, false);
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(first->status == 200);
  BOOST_TEST(first->body == "hi");
  BOOST_TEST(first->header("x-name").value_or("") == "a b");
  BOOST_TEST(!first->header("content-type").has_value());
  const auto second = take_answer(bytes, false);
  BOOST_REQUIRE(second.has_value());
  BOOST_TEST(second->status == 204);
  BOOST_TEST(!take_answer(bytes, false).has_value());
  const auto third = take_answer(bytes, true);
  BOOST_REQUIRE(third.has_value());
  BOOST_TEST(third->body == "rest");
  BOOST_TEST(bytes.empty());
}

BOOST_AUTO_TEST_CASE(half_an_answer_is_none) {
  for (const std::string text :
       {"", "HTTP/1.1 200 OK\r\nContent-Le", "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi", "HTTP/1.1 abc\r\n\r\n"}) {
    std::string bytes = text;
    BOOST_TEST(!take_answer(bytes, true).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(addresses_are_taken_apart) {
  const auto parts = split_url("http://127.0.0.1:8010/oauth2/authorization?state=x");
  BOOST_REQUIRE(parts.has_value());
  BOOST_TEST(parts->port == 8010);
  BOOST_TEST(parts->target == "/oauth2/authorization?state=x");
  BOOST_TEST(!split_url("https://flow.polar.com/oauth2").has_value());
  BOOST_TEST(query_parameter("/a?x=1&code=a%2Fb&y=", "code").value_or("") == "a/b");
  BOOST_TEST(query_parameter("/a?x=1&y=", "y").value_or("none") == "");
  BOOST_TEST(!query_parameter("/a", "y").has_value());
}

BOOST_AUTO_TEST_CASE(a_real_server_is_asked) {
  const auto port = find_free_port();
  const temporary_folder folder;
  child_process server{
      {.program = "/usr/bin/env",
       .arguments = {"python3", "-m", "http.server", "--bind", "127.0.0.1", std::to_string(port)},
       .working_dir = folder.path(),
       .output_file = folder.path() / "log",
       .error_file = folder.path() / "log"}};
  BOOST_REQUIRE(wait_until([&] { return ask(port, {.target = "/log"}).has_value(); }, seconds{30}));
  BOOST_TEST(ask(port, {.target = "/nothing"})->status == 404);
  const auto exchange = exchange_bytes(port, "nonsense\r\n\r\n", seconds{10});
  BOOST_TEST(exchange.was_closed);
  BOOST_TEST(exchange.received.find("400") != std::string::npos);
  server.kill();
  BOOST_TEST(!ask(port, {.target = "/log"}).has_value());
}

BOOST_AUTO_TEST_CASE(the_order_of_members_is_seen) {
  BOOST_TEST(keys_of(parse_json(R"({"b":1,"a":{"c":2}})")) == "b,a");
  BOOST_TEST(kinds_of(parse_json(R"({"b":1.5,"a":null,"c":"x"})")) == "b:double,a:null,c:string");
  BOOST_TEST(keys_of(parse_json("[]")) == "(no object)");
  BOOST_CHECK_THROW(parse_json("{"), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
