// Goal: a file decides what time it is, and trouble with the file never moves the clock.
#define BOOST_TEST_DYN_LINK
#include "domain/clock.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(clocks)

using namespace polar_flow;
using namespace std::chrono_literals;

namespace {

/// A file of its own for each test, gone afterwards.
class clock_file {
public:
  explicit clock_file(const std::string& name)
      : path_{std::filesystem::temp_directory_path()
              / ("polar_flow_" + name + '_' + std::to_string(::getpid()))} {
    // nop
  }

  clock_file(const clock_file&) = delete;
  clock_file& operator=(const clock_file&) = delete;

  ~clock_file() {
    std::filesystem::remove(path_);
  }

  const std::filesystem::path& path() const {
    return path_;
  }

  void write(const std::string& text) const {
    const auto fresh = path_.string() + ".new";
    std::ofstream{fresh} << text;
    std::filesystem::rename(fresh, path_);
  }

private:
  std::filesystem::path path_;
};

const instant noon = parse_offset_time("2026-11-22T12:00:00Z")->moment;

} // namespace

BOOST_AUTO_TEST_CASE(the_system_clock_goes_forward) {
  const auto clock = make_system_clock();
  const auto first = clock->now();
  BOOST_TEST((clock->now() >= first));
  // Any machine that runs this shows a date after this line was written.
  BOOST_TEST((first > parse_offset_time("2024-01-01T00:00:00Z")->moment));
}

BOOST_AUTO_TEST_CASE(the_file_is_read_on_every_call) {
  const clock_file file{"clock_reads"};
  file.write("2026-11-22T12:00:00Z\n");
  const auto clock = make_file_clock(file.path());
  BOOST_TEST((clock->now() == noon));
  BOOST_TEST((clock->now() == noon));
  file.write(" 2026-11-22T13:00:00.5+01:00 ");
  BOOST_TEST((clock->now() == noon + 500ms));
  file.write("2026-11-21T12:00:00Z");
  BOOST_TEST((clock->now() == noon - 24h));
}

BOOST_AUTO_TEST_CASE(an_unreadable_file_stops_the_clock) {
  const clock_file file{"clock_keeps"};
  file.write("2026-11-22T12:00:00Z");
  const auto clock = make_file_clock(file.path());
  BOOST_TEST((clock->now() == noon));
  for (const auto* text : {"", "\n", "2026-11-22T12:0", "2026-11-22T12:30:00", "tomorrow"}) {
    file.write(text);
    BOOST_TEST((clock->now() == noon), text);
  }
  file.write(std::string(100'000, '2'));
  BOOST_TEST((clock->now() == noon));
  std::filesystem::remove(file.path());
  BOOST_TEST((clock->now() == noon));
}

BOOST_AUTO_TEST_CASE(a_clock_without_a_file_stands_still) {
  const clock_file file{"clock_absent"};
  const auto before = make_system_clock()->now();
  const auto clock = make_file_clock(file.path());
  const auto first = clock->now();
  BOOST_TEST((first >= before));
  BOOST_TEST((clock->now() == first));
}

BOOST_AUTO_TEST_CASE(many_threads_may_ask) {
  const clock_file file{"clock_threads"};
  file.write("2026-11-22T12:00:00Z");
  const auto clock = make_file_clock(file.path());
  std::atomic<int> wrong{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k)
        if (clock->now() < noon || clock->now() > noon + 99s)
          ++wrong;
    });
  for (int second = 0; second < 100; ++second)
    file.write(format_instant(noon + std::chrono::seconds{second}));
  threads.clear();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
