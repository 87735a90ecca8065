// Goal: one JSON object per line on standard error, whatever is logged and from how many threads.
// Method: standard error is a file while a test runs.
#define BOOST_TEST_DYN_LINK
#include "telemetry/log.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(log_lines)

using namespace polar_flow::telemetry;

namespace {

/// The lines that `logging` writes, parsed.
std::vector<boost::json::object> lines_of(const std::function<void()>& logging) {
  const auto file = std::filesystem::temp_directory_path()
                    / ("polar_flow_log_" + std::to_string(::getpid()));
  const int saved = ::dup(STDERR_FILENO);
  const int opened = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  ::dup2(opened, STDERR_FILENO);
  ::close(opened);
  logging();
  std::fflush(stderr);
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  std::vector<boost::json::object> lines;
  std::ifstream stream{file};
  for (std::string line; std::getline(stream, line);)
    lines.push_back(boost::json::parse(line).as_object());
  std::filesystem::remove(file);
  return lines;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_line_has_time_level_event_and_fields) {
  const auto lines = lines_of([] {
    log_info("sync finished", {{"user", std::string{"12345"}},
                               {"records", std::int64_t{-7}},
                               {"seconds", 1.25},
                               {"is_first", true}});
  });
  BOOST_REQUIRE(lines.size() == 1u);
  const auto& line = lines[0];
  BOOST_TEST(line.at("event").as_string() == "sync finished");
  BOOST_TEST(line.at("level").as_string() == "info");
  BOOST_TEST(line.at("user").as_string() == "12345");
  BOOST_TEST(line.at("records").as_int64() == -7);
  BOOST_TEST(line.at("seconds").as_double() == 1.25);
  BOOST_TEST(line.at("is_first").as_bool());
  BOOST_TEST(line.size() == 7u);
  const std::string time{line.at("time").as_string()};
  BOOST_TEST(std::regex_match(time, std::regex{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"}), time);
}

BOOST_AUTO_TEST_CASE(levels_have_their_names_and_filter) {
  const auto log_all = [] {
    log_debug("d");
    log_info("i");
    log_warning("w");
    log_error("e");
  };
  const auto levels = [&](severity least) {
    set_log_level(least);
    std::string names;
    for (const auto& line : lines_of(log_all))
      names += std::string{line.at("level").as_string()} + ' ';
    return names;
  };
  BOOST_TEST(levels(severity::debug) == "debug info warning error ");
  BOOST_TEST(levels(severity::warning) == "warning error ");
  BOOST_TEST(levels(severity::error) == "error ");
  BOOST_TEST(levels(severity::info) == "info warning error ");
}

BOOST_AUTO_TEST_CASE(nothing_breaks_a_line) {
  const auto lines = lines_of([] {
    log_error("a \"b\" \\ \n {} %v %d \xff", {{"na\"me\n", std::string{"{}\n\0\xc3", 5}},
                                              {"nan", std::numeric_limits<double>::quiet_NaN()}});
    log_error("", {{"", std::string(100'000, 'x')}});
  });
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(lines[0].at("event").as_string() == "a \"b\" \\ \n {} %v %d \xEF\xBF\xBD");
  BOOST_TEST(lines[0].at("na\"me\n").as_string().size() == 7u);
  BOOST_TEST(lines[0].at("nan").is_null());
  BOOST_TEST(lines[1].at("").as_string().size() == 4096u + 3);
}

BOOST_AUTO_TEST_CASE(threads_write_whole_lines) {
  constexpr int per_thread = 250;
  const auto lines = lines_of([] {
    std::vector<std::jthread> threads;
    for (std::int64_t number = 0; number < 4; ++number)
      threads.emplace_back([number] {
        for (int i = 0; i < per_thread; ++i)
          log_info("from a thread", {{"number", number}, {"text", std::string(500, 'x')}});
      });
  });
  std::map<std::int64_t, int> counts;
  for (const auto& line : lines)
    ++counts[line.at("number").as_int64()];
  BOOST_TEST(counts.size() == 4u);
  for (const auto& [number, count] : counts)
    BOOST_TEST(count == per_thread, number);
}

BOOST_AUTO_TEST_CASE(a_closed_standard_error_is_survived) {
  const int saved = ::dup(STDERR_FILENO);
  ::close(STDERR_FILENO);
  log_error("nobody reads this");
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  BOOST_TEST(lines_of([] { log_error("but this"); }).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
